import { type Market, type MarketView, marketFrom } from "@cse/client";

/** Tick 0.00001, lot 0.1, taker 0.20 %, maker 0.10 %. */
export const LUNA_RULES: MarketView = {
  market: "LUNA-USDC",
  base: "LUNA",
  quote: "USDC",
  tick_size: "0.00001",
  lot_size: "0.1",
  min_notional: "1",
  max_quantity: "100000000.0",
  maker_fee_ppm: 1_000,
  creator_share_ppm: 300_000,
  taker_fee_ppm: 2_000,
  max_open_orders: 200,
  status: "open",
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
};

export const LUNA: Market = marketFrom(LUNA_RULES, [
  { asset: "LUNA", decimals: 6 },
  { asset: "USDC", decimals: 6 },
]);

/** Steps that are no powers of ten: tick 0.05, lot 0.25. */
export const STEPS: Market = marketFrom(
  {
    market: "STEP-USDC",
    base: "STEP",
    quote: "USDC",
    tick_size: "0.05",
    lot_size: "0.25",
    min_notional: "1",
    max_quantity: "1000.00",
    maker_fee_ppm: 0,
    creator_share_ppm: 0,
    taker_fee_ppm: 0,
    max_open_orders: 0,
    status: "open",
    auction_ends_at: null,
    price_unit: "0.05",
    quantity_unit: "0.25",
    min_quantity: "0",
    max_notional: null,
    price_band_ppm: 0,
    reference_price: null,
    interruption_ppm: 0,
    interruption_window_s: 0,
    interruption_auction_s: 0,
    self_trades_allowed: false,
  },
  [
    { asset: "STEP", decimals: 2 },
    { asset: "USDC", decimals: 6 },
  ],
);
