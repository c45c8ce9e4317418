/** A market's listing kept up to date with what the stream says of its rules. */

import { type MarketView, marketFrom } from "@cse/client";
import type { Listing } from "@/providers/market/markets";

/** The listing with other rules; the same object where none of them is another. */
export function withRules(listing: Listing, rules: MarketView | null): Listing {
  if (rules === null) return listing;
  const market = marketFrom(rules, [
    { asset: listing.base, decimals: listing.baseDecimals },
    { asset: listing.quote, decimals: listing.quoteDecimals },
  ]);
  const names = Object.keys(market) as (keyof typeof market)[];
  return names.every((name) => market[name] === listing[name]) ? listing : { ...listing, ...market };
}
