"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Icon } from "@/components/Icon";
import { saveText } from "@/components/saveText";
import { usePhone } from "@/components/usePhone";
import { FillsTable } from "@/features/own/FillsTable";
import { useFills } from "@/providers/own/pages";
import { fillsCsv } from "./fillsCsv";
import { NothingYet } from "./NothingYet";
import styles from "./Portfolio.module.css";

/** Every trade of the person's own, the newest first, to take away too. */
export function Fills({ visitor }: { visitor: boolean }) {
  const t = useTranslations("portfolio");
  const phone = usePhone() === true;
  const past = useFills(null, !visitor);
  const fills = past.items;
  if (visitor || fills?.length === 0)
    return <NothingYet title={t("empty.fills")} text={t("empty.fillsText")} />;
  return (
    <>
      <div className={styles.toolbar}>
        <span>{t("fillsNote")}</span>
        <Button
          size={32}
          disabled={!fills}
          onClick={() => saveText("fills.csv", "text/csv", fillsCsv(fills ?? []))}
        >
          <Icon of={Download} size={14} />
          CSV
        </Button>
      </div>
      <FillsTable past={past} label={t("tabs.fills")} look="page" all cards={phone} />
    </>
  );
}
