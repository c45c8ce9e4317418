"use client";

import { type DraftOrder, formatNumber, type Quote } from "@cse/client";
import { useTranslations } from "next-intl";
import { useFormat } from "@/providers/format";
import { useRoom } from "../MarketRoom";
import { outcomeOf } from "../phase/phase";
import { useIndicative } from "../phase/usePhase";
import { Line } from "./EstimateLines";
import styles from "./Ticket.module.css";

/** What the order would come to if the auction ended now, and at most: its price is known at the end alone. */
export function AuctionLines({
  order,
  estimate,
  complete,
  known,
}: {
  order: DraftOrder;
  estimate: Quote;
  complete: boolean;
  /** Whether the free balance is known, so that "after" can be said. */
  known: boolean;
}) {
  const t = useTranslations("trade.estimate");
  const { listing, texts } = useRoom();
  const { numberLocale } = useFormat();
  const buy = order.side === "buy";
  const outcome = outcomeOf(order, useIndicative());
  const after = complete && known ? estimate.balanceAfter : null;
  const left = after && (buy ? after.quote : after.base);
  const money = (units: bigint) => (complete ? texts.quote(units) : null);
  const rate = listing.makerFeePpm > 0n ? listing.makerFeePpm : 0n;
  return (
    <dl className={styles.lines}>
      <Line label={t("ifEnded")} strong>
        {outcome && t(`outcomes.${outcome}`)}
      </Line>
      <Line label={t(buy ? "priceAtMost" : "priceAtLeast")} unit={listing.quote}>
        {order.price === undefined ? null : texts.price(order.price)}
      </Line>
      <Line
        label={t(buy ? "feeAtMost" : "fee")}
        unit={listing.quote}
        aside={t("auctionRate", { rate: formatNumber(rate, 4, numberLocale, { minDecimals: 2 }) })}
      >
        {money(estimate.fee.total)}
      </Line>
      <Line label={t(buy ? "payAtMost" : "receiveAtLeast")} unit={listing.quote} strong>
        {money(estimate.total)}
      </Line>
      <Line label={t("after")} unit={buy ? listing.quote : listing.base} soft>
        {left !== null && left >= 0n ? (buy ? texts.quote(left) : texts.base(left)) : null}
      </Line>
    </dl>
  );
}
