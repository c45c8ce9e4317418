"use client";

import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { Empty, ErrorState } from "@/components/States";
import { known, type TrackedOrder } from "@/providers/own/orderState";
import { useClosedOrders } from "@/providers/own/pages";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";
import { filledPart, orderRow } from "./rows";
import { useRowTexts } from "./useRowTexts";

/** Closed orders, newest first, with how each ended. */
export function HistoryTable({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.orders");
  const past = useClosedOrders(market, true);
  const orders = past.items;
  if (orders === null && past.error)
    return <ErrorState title={t("historyFailed")} error={past.error} onRetry={past.retry} />;
  if (orders === null) return <RowsSkeleton />;
  if (orders.length === 0)
    return (
      <Empty drawing="orders" title={t("historyEmpty")}>
        {t("historyEmptyText")}
      </Empty>
    );
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="quiet">{t("tabs.history")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            {market === null && <th scope="col">{t("market")}</th>}
            <th scope="col">{t("type")}</th>
            <th scope="col">{t("side")}</th>
            <th scope="col" className={styles.end}>
              {t("price")}
            </th>
            <th scope="col" className={styles.end}>
              {t("size")}
            </th>
            {!phone && (
              <th scope="col" className={styles.end}>
                {t("filled")}
              </th>
            )}
            {!phone && (
              <th scope="col" className={styles.end}>
                {t("average")}
              </th>
            )}
            <th scope="col" className={styles.stateHead}>
              {t("state")}
            </th>
          </tr>
        </thead>
        <tbody>
          {orders.map((order) => (
            <HistoryLine key={order.id} tracked={known(order)} all={market === null} phone={phone} />
          ))}
        </tbody>
      </table>
      {past.hasOlder && (
        <p className={styles.more}>
          <Button size={28} look="link" busy={past.isLoadingOlder} onClick={past.older}>
            {t("older")}
          </Button>
        </p>
      )}
    </div>
  );
}

function HistoryLine({ tracked, all, phone }: { tracked: TrackedOrder; all: boolean; phone: boolean }) {
  const row = orderRow(tracked);
  return row && <Line row={row} all={all} phone={phone} />;
}

function Line({
  row,
  all,
  phone,
}: {
  row: NonNullable<ReturnType<typeof orderRow>>;
  all: boolean;
  phone: boolean;
}) {
  const texts = useRowTexts(row);
  return (
    <tr>
      <td className="figure">{texts.time}</td>
      {all && (
        <td>
          <bdi>{texts.pair}</bdi>
        </td>
      )}
      <td>{texts.type}</td>
      <td className={row.side === "buy" ? styles.up : styles.down}>{texts.side}</td>
      <td className={classes("figure", styles.end)}>{texts.price}</td>
      <td className={classes("figure", styles.end)}>{texts.size}</td>
      {!phone && (
        <td className={classes("figure", styles.end, filledPart(row) === 0 && styles.soft)}>
          {texts.filled}
        </td>
      )}
      {!phone && <td className={classes("figure", styles.end, styles.soft)}>{texts.average}</td>}
      <td className={styles.stateCell}>{texts.state}</td>
    </tr>
  );
}
