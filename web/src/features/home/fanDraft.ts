import {
  type Available,
  type BookSides,
  type DraftOrder,
  type Market,
  parseInput,
  type Quote,
  quote,
  type Side,
} from "@cse/client";
import { tabStorage } from "@/providers/kept";

export type FanSide = Side;
export type FanProblem =
  | "amount"
  | "ambiguous"
  | "decimals"
  | "small"
  | "lot"
  | "large"
  | "noBook"
  | "nothing"
  | "halted"
  | "auction"
  | "short";

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
  const codes = new Set(result.problems.map((problem) => problem.code));
  if (codes.has("nothing_to_take")) return { quote: null, problem: "nothing" };
  if (codes.has("below_min_notional")) return { quote: result, problem: "small" };
  if (codes.has("quantity_out_of_range")) return { quote: null, problem: "large" };
  if (codes.has("fills_partly")) return { quote: result, problem: "large" };
  return { quote: result, problem: codes.has("insufficient_funds") ? "short" : null };
}

/** Leaves the amount for a review in the ticket of the trade page, in this tab only; its code comes with the click. */
export async function keepFanDraft(market: string, side: FanSide, text: string): Promise<void> {
  const { askForReview, EMPTY_DRAFT, keepDraft } = await import("@/features/trade/ticket/draft");
  const amount =
    side === "buy" ? ({ by: "spend", spend: text } as const) : ({ by: "quantity", size: text } as const);
  keepDraft(tabStorage(), market, { ...EMPTY_DRAFT, side, type: "market", ...amount });
  askForReview(tabStorage(), market);
}
