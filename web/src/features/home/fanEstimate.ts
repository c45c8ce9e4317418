/** What the first page's ticket says of an amount; it comes while the book does, as nothing is said before. */

import {
  type Available,
  type BookSides,
  type DraftOrder,
  type Market,
  type ProblemCode,
  parseInput,
  type Quote,
  quote,
} from "@cse/client";
import type { FanSide } from "./fanDraft";

export type FanProblem =
  | "amount"
  | "ambiguous"
  | "decimals"
  | "small"
  | "lot"
  | "large"
  | "most"
  | "noBook"
  | "nothing"
  | "halted"
  | "auction"
  | "short"
  | "elsewhere";

/** What an order at market never meets; should it all the same, the full ticket says it. */
type NeverMet =
  | "price_off_tick"
  | "price_out_of_range"
  | "price_outside_band"
  | "price_missing"
  | "quantity_missing"
  | "quantity_or_quote_amount"
  | "invalid_stop_price"
  | "invalid_trailing_delta"
  | "invalid_display_quantity"
  | "stop_missing"
  | "trailing_missing"
  | "expiry_missing"
  | "post_only_not_allowed"
  | "post_only_would_take"
  | "would_trigger"
  | "would_be_killed";

const SAID: Record<Exclude<ProblemCode, NeverMet>, FanProblem> = {
  market_halted: "halted",
  not_in_auction: "auction",
  quantity_off_lot: "lot",
  below_min_quantity: "small",
  below_min_notional: "small",
  above_max_notional: "most",
  quantity_out_of_range: "most",
  nothing_to_take: "nothing",
  fills_partly: "large",
  book_unknown: "noBook",
  insufficient_funds: "short",
};

function saidOf(code: ProblemCode): FanProblem {
  return code in SAID ? SAID[code as keyof typeof SAID] : "elsewhere";
}

export interface FanEstimate {
  readonly quote: Quote | null;
  /** Said at the field; null while all is well or nothing was typed. */
  readonly problem: FanProblem | null;
}

/** What a typed amount buys or brings in now: a buy spends quote, a sale gives base; `available` where known. */
export function estimate(
  text: string,
  side: FanSide,
  market: Market,
  book: BookSides | null,
  numberLocale: string,
  available: Available | null = null,
): FanEstimate {
  const decimals = side === "buy" ? market.quoteDecimals : market.baseDecimals;
  const typed = parseInput(text, numberLocale, decimals);
  if (!typed.ok) {
    if (typed.reason === "empty") return { quote: null, problem: null };
    if (typed.reason === "ambiguous" || typed.reason === "foreign_mark")
      return { quote: null, problem: "ambiguous" };
    return { quote: null, problem: typed.reason === "too_many_decimals" ? "decimals" : "amount" };
  }
  if (typed.units === 0n) return { quote: null, problem: null };
  if (market.status === "auction") return { quote: null, problem: "auction" };
  if (market.status !== "open") return { quote: null, problem: "halted" };
  if (side === "sell" && typed.units % market.lotUnits !== 0n) return { quote: null, problem: "lot" };
  if (book === null) return { quote: null, problem: null };
  const order: DraftOrder =
    side === "buy"
      ? { side, type: "market", quoteAmount: typed.units }
      : { side, type: "market", quantity: typed.units / market.lotUnits };
  const result = quote(order, book, market, available);
  const first = result.problems[0];
  return { quote: result.filled > 0n ? result : null, problem: first ? saidOf(first.code) : null };
}
