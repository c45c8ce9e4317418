"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Empty } from "@/components/States";
import styles from "./Lost.module.css";

/** Where a page stands that threw while it was drawn. */
export function Broken({ reset }: { error: Error; reset(): void }) {
  const t = useTranslations("common");
  return (
    <div className={styles.page} role="alert">
      <Empty
        drawing="offline"
        title={t("broken.title")}
        action={
          <Button size={32} onClick={reset}>
            {t("broken.action")}
          </Button>
        }
      >
        {t("broken.text")}
      </Empty>
    </div>
  );
}
