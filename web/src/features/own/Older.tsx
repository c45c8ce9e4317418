"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { ErrorState } from "@/components/States";
import type { Past } from "@/providers/own/pages";
import styles from "./Own.module.css";

/** Under a list of the past: fetches what is older; nothing where there is nothing older. */
export function Older({ past }: { past: Past<unknown> }) {
  const t = useTranslations("own");
  if (past.items === null) return null;
  if (past.error) return <ErrorState title={t("olderFailed")} error={past.error} onRetry={past.retry} />;
  if (!past.hasOlder) return null;
  return (
    <div className={styles.older}>
      <Button size={32} busy={past.isLoadingOlder} onClick={past.older}>
        {t("older")}
      </Button>
    </div>
  );
}
