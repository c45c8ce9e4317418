/** When an order asks before it is sent, and why. All that is measured is the quote's. */

import type { Guards } from "@cse/client";

export type GuardReason =
  | "far_from_middle"
  | "far_from_indicative"
  | "price_effect"
  | "most_of_the_side"
  | "old_prices";

export interface GuardInput {
  guards: Guards;
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
}

export function guard({ guards, auction, stale, confirms }: GuardInput): GuardDecision {
  const reasons: GuardReason[] = [];
  if (guards.farPrice) reasons.push(auction ? "far_from_indicative" : "far_from_middle");
  if (guards.priceEffect) reasons.push("price_effect");
  if (guards.largeShare) reasons.push("most_of_the_side");
  if (stale) reasons.push("old_prices");
  return { ask: confirms || reasons.length > 0, reasons };
}
