"use client";

import { parseUnits, priceToTicks } from "@cse/client";
import { useTranslations } from "next-intl";
import { useCallback } from "react";
import { Empty } from "@/components/States";
import { AmendScenes } from "@/features/own/amendScene";
import { OrdersTable } from "@/features/own/OrdersTable";
import type { OrderRow } from "@/features/own/orderRows";
import { useOwn } from "@/providers/own/own";
import { useRoom } from "../MarketRoom";
import styles from "./Orders.module.css";

/** Open orders, and under them what they lock. */
export function OpenOrders({
  rows,
  all,
  phone,
  onDismiss,
}: {
  rows: readonly OrderRow[] | null;
  all: boolean;
  phone: boolean;
  onDismiss: (key: string) => void;
}) {
  const t = useTranslations("trade.orders");
  const { listing, feed } = useRoom();
  const scene = useCallback(
    (market: string) => {
      if (market !== listing.market) return null;
      const { book, ticker } = feed.getState();
      const last = ticker?.last_price ?? null;
      return { book, last: last === null ? null : priceToTicks(last, listing) };
    },
    [listing, feed],
  );
  if (rows?.length === 0) {
    const title = all ? t("emptyAll") : t("empty", { pair: `${listing.base}/${listing.quote}` });
    return (
      <Empty title={title} className={styles.note}>
        {t("emptyText")}
      </Empty>
    );
  }
  return (
    <AmendScenes value={scene}>
      <OrdersTable
        label={t("tabs.orders")}
        rows={rows}
        look="panel"
        all={all}
        cards={phone}
        onDismiss={onDismiss}
      />
      {!phone && <LockedFoot />}
    </AmendScenes>
  );
}

/** What the orders lock, said where it is caused. */
function LockedFoot() {
  const t = useTranslations("trade.orders");
  const { listing, texts } = useRoom();
  const balances = useOwn((state) => state.balances);
  if (!balances) return null;
  const locked = (asset: string, decimals: number) =>
    parseUnits(balances.get(asset)?.locked ?? "0", decimals);
  return (
    <footer className={styles.foot}>
      <span>{t("locked")}</span>
      <span className={styles.footFigure}>
        <span className="figure">{texts.quote(locked(listing.quote, listing.quoteDecimals))}</span>{" "}
        {listing.quote}
      </span>
      <span className={styles.footFigure}>
        <span className="figure">{texts.base(locked(listing.base, listing.baseDecimals))}</span>{" "}
        {listing.base}
      </span>
    </footer>
  );
}
