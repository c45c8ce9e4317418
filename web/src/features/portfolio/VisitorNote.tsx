"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { useReturnTo } from "@/features/shell/returnTo";
import styles from "./Portfolio.module.css";

/** What this page is for, for somebody who has nothing here yet. */
export function VisitorNote() {
  const t = useTranslations("portfolio");
  const returnTo = useReturnTo();
  return (
    <section className={styles.visitor} data-show="visitor">
      <div>
        <h2>{t("visitor.title")}</h2>
        <p>{t("visitor.text")}</p>
      </div>
      <ButtonLink href={`/sign-up${returnTo}`} look="primary" size={40}>
        {t("visitor.signUp")}
      </ButtonLink>
      <ButtonLink href={`/sign-in${returnTo}`} size={40}>
        {t("visitor.signIn")}
      </ButtonLink>
    </section>
  );
}
