import type { Ticker } from "@cse/client";
import { describe, expect, it } from "vitest";
import { valuation } from "@/features/own/valuation";
import { balance, LISTINGS, tickerOf } from "./holdings";

describe("what balances are worth", () => {
  const value = valuation(
    [balance("USDC", "397.94", "49.6"), balance("LUNA", "6000", "6000"), balance("BTC", "0")],
    LISTINGS,
    tickerOf,
  );

  it("is the sum at last prices, exact to the unit", () => expect(value.total).toBe(951_900_000n));
  it("leaves out what is zero and puts money last", () => {
    expect(value.holdings.map(({ asset: { asset: symbol } }) => symbol)).toEqual(["LUNA", "USDC"]);
  });
  it("counts locked amounts too", () => expect(value.holdings[1]?.total).toBe(447_540_000n));
  it("knows what a day did to it", () => expect(value.dayChange).toBe(15_120_000n));
  it("says what has no price, and does not call it zero", () => {
    const partly = valuation([balance("NEW", "5"), balance("LUNA", "100")], LISTINGS, tickerOf);
    expect(partly.unpriced).toEqual(["NEW"]);
    expect(partly.total).toBe(4_203_000n);
    expect(partly.dayChange).toBe(126_000n);
  });
  it("knows no change where the price of a day ago is not known", () => {
    const young = () => ({ last_price: "2", open_24h: null }) as Ticker;
    expect(valuation([balance("NEW", "5")], LISTINGS, young).dayChange).toBeNull();
  });
  it("is not known where nothing has a price, and nothing where nothing is held", () => {
    expect(valuation([balance("NEW", "5")], LISTINGS, tickerOf).total).toBeNull();
    expect(valuation([], LISTINGS, tickerOf).total).toBe(0n);
  });
  it("is exact where floats are not", () => {
    const large = valuation([balance("BTC", "90071992.54740993")], LISTINGS, tickerOf);
    expect(large.total).toBe((9007199254740993n * 96386n) / 100n);
  });
  it("leaves nothing out that came after the listings", () => {
    const value = valuation([balance("LATE", "5.25"), balance("USDC", "1")], LISTINGS, tickerOf);
    expect(value.unpriced).toEqual(["LATE"]);
    expect([value.holdings[0]?.total, value.total]).toEqual([525n, 1_000_000n]);
  });
});
