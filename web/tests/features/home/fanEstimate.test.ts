import { marketFrom } from "@cse/client";
import { describe, expect, it } from "vitest";
import { estimate } from "@/features/home/fanEstimate";

const LUNA = marketFrom(
  {
    market: "LUNA-USDC",
    base: "LUNA",
    quote: "USDC",
    tick_size: "0.00001",
    lot_size: "0.1",
    min_notional: "1",
    max_quantity: "1000000",
    maker_fee_ppm: 1000,
    taker_fee_ppm: 2000,
    creator_share_ppm: 300_000,
    max_open_orders: 0,
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
  } as Parameters<typeof marketFrom>[0],
  [
    { asset: "LUNA", decimals: 6 },
    { asset: "USDC", decimals: 6 },
  ],
);
const BOOK = { bids: [[4201n, 50_000n]], asks: [[4203n, 50_000n]] } as const;

describe("what an amount buys", () => {
  it("is whole lots, fee included", () => {
    const { quote, problem } = estimate("50", "buy", LUNA, BOOK, "en");
    expect(problem).toBeNull();
    expect(quote?.filled).toBe(11_872n);
    expect(quote && quote.total <= 50_000_000n).toBe(true);
  });

  it.each([
    ["", null],
    ["0", null],
    ["abc", "amount"],
    ["-5", "amount"],
    ["1,5", "ambiguous"],
    ["1,234", "ambiguous"],
    ["0.5", "small"],
    ["1.0000001", "decimals"],
    ["900000", "large"],
  ])("of %j has the problem %j", (text, problem) => {
    expect(estimate(text, "buy", LUNA, BOOK, "en").problem).toBe(problem);
  });

  it.each([
    [49_999_999n, "short"],
    [50_000_000n, null],
  ])("with %s units at hand has the problem %j", (quote, problem) => {
    expect(estimate("50", "buy", LUNA, BOOK, "en", { base: 0n, quote }).problem).toBe(problem);
  });

  it.each([
    ["50", { maxNotional: 49_000_000n }, "buy", "most"],
    ["5", { minQuantity: 51n }, "sell", "small"],
    ["50", { maxQuantity: 400n }, "sell", "most"],
    ["5", { quantityIncrement: 3n }, "sell", "lot"],
  ] as const)("of %s in a market of %o is refused to a %s: %s", (text, rules, side, problem) => {
    expect(estimate(text, side, { ...LUNA, ...rules }, BOOK, "en").problem).toBe(problem);
  });

  it("waits for the book without a complaint", () => {
    expect(estimate("50", "buy", LUNA, null, "en")).toEqual({ quote: null, problem: null });
  });

  it("says that nobody offers the other side", () => {
    expect(estimate("50", "buy", LUNA, { bids: [], asks: [] }, "en").problem).toBe("nothing");
  });

  it("refuses a sale of a part of a lot", () => {
    expect(estimate("1.05", "sell", LUNA, BOOK, "en").problem).toBe("lot");
    expect(estimate("1000", "sell", LUNA, BOOK, "en").problem).toBeNull();
  });

  it("says that a market is halted, and that it is in auction", () => {
    expect(estimate("50", "buy", { ...LUNA, status: "auction" }, BOOK, "en").problem).toBe("auction");
    expect(estimate("50", "buy", { ...LUNA, status: "halted" }, BOOK, "en").problem).toBe("halted");
  });
});
