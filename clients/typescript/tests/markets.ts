/** Markets to try things on. */

import { type AssetView, type Market, type MarketView, marketFrom } from "../src/market.ts";

export const ASSETS: AssetView[] = [
  { asset: "LUNA", decimals: 6 },
  { asset: "USDC", decimals: 6 },
  { asset: "BTC", decimals: 8 },
] as AssetView[];

export const LUNA_VIEW = {
  market: "LUNA-USDC",
  base: "LUNA",
  quote: "USDC",
  tick_size: "0.00001",
  lot_size: "0.1",
  min_notional: "1",
  max_quantity: "100000000",
  maker_fee_ppm: 1000,
  taker_fee_ppm: 2000,
  max_open_orders: 200,
  status: "open",
  creator_share_ppm: 250_000,
} as MarketView;

/** A market with other rules than LUNA-USDC's where they are given. */
export function market(rules: Partial<Record<keyof MarketView, unknown>> = {}): Market {
  return marketFrom({ ...LUNA_VIEW, ...rules } as MarketView, ASSETS);
}
