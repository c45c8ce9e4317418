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
  auction_ends_at: null,
  price_unit: "0.00001",
  quantity_unit: "0.1",
  min_quantity: "0",
  max_notional: null,
  price_band_ppm: 0,
  reference_price: null,
  interruption_ppm: 0,
  interruption_window_s: 0,
  interruption_auction_s: 0,
  self_trades_allowed: false,
} as MarketView;

/** A market with other rules than LUNA-USDC's where they are given; its steps are its units. */
export function market(rules: Partial<Record<keyof MarketView, unknown>> = {}): Market {
  const view = { ...LUNA_VIEW, ...rules };
  const units = { price_unit: view.tick_size, quantity_unit: view.lot_size };
  return marketFrom({ ...view, ...units, ...rules } as MarketView, ASSETS);
}
