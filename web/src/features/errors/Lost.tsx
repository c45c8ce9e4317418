"use client";

import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/Button";
import { Empty } from "@/components/States";
import styles from "./Lost.module.css";

/** Where no page is. */
export function Lost() {
  const t = useTranslations("common");
  return (
    <div className={styles.page}>
      <h1 className={styles.code}>404</h1>
      <Empty
        drawing="lost"
        title={t("lost.title")}
        action={
          <ButtonLink href="/markets" size={32}>
            {t("lost.action")}
          </ButtonLink>
        }
      >
        {t("lost.text")}
      </Empty>
    </div>
  );
}
