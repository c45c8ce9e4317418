/** The price against which a limit is measured before it is sent. */

import { type Market, priceToTicks, twiceMiddle } from "@cse/client";
import type { FeedState } from "../feed/marketFeed";

/**
 * Twice that price, in ticks: the middle of the book; in an auction, whose book may be crossed, the price
 * that is indicated, or the last one. Null where there is none.
 */
export function twiceReference(
  market: Market,
  { book, auction, ticker }: Pick<FeedState, "book" | "auction" | "ticker">,
): bigint | null {
  if (market.status !== "auction") return book ? twiceMiddle(book) : null;
  const price = auction?.price ?? ticker?.last_price ?? null;
  return price === null ? null : 2n * priceToTicks(price, market);
}
