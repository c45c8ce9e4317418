import type { Ticker } from "@cse/client";
import type { AssetFacts, Listing, Listings } from "@/providers/market/markets";

const asset = (symbol: string, decimals: number): AssetFacts => ({
  asset: symbol,
  decimals,
  name: symbol,
  cover: null,
  demo: true,
});
const listing = (base: string) => ({ market: `${base}-USDC`, base, quote: "USDC" }) as Listing;
export const LISTINGS: Listings = {
  all: [],
  assets: new Map(
    [asset("USDC", 6), asset("LUNA", 6), asset("BTC", 8), asset("NEW", 6)].map((a) => [a.asset, a]),
  ),
  byMarket: new Map(["LUNA", "BTC", "NEW"].map((base) => [`${base}-USDC`, listing(base)])),
};
const PRICES: Record<string, [string | null, string | null]> = {
  "LUNA-USDC": ["0.04203", "0.04077"],
  "BTC-USDC": ["96386", "95000"],
  "NEW-USDC": [null, null],
};
export const tickerOf = (market: string) => {
  const [last_price, open_24h] = PRICES[market] ?? [null, null];
  return { last_price, open_24h } as Ticker;
};
export const balance = (symbol: string, available: string, locked = "0") => ({
  asset: symbol,
  available,
  locked,
});
