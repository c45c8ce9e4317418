"use client";

import type { Fill } from "@cse/client";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useStore } from "zustand";
import { Button } from "@/components/Button";
import { classes } from "@/components/classes";
import { Empty, ErrorState } from "@/components/States";
import { exchange } from "@/providers/exchange";
import { useFormat } from "@/providers/format";
import { useListings } from "@/providers/markets";
import { useAccount } from "../AccountRoom";
import { hearFillList } from "./accountStore";
import styles from "./Orders.module.css";
import { RowsSkeleton } from "./OrdersPanel";

const PAGE = 100;

/** One's fills, newest first; older ones are fetched on request. */
export function FillsTable({ market, phone }: { market: string | null; phone: boolean }) {
  const t = useTranslations("trade.fills");
  const { store } = useAccount();
  const fills = useStore(store, (state) => state.fills);
  const known = useStore(store, (state) => state.fillsKnown);
  const shown = market === null ? fills : fills.filter((fill) => fill.market === market);
  if (!known) return <RowsSkeleton />;
  if (shown.length === 0) {
    return (
      <Empty drawing="orders" title={t("empty")} action={<Older market={market} />}>
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
      <p className={styles.more}>
        <Older market={market} />
      </p>
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

/** Fetches older pages into the same list, until there are none. */
function Older({ market }: { market: string | null }) {
  const t = useTranslations("trade.fills");
  const { store } = useAccount();
  const [state, setState] = useState<{ cursor: string | null; busy: boolean; done: boolean; error: unknown }>(
    {
      cursor: null,
      busy: false,
      done: false,
      error: null,
    },
  );
  const load = async () => {
    setState({ ...state, busy: true, error: null });
    try {
      const page = await exchange().fills({
        ...(market !== null && { market }),
        limit: PAGE,
        ...(state.cursor && { cursor: state.cursor }),
      });
      hearFillList(store, page.items);
      setState({ cursor: page.next_cursor, busy: false, done: page.next_cursor === null, error: null });
    } catch (error) {
      setState({ ...state, busy: false, error });
    }
  };
  if (state.error) return <ErrorState title={t("failed")} error={state.error} onRetry={() => void load()} />;
  if (state.done) return <span className={styles.soft}>{t("allShown")}</span>;
  return (
    <Button size={28} look="link" busy={state.busy} onClick={() => void load()}>
      {t("older")}
    </Button>
  );
}
