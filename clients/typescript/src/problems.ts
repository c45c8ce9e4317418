/** What stands in the way of an order, said before it is sent and in the codes with which it would be refused. */

import { divideUp } from "./decimals.ts";
import { type DraftOrder, isLimitType, isTrigger, mayRest } from "./draft.ts";
import type { Code } from "./generated/codes.ts";
import { PPM, PRICE_LIMIT, SUPPLY_LIMIT } from "./generated/limits.ts";
import { type Market, notional, type Side } from "./market.ts";
import { hasFired } from "./triggers.ts";
import type { BookSides, Walk } from "./walk.ts";

/** Codes of the catalogue, and what only an estimate can tell. */
export type ProblemCode =
  | Extract<
      Code,
      | "market_halted"
      | "not_in_auction"
      | "price_off_tick"
      | "quantity_off_lot"
      | "below_min_quantity"
      | "above_max_notional"
      | "price_out_of_range"
      | "price_outside_band"
      | "invalid_stop_price"
      | "invalid_trailing_delta"
      | "invalid_display_quantity"
      | "would_trigger"
      | "quantity_out_of_range"
      | "below_min_notional"
      | "post_only_not_allowed"
      | "post_only_would_take"
      | "quantity_or_quote_amount"
      | "insufficient_funds"
    >
  | "price_missing"
  | "quantity_missing"
  | "stop_missing"
  | "trailing_missing"
  | "expiry_missing"
  /** There is no book, so that what trades at once is not known. */
  | "book_unknown"
  /** Nothing rests on the other side. */
  | "nothing_to_take"
  /** The visible book ends before the order is filled; the rest is let go. */
  | "fills_partly"
  /** A fok order that cannot fill whole. */
  | "would_be_killed";

export type ProblemField =
  | "price"
  | "quantity"
  | "quote_amount"
  | "stop_price"
  | "trailing"
  | "display_quantity"
  | "expires_at";

export interface Problem {
  readonly code: ProblemCode;
  /** An `error` would be refused; a `warning` would be taken. */
  readonly severity: "error" | "warning";
  readonly field: ProblemField | null;
  /** In a list, which of its orders it is about, from 0. */
  readonly order?: number;
  /** What is needed and what is there, in units of `asset`; or the bound, in the field's own units. */
  readonly asset?: string;
  readonly needed?: bigint;
  readonly available?: bigint;
  readonly limit?: bigint;
}

/** What the estimate has found. */
export interface Estimate {
  readonly book: BookSides | null;
  readonly crossing: Walk;
  readonly walk: Walk;
  readonly wanted: bigint;
  readonly hold: { readonly asset: string; readonly amount: bigint };
  /** Price of the last trade in ticks. */
  readonly last: bigint | null;
}

/** Problems in the order in which the core checks, then the warnings. */
export function problemsOf(
  order: DraftOrder,
  estimate: Estimate,
  market: Market,
  available: { readonly base: bigint; readonly quote: bigint } | null,
): Problem[] {
  const problems = problemsBefore(order, market);
  const error = (code: ProblemCode, field: Problem["field"], more: Partial<Problem> = {}): void => {
    problems.push({ code, severity: "error", field, ...more });
  };
  const bound = bandBound(order.side, market, estimate.last);
  if (order.type === "limit" && order.price !== undefined && bound !== null) {
    const outside = order.side === "buy" ? order.price > bound : order.price < bound;
    if (outside) error("price_outside_band", "price", { limit: bound });
  }
  if (isTrigger(order.type) && hasFired(order, estimate.last)) {
    error("would_trigger", "stop_price", { limit: estimate.last ?? 0n });
  }
  if (order.postOnly === true && estimate.crossing.lots > 0n) error("post_only_would_take", "price");
  const { asset, amount: needed } = estimate.hold;
  const free = available === null ? null : asset === market.quote ? available.quote : available.base;
  if (free !== null && needed > free) {
    error("insufficient_funds", fundsField(order), { asset, needed, available: free });
  }
  if (!problems.some((problem) => problem.severity === "error")) problems.push(...warnings(order, estimate));
  return problems;
}

/** What can be said of an order without a book, a balance or a price. */
export function problemsBefore(order: DraftOrder, market: Market): Problem[] {
  const closed = statusProblem(order, market);
  const problems = fieldProblems(order, market);
  return closed === null ? problems : [{ code: closed, severity: "error", field: null }, ...problems];
}

/** The worst limit that an open market with a band takes from a side, in ticks; null where there is none. */
export function bandBound(side: Side, market: Market, last: bigint | null): bigint | null {
  const reference = last ?? market.referencePrice;
  if (market.status !== "open" || market.priceBandPpm === 0n || reference === null) return null;
  return side === "buy"
    ? (reference * (PPM + market.priceBandPpm)) / PPM
    : divideUp(reference * (PPM - market.priceBandPpm), PPM);
}

/** Why the market takes no such order in its status. */
function statusProblem(order: DraftOrder, market: Market): ProblemCode | null {
  if (market.status === "open") return null;
  if (market.status !== "auction") return "market_halted";
  if (isTrigger(order.type)) return null;
  return mayRest(order) && order.postOnly !== true ? null : "not_in_auction";
}

function fieldProblems(order: DraftOrder, market: Market): Problem[] {
  const problems: Problem[] = [];
  const error = (code: ProblemCode, field: Problem["field"], limit?: bigint): void => {
    problems.push({ code, severity: "error", field, ...(limit === undefined ? {} : { limit }) });
  };
  const { price, quantity, quoteAmount } = order;
  const limit = isLimitType(order.type);
  if (order.postOnly === true && !(order.type === "limit" && mayRest(order))) {
    error("post_only_not_allowed", null);
  }
  // What a buy by quantity may cost must be known while it waits.
  const bounded = isTrigger(order.type) && order.side === "buy" && quantity !== undefined;
  if ((limit || bounded) && price === undefined) error("price_missing", "price");
  const byAmount = !limit && !(isTrigger(order.type) && order.side === "sell");
  if (quantity === undefined && (!byAmount || quoteAmount === undefined)) {
    error("quantity_missing", "quantity");
  }
  if (quoteAmount !== undefined && (!byAmount || quantity !== undefined)) {
    error("quantity_or_quote_amount", "quote_amount");
  }
  if (price !== undefined && (price < 1n || price >= PRICE_LIMIT)) {
    error("price_out_of_range", "price", PRICE_LIMIT);
  }
  problems.push(...triggerProblems(order), ...restingProblems(order, market));
  if (quantity !== undefined && (quantity < 1n || quantity > market.maxQuantity)) {
    error("quantity_out_of_range", "quantity", market.maxQuantity);
  }
  if (problems.length === 0) problems.push(...stepProblems(order, market));
  if (quoteAmount !== undefined && (quoteAmount < 1n || quoteAmount >= SUPPLY_LIMIT)) {
    error("quantity_out_of_range", "quote_amount", SUPPLY_LIMIT);
  }
  const value = limit ? notional(price ?? 0n, quantity ?? 0n, market) : quoteAmount;
  if (problems.length === 0 && value !== undefined && value < market.minNotional) {
    error("below_min_notional", limit ? "quantity" : "quote_amount", market.minNotional);
  }
  if (
    problems.length === 0 &&
    value !== undefined &&
    market.maxNotional !== null &&
    value > market.maxNotional
  ) {
    error("above_max_notional", limit ? "quantity" : "quote_amount", market.maxNotional);
  }
  return problems;
}

/** What is wrong with what an order waits for. */
function triggerProblems({ type, stopPrice, trailing }: DraftOrder): Problem[] {
  const error = (code: ProblemCode, field: ProblemField): Problem[] => [{ code, severity: "error", field }];
  if (!isTrigger(type)) return [];
  if (type === "trailing_stop") {
    if (trailing === undefined) return error("trailing_missing", "trailing");
    const [by, most] = "ticks" in trailing ? [trailing.ticks, PRICE_LIMIT] : [trailing.ppm, PPM];
    return by < 1n || by >= most ? error("invalid_trailing_delta", "trailing") : [];
  }
  if (stopPrice === undefined) return error("stop_missing", "stop_price");
  return stopPrice < 1n || stopPrice >= PRICE_LIMIT ? error("invalid_stop_price", "stop_price") : [];
}

/** What is wrong with how it rests: the part that is shown, and the time until which. */
function restingProblems(order: DraftOrder, market: Market): Problem[] {
  const problems: Problem[] = [];
  const { displayQuantity: shown, quantity } = order;
  if (shown !== undefined) {
    const bad = shown < 1n || !mayRest(order) || (quantity !== undefined && shown > quantity);
    if (bad)
      problems.push({ code: "invalid_display_quantity", severity: "error", field: "display_quantity" });
    else if (shown % market.quantityIncrement !== 0n) {
      const limit = market.quantityIncrement;
      problems.push({ code: "quantity_off_lot", severity: "error", field: "display_quantity", limit });
    }
  }
  if (order.timeInForce === "gtd" && order.expiresAt === undefined) {
    problems.push({ code: "expiry_missing", severity: "error", field: "expires_at" });
  }
  return problems;
}

/** What lies between the steps in force, or below the least quantity. */
function stepProblems({ price, stopPrice, quantity }: DraftOrder, market: Market): Problem[] {
  const problems: Problem[] = [];
  const error = (code: ProblemCode, field: ProblemField, limit: bigint): void => {
    problems.push({ code, severity: "error", field, limit });
  };
  if ((price ?? 0n) % market.priceIncrement !== 0n) error("price_off_tick", "price", market.priceIncrement);
  if ((stopPrice ?? 0n) % market.priceIncrement !== 0n) {
    error("price_off_tick", "stop_price", market.priceIncrement);
  }
  if (quantity !== undefined && quantity < market.minQuantity) {
    error("below_min_quantity", "quantity", market.minQuantity);
  } else if (quantity !== undefined && quantity % market.quantityIncrement !== 0n) {
    error("quantity_off_lot", "quantity", market.quantityIncrement);
  }
  return problems;
}

function warnings(order: DraftOrder, { book, crossing, wanted }: Estimate): Problem[] {
  const warning = (code: ProblemCode): Problem[] => [{ code, severity: "warning", field: null }];
  if (isTrigger(order.type)) return [];
  const takes = order.type === "market" || order.timeInForce === "ioc" || order.timeInForce === "fok";
  if (book === null) return warning("book_unknown");
  if (!takes) return [];
  if (crossing.lots === 0n) return warning("nothing_to_take");
  if (order.timeInForce === "fok" && crossing.lots < wanted) return warning("would_be_killed");
  const byAmount = order.type === "market" && order.quantity === undefined;
  const partly = byAmount ? crossing.exhausted : crossing.lots < wanted;
  return partly ? warning("fills_partly") : [];
}

function fundsField(order: DraftOrder): Problem["field"] {
  return !isLimitType(order.type) && order.quantity === undefined ? "quote_amount" : "quantity";
}
