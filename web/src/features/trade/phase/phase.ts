/** What a market lets happen now, and why it is so. */

import type { AuctionView, DraftOrder, Market, MarketView, Ticker } from "@cse/client";

/** The market's status, and apart from it an auction that has ended and whose orders trade. */
export type Phase = Market["status"] | "uncrossing";

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

/** Whether an auction opens its market, in which nothing has traded yet; false while that is not known. */
export function isOpening(ticker: Pick<Ticker, "last_price"> | null): boolean {
  return ticker !== null && ticker.last_price === null;
}

/**
 * Whether an auction may have been begun by a move of the price. The exchange may have called it as well, and
 * nobody tells which: but one without an end is the exchange's, and none that opens a market interrupts it.
 */
export function mayInterrupt(
  rules: Pick<MarketView, "interruption_ppm" | "auction_ends_at"> | null,
  ticker: Pick<Ticker, "last_price"> | null,
): boolean {
  if (rules === null || ticker === null || isOpening(ticker)) return false;
  return rules.interruption_ppm > 0 && rules.auction_ends_at !== null;
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

type AuctionOutcome = "trades" | "perhaps" | "waits";

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
