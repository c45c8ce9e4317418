import { describe, expect, test } from "vitest";
import { DecimalError } from "../src/decimals.ts";
import { orderRequest } from "../src/draft.ts";
import {
  checkPrice,
  checkQuantity,
  lotsToQuantity,
  type Market,
  MarketNumberError,
  notional,
  priceToTicks,
  quantityToLots,
  ticksToPrice,
} from "../src/market.ts";
import { market } from "./markets.ts";

const LUNA = market();
const COARSE = market({ tick_size: "0.0005", lot_size: "25" });

describe("a market", () => {
  test("counts one lot at one tick in whole units of quote", () => {
    expect(LUNA).toMatchObject({
      tickDecimals: 5,
      lotDecimals: 1,
      tickLotUnits: 1n,
      minNotional: 1_000_000n,
    });
    expect(COARSE).toMatchObject({
      tickSize: 5n,
      tickDecimals: 4,
      lotSize: 25n,
      lotDecimals: 0,
      tickLotUnits: 12_500n,
    });
    expect(notional(4201n, 10n, LUNA)).toBe(42_010n);
  });

  test("is refused where that is not whole, or an asset is missing", () => {
    expect(() => market({ tick_size: "0.0000001" })).toThrow("not a whole number");
    expect(() => market({ base: "NOVA" })).toThrow("not among the assets");
  });
});

describe("prices and quantities", () => {
  test.each<[Market, string, bigint, string]>([
    [LUNA, "0.04201", 4201n, "0.04201"],
    [LUNA, "1", 100_000n, "1.00000"],
    [LUNA, "0.0420100000", 4201n, "0.04201"],
    [COARSE, "0.0015", 3n, "0.0015"],
    [COARSE, "0.001", 2n, "0.0010"],
  ])("price %#", (of, text, ticks, written) => {
    expect(priceToTicks(text, of)).toBe(ticks);
    expect(ticksToPrice(ticks, of)).toBe(written);
  });

  test.each<[Market, string, bigint, string]>([
    [LUNA, "4281.9", 42_819n, "4281.9"],
    [LUNA, "0", 0n, "0.0"],
    [COARSE, "75", 3n, "75"],
  ])("quantity %#", (of, text, lots, written) => {
    expect(quantityToLots(text, of)).toBe(lots);
    expect(lotsToQuantity(lots, of)).toBe(written);
  });

  test.each<[() => unknown, string, string]>([
    [() => priceToTicks("0.042015", LUNA), "price_off_tick", "0.00001"],
    [() => priceToTicks("0.0012", COARSE), "price_off_tick", "0.0005"],
    [() => quantityToLots("0.05", LUNA), "quantity_off_lot", "0.1"],
    [() => quantityToLots("30", COARSE), "quantity_off_lot", "25"],
    [() => checkPrice(0n, LUNA), "price_out_of_range", "10995116.27776"],
    [() => checkPrice(1n << 40n, LUNA), "price_out_of_range", "10995116.27776"],
    [() => checkQuantity(0n, LUNA), "quantity_out_of_range", "100000000.0"],
    [() => checkQuantity(1_000_000_001n, LUNA), "quantity_out_of_range", "100000000.0"],
  ])("refusal %#", (refused, code, limit) => {
    expect(refused).toThrow(MarketNumberError);
    expect(refused).toThrow(expect.objectContaining({ code, limit }));
  });

  test("what is no number is refused as such", () => {
    expect(() => priceToTicks("4e-2", LUNA)).toThrow(DecimalError);
  });
});

describe("requests", () => {
  test("say what the draft says, in decimals", () => {
    const limit = { side: "buy", type: "limit", price: 4201n, quantity: 1205n, postOnly: true } as const;
    expect(orderRequest(limit, LUNA, "w-1")).toEqual({
      market: "LUNA-USDC",
      side: "buy",
      type: "limit",
      price: "0.04201",
      quantity: "120.5",
      time_in_force: "gtc",
      post_only: true,
      client_order_id: "w-1",
    });
    expect(orderRequest({ side: "sell", type: "market", quantity: 5n }, LUNA, "w-2")).toEqual({
      market: "LUNA-USDC",
      side: "sell",
      type: "market",
      quantity: "0.5",
      client_order_id: "w-2",
    });
    expect(
      orderRequest({ side: "buy", type: "market", quoteAmount: 12_500_000n }, LUNA, "w-3"),
    ).toMatchObject({
      quote_amount: "12.5",
    });
  });

  test("are not made of half a draft", () => {
    expect(() => orderRequest({ side: "buy", type: "limit", price: 1n }, LUNA, "w")).toThrow(
      "a price and a quantity",
    );
    expect(() => orderRequest({ side: "buy", type: "market" }, LUNA, "w")).toThrow("a quantity or an amount");
  });
});
