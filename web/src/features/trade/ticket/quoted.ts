/** The quote of what a ticket has read, be it one order or several that are placed as one. */

import { type Available, type BookFrame, type Market, type Quote, quote, quoteList } from "@cse/client";
import type { DraftReading } from "./reading";

/** By what a quote is made. */
export interface QuoteScene {
  readonly book: BookFrame | null;
  readonly market: Market;
  readonly available: Available | null;
  /** The market's last price, and the one at which an auction would trade now, in ticks. */
  readonly last: bigint | null;
  readonly indicative: bigint | null;
}

export function quoted({ order, list }: Pick<DraftReading, "order" | "list">, scene: QuoteScene): Quote {
  const { book, market, available, last, indicative } = scene;
  return list
    ? quoteList(list, book, market, available, last, indicative)
    : quote(order, book, market, available, last, indicative);
}
