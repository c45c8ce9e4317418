/** When an order asks before it is sent, and why. The measures themselves are the quote's. */

import type { DraftOrder, Quote } from "@cse/client";

export type GuardReason =
  | "far_from_middle"
  | "far_from_indicative"
  | "price_effect"
  | "most_of_the_side"
  | "old_prices";

export interface GuardInput {
  order: DraftOrder;
  quote: Quote;
  /**
   * Best bid and best ask together, in ticks; in an auction twice the price that is indicated, or the last
   * one. Null while there is none.
   */
  twiceMiddle: bigint | null;
  /** Whether the market is in auction. */
  auction: boolean;
  /** Prices may be old. */
  stale: boolean;
  /** Whether the person is asked at each order of this type. */
  confirms: boolean;
}

export interface GuardDecision {
  /** Whether to ask at all. */
  ask: boolean;
  /** What is unusual about the order, the weightiest first; empty where only the habit asks. */
  reasons: readonly GuardReason[];
  /** How far the limit is from that middle, in millionths with a sign; null for market orders. */
  distancePpm: bigint | null;
  /** What must be typed before it is sent, in millionths; null where a click is enough. */
  typePpm: bigint | null;
}

const TYPE_ABOVE_PPM = 150_000n;
/** In an auction a limit may become everybody's price, so it is measured on both sides as in an open book. */
const FAR_PPM = 50_000n;

export function guard({ order, quote, twiceMiddle, auction, stale, confirms }: GuardInput): GuardDecision {
  const distancePpm = distance(order, twiceMiddle);
  const reasons: GuardReason[] = [];
  if (quote.guards.farFromMid) reasons.push("far_from_middle");
  if (auction && distancePpm !== null && (distancePpm > FAR_PPM || distancePpm < -FAR_PPM)) {
    reasons.push("far_from_indicative");
  }
  if (quote.guards.priceEffect) reasons.push("price_effect");
  if (quote.guards.largeShare) reasons.push("most_of_the_side");
  if (stale) reasons.push("old_prices");
  const loss = worst(order, quote, distancePpm);
  return {
    ask: confirms || reasons.length > 0,
    reasons,
    distancePpm,
    typePpm: loss > TYPE_ABOVE_PPM ? loss : null,
  };
}

function distance(order: DraftOrder, twiceMiddle: bigint | null): bigint | null {
  if (order.type !== "limit" || order.price === undefined || twiceMiddle === null || twiceMiddle <= 0n)
    return null;
  return ((2n * order.price - twiceMiddle) * 1_000_000n) / twiceMiddle;
}

/** The most by which the order may be worse than the middle: a bid far below it costs nobody anything. */
function worst(order: DraftOrder, quote: Quote, distancePpm: bigint | null): bigint {
  const effect = quote.priceEffectPpm ?? 0n;
  const crossing = distancePpm === null ? 0n : order.side === "buy" ? distancePpm : -distancePpm;
  return effect > crossing ? effect : crossing;
}
