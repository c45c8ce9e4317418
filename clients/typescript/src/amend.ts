/** What an amend would make of an open order: its place in the queue, its cost, and what stands in its way. */

import type { AmendableField } from "./amendable.ts";
import type { AmendedOrder, Order } from "./client.ts";
import { parseUnits } from "./decimals.ts";
import type { DraftOrder } from "./draft.ts";
import { restingBuyHold } from "./fees.ts";
import {
  baseUnits,
  lotsToQuantity,
  type Market,
  notional,
  priceToTicks,
  quantityToLots,
  ticksToPrice,
} from "./market.ts";
import { type Problem, type ProblemCode, problemsBefore } from "./problems.ts";
import { type Available, type Quote, quote } from "./quote.ts";
import type { BookSides } from "./walk.ts";

/** What an open order is to be; what is left out stays. */
export interface Amendment {
  /** Ticks. */
  readonly price?: bigint | undefined;
  /** Lots, what is filled included. */
  readonly quantity?: bigint | undefined;
  /** Ticks; of an order that waits, but for a trailing stop. */
  readonly stopPrice?: bigint | undefined;
}

export interface AmendQuote {
  /** Whether anything of the order would be another. */
  readonly changes: boolean;
  /** Whether it stays where it is in the queue; null of one that waits, for it stands in none. */
  readonly keepsPlace: boolean | null;
  /** What would remain of it, as if it came in now. */
  readonly estimate: Quote;
  readonly problems: readonly (Omit<Problem, "code"> & { readonly code: AmendProblemCode })[];
}

export type AmendProblemCode = ProblemCode | "amend_below_filled" | "order_is_linked";

/** The order as it would be, in ticks and lots. */
export function amended(order: Order, change: Amendment, market: Market): DraftOrder {
  const ticks = (text: string | null) => (text === null ? undefined : priceToTicks(text, market));
  const trailing = order.trailing_delta
    ? { ticks: priceToTicks(order.trailing_delta, market) }
    : order.trailing_percent
      ? { ppm: parseUnits(order.trailing_percent, 4) }
      : undefined;
  return {
    side: order.side,
    // What has fired rests as a limit order.
    type: order.trigger === null ? "limit" : order.type,
    price: change.price ?? ticks(order.price),
    quantity:
      change.quantity ?? (order.quantity === null ? undefined : quantityToLots(order.quantity, market)),
    quoteAmount:
      order.quote_amount === null ? undefined : parseUnits(order.quote_amount, market.quoteDecimals),
    stopPrice: trailing ? undefined : (change.stopPrice ?? ticks(order.stop_price)),
    trailing,
    timeInForce: order.time_in_force,
    expiresAt: order.expires_at ?? undefined,
    postOnly: order.post_only,
    displayQuantity:
      order.display_quantity == null ? undefined : quantityToLots(order.display_quantity, market),
  };
}

/**
 * What an amend of an open order would do now. `available` is what is free beside what the order holds;
 * the estimate is at the rates that a new order would have.
 */
export function amendQuote(
  order: Order,
  change: Amendment,
  book: BookSides | null,
  market: Market,
  available?: Available | null,
  last: bigint | null = null,
): AmendQuote {
  const before = amended(order, {}, market);
  const after = amended(order, change, market);
  const filled = quantityToLots(order.filled_quantity, market);
  const waits = order.trigger !== null;
  const changes =
    before.price !== after.price ||
    before.quantity !== after.quantity ||
    before.stopPrice !== after.stopPrice;
  const keepsPlace = waits
    ? null
    : before.price === after.price && (after.quantity ?? 0n) <= (before.quantity ?? 0n);
  const remaining = {
    ...after,
    quantity: after.quantity === undefined ? undefined : after.quantity - filled,
  };
  const free = available ? withHeld(order, available, market) : null;
  const estimate = quote(remaining, book, market, free, last);
  const problems: AmendQuote["problems"][number][] = [];
  if (after.quantity !== undefined && after.quantity <= filled && filled > 0n) {
    problems.push({ code: "amend_below_filled", severity: "error", field: "quantity", limit: filled });
  }
  // Bounds are those of the whole order; what it crosses and costs is that of what remains.
  problems.push(...problemsBefore(after, market));
  if (changes && keepsPlace !== true) {
    const priced = before.price !== after.price || waits;
    problems.push(
      ...estimate.problems.filter(({ code }) => OF_THE_REST.has(code) && (priced || !OF_A_PRICE.has(code))),
    );
  }
  return { changes, keepsPlace, estimate, problems };
}

const OF_THE_REST: ReadonlySet<ProblemCode> = new Set([
  "insufficient_funds",
  "post_only_would_take",
  "price_outside_band",
  "would_trigger",
]);

/** What is asked of a price that is new; one that stays is not asked again. */
const OF_A_PRICE: ReadonlySet<ProblemCode> = new Set(["post_only_would_take", "price_outside_band"]);

/** The request of an amend: only what is to be another. */
export function amendRequest(order: Order, change: Amendment, market: Market): AmendedOrder {
  const before = amended(order, {}, market);
  const other = (key: AmendableField) => change[key] !== undefined && change[key] !== before[key];
  return {
    ...(other("price") && { price: ticksToPrice(change.price as bigint, market) }),
    ...(other("quantity") && { quantity: lotsToQuantity(change.quantity as bigint, market) }),
    ...(other("stopPrice") && { stop_price: ticksToPrice(change.stopPrice as bigint, market) }),
  };
}

/** What would be free if the order were gone; of a buy in the book what its rest needs at the maker's rate. */
function withHeld(order: Order, available: Available, market: Market): Available {
  const draft = amended(order, {}, market);
  if (draft.quantity === undefined) {
    return { base: available.base, quote: available.quote + (draft.quoteAmount ?? 0n) };
  }
  const remaining = draft.quantity - quantityToLots(order.filled_quantity, market);
  if (order.side === "sell") {
    return { base: available.base + baseUnits(remaining, market), quote: available.quote };
  }
  const worth = notional(draft.price ?? 0n, remaining, market);
  const held =
    order.trigger === null ? restingBuyHold(worth, market) : quote(draft, null, market).hold.amount;
  return { base: available.base, quote: available.quote + held };
}
