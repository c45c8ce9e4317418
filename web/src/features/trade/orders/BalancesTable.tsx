"use client";

import { parseUnits, trimUnits } from "@cse/client";
import { useTranslations } from "next-intl";
import { Button } from "@/components/Button";
import { Cover } from "@/components/Cover";
import { classes } from "@/components/classes";
import { Empty } from "@/components/States";
import { openFaucet } from "@/features/portfolio/faucetState";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useOwn } from "@/providers/own/own";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";

/** Every asset held: whole, free, and what of it open orders lock. */
export function BalancesTable() {
  const t = useTranslations("trade.balances");
  const format = useFormat();
  const { data } = useListings();
  const balances = useOwn((state) => state.balances);
  if (!balances || !data) return <RowsSkeleton />;
  const rows = [...balances].filter(([, { available, locked }]) => Number(available) + Number(locked) > 0);
  if (rows.length === 0) {
    return (
      <Empty
        drawing="balances"
        title={t("empty")}
        action={
          <Button size={32} onClick={() => openFaucet()}>
            {t("getMore")}
          </Button>
        }
      >
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
            <th scope="col">{t("asset")}</th>
            <th scope="col" className={styles.end}>
              {t("held")}
            </th>
            <th scope="col" className={styles.end}>
              {t("free")}
            </th>
            <th scope="col" className={styles.end}>
              {t("locked")}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([asset, { available, locked }]) => {
            const facts = data.assets.get(asset);
            const decimals = facts?.decimals ?? 18;
            const held = trimUnits(parseUnits(available, decimals) + parseUnits(locked, decimals), decimals);
            return (
              <tr key={asset}>
                <td>
                  <span className={styles.asset}>
                    <Cover id={asset} name={facts?.name ?? asset} src={facts?.cover ?? null} size={20} />
                    <bdi>{asset}</bdi>
                    <bdi className={styles.soft}>{facts?.name}</bdi>
                  </span>
                </td>
                <td className={classes("figure", styles.end)}>{format.decimal(held, 2)}</td>
                <td className={classes("figure", styles.end)}>
                  {format.decimal(trimUnits(parseUnits(available, decimals), decimals), 2)}
                </td>
                <td className={classes("figure", styles.end, styles.soft)}>
                  {format.decimal(trimUnits(parseUnits(locked, decimals), decimals), 2)}
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
