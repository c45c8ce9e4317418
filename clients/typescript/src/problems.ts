/** What stands in the way of an order, said before it is sent and in the codes with which it would be refused. */

import type { DraftOrder } from "./draft.ts";
import type { Code } from "./generated/codes.ts";
import { PRICE_LIMIT, SUPPLY_LIMIT } from "./generated/limits.ts";
import { type Market, notional } from "./market.ts";
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
      | "quantity_out_of_range"
      | "below_min_notional"
      | "post_only_not_allowed"
      | "post_only_would_take"
      | "quantity_or_quote_amount"
      | "insufficient_funds"
    >
  | "price_missing"
  | "quantity_missing"
  /** There is no book, so that what trades at once is not known. */
  | "book_unknown"
  /** Nothing rests on the other side. */
  | "nothing_to_take"
  /** The visible book ends before the order is filled; the rest is let go. */
  | "fills_partly"
  /** A fok order that cannot fill whole. */
  | "would_be_killed";

export interface Problem {
  readonly code: ProblemCode;
  /** An `error` would be refused; a `warning` would be taken. */
  readonly severity: "error" | "warning";
  readonly field: "price" | "quantity" | "quote_amount" | null;
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
}

/** Problems in the order in which the core checks, then the warnings. */
export function problemsOf(
  order: DraftOrder,
  estimate: Estimate,
  market: Market,
  available: { readonly base: bigint; readonly quote: bigint } | null,
): Problem[] {
  const problems = [...fieldProblems(order, market)];
  const error = (code: ProblemCode, field: Problem["field"], more: Partial<Problem> = {}): void => {
    problems.push({ code, severity: "error", field, ...more });
  };
  const closed = statusProblem(order, market);
  if (closed !== null) problems.unshift({ code: closed, severity: "error", field: null });
  if (order.postOnly === true && estimate.crossing.lots > 0n) error("post_only_would_take", "price");
  const { asset, amount: needed } = estimate.hold;
  const free = available === null ? null : asset === market.quote ? available.quote : available.base;
  if (free !== null && needed > free) {
    error("insufficient_funds", fundsField(order), { asset, needed, available: free });
  }
  if (!problems.some((problem) => problem.severity === "error")) problems.push(...warnings(order, estimate));
  return problems;
}

/** Why the market takes no such order in its status. */
function statusProblem(order: DraftOrder, market: Market): ProblemCode | null {
  if (market.status === "open") return null;
  if (market.status !== "auction") return "market_halted";
  const collected = order.type === "limit" && (order.timeInForce ?? "gtc") === "gtc";
  return collected && order.postOnly !== true ? null : "not_in_auction";
}

function fieldProblems(order: DraftOrder, market: Market): Problem[] {
  const problems: Problem[] = [];
  const error = (code: ProblemCode, field: Problem["field"], limit?: bigint): void => {
    problems.push({ code, severity: "error", field, ...(limit === undefined ? {} : { limit }) });
  };
  const { price, quantity, quoteAmount } = order;
  const limit = order.type === "limit";
  const resting = limit && (order.timeInForce ?? "gtc") === "gtc";
  if (order.postOnly === true && !resting) error("post_only_not_allowed", null);
  if (limit && price === undefined) error("price_missing", "price");
  if (quantity === undefined && (limit || quoteAmount === undefined)) error("quantity_missing", "quantity");
  if (quoteAmount !== undefined && (limit || quantity !== undefined)) {
    error("quantity_or_quote_amount", "quote_amount");
  }
  if (limit && price !== undefined && (price < 1n || price >= PRICE_LIMIT)) {
    error("price_out_of_range", "price", PRICE_LIMIT);
  }
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

/** What lies between the steps in force, or below the least quantity. */
function stepProblems({ type, price, quantity }: DraftOrder, market: Market): Problem[] {
  const problems: Problem[] = [];
  const error = (code: ProblemCode, field: "price" | "quantity", limit: bigint): void => {
    problems.push({ code, severity: "error", field, limit });
  };
  if (type === "limit" && (price ?? 0n) % market.priceIncrement !== 0n) {
    error("price_off_tick", "price", market.priceIncrement);
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
  return order.type === "market" && order.quantity === undefined ? "quote_amount" : "quantity";
}
