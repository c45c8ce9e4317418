"use client";

import { useTranslations } from "next-intl";
import { Empty } from "@/components/States";
import { FillsTable } from "@/features/own/FillsTable";
import { HistoryTable } from "@/features/own/HistoryTable";
import { useClosedOrders, useFills } from "@/providers/own/pages";
import styles from "./Orders.module.css";

/** One's fills, of a market or of all. */
export function Fills({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.fills");
  const past = useFills(market, true);
  if (past.items?.length === 0) {
    return (
      <Empty drawing="orders" title={t("empty")} className={styles.note}>
        {t("emptyText")}
      </Empty>
    );
  }
  return <FillsTable past={past} label={t("title")} look="panel" all={market === null} cards={phone} />;
}

/** One's closed orders, of a market or of all. */
export function History({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.orders");
  const past = useClosedOrders(market, true);
  if (past.items?.length === 0) {
    return (
      <Empty drawing="orders" title={t("historyEmpty")} className={styles.note}>
        {t("historyEmptyText")}
      </Empty>
    );
  }
  return (
    <HistoryTable past={past} label={t("tabs.history")} look="panel" all={market === null} cards={phone} />
  );
}
