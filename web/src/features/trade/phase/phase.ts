/** What a market lets happen now, and why it is so. */

import type { AuctionView, DraftOrder, Market, MarketView, Ticker } from "@cse/client";

/** The market's status, and apart from it an auction that has ended and whose orders trade. */
export type Phase = Market["status"] | "uncrossing";

/** What stands behind an auction: nothing has traded yet, a move that was too fast, or the exchange's word. */
export type AuctionReason = "opening" | "volatility" | "called";

export function phaseOf(
  status: Market["status"],
  auction: Pick<AuctionView, "status" | "uncrossing"> | null,
): Phase {
  return status === "auction" && auction?.status === "auction" && auction.uncrossing ? "uncrossing" : status;
}

/** Whether orders are collected, or trade, at one price: there is no last price and no spread that counts. */
export function isAuction(phase: Phase): phase is "auction" | "uncrossing" {
  return phase === "auction" || phase === "uncrossing";
}

/** Whether any order is taken. */
export function takesOrders(phase: Phase): phase is "open" | "auction" {
  return phase === "open" || phase === "auction";
}

/**
 * Why a market is in auction; null where that is not known yet.
 *
 * An interruption's auction ends so many seconds after the order that moved the price too far, to the microsecond;
 * one that the exchange calls ends at a time that somebody has named, or is ended.
 */
export function auctionReason(
  rules: Pick<MarketView, "interruption_ppm" | "auction_ends_at"> | null,
  ticker: Pick<Ticker, "last_price"> | null,
): AuctionReason | null {
  if (rules === null || ticker === null) return null;
  if (ticker.last_price === null) return "opening";
  const named = rules.auction_ends_at === null || /\.0+Z$/.test(rules.auction_ends_at);
  return rules.interruption_ppm > 0 && !named ? "volatility" : "called";
}

/** Whole seconds until an auction's end, never below 0; null where it has none. */
export function secondsLeft(endsAt: string | null, nowMs: number): number | null {
  return endsAt === null ? null : Math.max(0, Math.ceil((Date.parse(endsAt) - nowMs) / 1_000));
}

/** `08:23`, or `1:08:23` from an hour on. */
export function countdownText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  return `${hours > 0 ? `${hours}:` : ""}${two(minutes)}:${two(seconds % 60)}`;
}

export type AuctionOutcome = "trades" | "perhaps" | "waits";

/**
 * Whether an order of this limit would trade at the price indicated: one at the very price perhaps, as far
 * as there is something for it; null while that is not known. The order itself may move the price.
 */
export function outcomeOf(
  { side, price }: Pick<DraftOrder, "side" | "price">,
  indicated: bigint | null,
): AuctionOutcome | null {
  if (price === undefined || indicated === null) return null;
  if (price === indicated) return "perhaps";
  return price > indicated === (side === "buy") ? "trades" : "waits";
}
