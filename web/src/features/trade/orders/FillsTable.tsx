"use client";

import type { Fill } from "@cse/client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { Empty, ErrorState } from "@/components/States";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useFills } from "@/providers/own/pages";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";

/** One's fills, newest first; older ones are fetched on request. */
export function FillsTable({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.fills");
  const past = useFills(market, true);
  const shown = past.items;
  if (shown === null && past.error)
    return <ErrorState title={t("failed")} error={past.error} onRetry={past.retry} />;
  if (shown === null) return <RowsSkeleton />;
  if (shown.length === 0) {
    return (
      <Empty drawing="orders" title={t("empty")}>
        {t("emptyText")}
      </Empty>
    );
  }
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <caption className="quiet">{t("title")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("time")}</th>
            {market === null && <th scope="col">{t("market")}</th>}
            <th scope="col">{t("side")}</th>
            <th scope="col" className={styles.end}>
              {t("price")}
            </th>
            <th scope="col" className={styles.end}>
              {t("size")}
            </th>
            {!phone && (
              <th scope="col" className={styles.end}>
                {t("value")}
              </th>
            )}
            <th scope="col" className={styles.end}>
              {t("fee")}
            </th>
            {!phone && <th scope="col">{t("role")}</th>}
          </tr>
        </thead>
        <tbody>
          {shown.map((fill) => (
            <FillLine
              key={`${fill.market}/${fill.trade_id}/${fill.order_id}`}
              fill={fill}
              all={market === null}
              phone={phone}
            />
          ))}
        </tbody>
      </table>
      {past.error ? <ErrorState title={t("failed")} error={past.error} onRetry={past.retry} /> : null}
      {past.hasOlder && !past.error && (
        <p className={styles.more}>
          <Button size={28} look="link" busy={past.isLoadingOlder} onClick={past.older}>
            {t("older")}
          </Button>
        </p>
      )}
    </div>
  );
}

function FillLine({ fill, all, phone }: { fill: Fill; all: boolean; phone: boolean }) {
  const t = useTranslations("trade.fills");
  const format = useFormat();
  const { data } = useListings();
  const listing = data?.byMarket.get(fill.market);
  return (
    <tr>
      <td className="figure" title={format.dateTime(fill.time)}>
        {format.dateTime(fill.time)}
      </td>
      {all && (
        <td>
          <bdi>{fill.market.replace("-", "/")}</bdi>
        </td>
      )}
      <td className={fill.side === "buy" ? styles.up : styles.down}>{t(fill.side)}</td>
      <td className={classes("figure", styles.end)}>{format.decimal(fill.price, listing?.tickDecimals)}</td>
      <td className={classes("figure", styles.end)}>{format.decimal(fill.quantity, listing?.lotDecimals)}</td>
      {!phone && <td className={classes("figure", styles.end)}>{format.decimal(fill.notional, 2)}</td>}
      <td className={classes("figure", styles.end, styles.soft)}>
        {format.decimal(fill.fee, 2)} <span className={styles.unit}>{fill.fee_asset}</span>
      </td>
      {!phone && <td className={styles.soft}>{t(fill.liquidity)}</td>}
    </tr>
  );
}
