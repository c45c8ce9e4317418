"use client";

import { type DraftOrder, firedAt, type Quote, stopOf } from "@cse/client";
import { useTranslations } from "next-intl";
import { useRoom } from "../../MarketRoom";
import { Line, Rates } from "../EstimateLines";
import styles from "./Late.module.css";

/** What an order that waits would do where it fires, and what it locks until then. */
export function WaitingLines({
  order,
  estimate,
  complete,
  last,
  known,
}: {
  order: DraftOrder;
  estimate: Quote;
  complete: boolean;
  last: bigint | null;
  /** Whether the free balance is known. */
  known: boolean;
}) {
  const t = useTranslations("ordering.lines");
  const usual = useTranslations("trade.estimate");
  const { listing, texts } = useRoom();
  const buy = order.side === "buy";
  const at = firedAt(order, last);
  const priced = complete && (at !== undefined || order.quoteAmount !== undefined);
  const money = (units: bigint) => (priced ? texts.quote(units) : null);
  const begins = order.trailing ? stopOf(order, last) : undefined;
  const free = estimate.balanceAfter;
  const { hold } = estimate;
  const inQuote = hold.asset === listing.quote;
  const amount = (units: bigint) => (inQuote ? texts.quote(units) : texts.base(units));
  return (
    <dl className={styles.lines}>
      {begins !== undefined && (
        <Line label={t("begins")} unit={listing.quote}>
          {texts.price(begins)}
        </Line>
      )}
      <Line label={usual("fee")} unit={listing.quote} aside={<Rates />}>
        {money(estimate.fee.total)}
      </Line>
      {listing.creatorSharePpm > 0n && (
        <Line label={usual("creatorPart")} unit={listing.quote} inner>
          {money(estimate.creatorFee)}
        </Line>
      )}
      <Line label={t(buy ? "total" : "proceeds")} unit={listing.quote} strong>
        {money(order.quantity === undefined ? hold.amount : estimate.total)}
      </Line>
      <Line label={t("locked")} unit={hold.asset} soft>
        {complete ? amount(hold.amount) : null}
      </Line>
      <Line label={t("after")} unit={hold.asset} soft>
        {complete && known && free && free.quote >= 0n && free.base >= 0n
          ? amount(inQuote ? free.quote : free.base)
          : null}
      </Line>
    </dl>
  );
}
