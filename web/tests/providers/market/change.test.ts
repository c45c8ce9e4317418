import type { Ticker } from "@cse/client";
import { describe, expect, it } from "vitest";
import { compareDecimals, dayChangePpm, sumOf, tickerSpreadPpm } from "@/providers/market/change";

const QUIET: Ticker = {
  market: "LUNA-USDC",
  sequence: "1",
  time: "2026-11-25T14:21:36.000000Z",
  last_price: null,
  best_bid: null,
  best_ask: null,
  open_24h: null,
  high_24h: null,
  low_24h: null,
  change_24h: null,
  base_volume_24h: "0",
  quote_volume_24h: "0",
  trades_24h: 0,
};

describe("the change of a day", () => {
  it.each([
    ["0.04203", "0.04077", 30905n],
    ["0.99", "1", -10000n],
    ["1", "1.0", 0n],
    [null, "1", null],
    ["1", null, null],
  ])("from %j against %j is %s ppm", (last, open, ppm) => {
    expect(dayChangePpm({ ...QUIET, last_price: last, open_24h: open })).toBe(ppm);
  });

  it("is not known without a ticker", () => expect(dayChangePpm(undefined)).toBeNull());
});

describe("the spread", () => {
  it.each([
    ["0.04201", "0.04203", 476n],
    ["99", "101", 20000n],
    [null, "1", null],
    ["1", null, null],
    ["1.01", "1", null],
  ])("between %j and %j is %s ppm of the middle", (bid, ask, ppm) => {
    expect(tickerSpreadPpm({ ...QUIET, best_bid: bid, best_ask: ask })).toBe(ppm);
  });
});

describe("sums of decimal strings", () => {
  it.each([
    [["0.1", "0.2"], "0.3"],
    [["9007199254740993", "0.000001"], "9007199254740993.000001"],
    [["5", "7"], "12"],
    [[], "0"],
  ])("of %j is %s", (amounts, sum) => expect(sumOf(amounts)).toBe(sum));
});

describe("comparing decimal strings", () => {
  it.each([
    ["10", "9", 1],
    ["0.10", "0.1", 0],
    ["-1", "0.5", -1],
    ["-2", "-1.5", -1],
    [null, "0", -1],
    ["0", null, 1],
    [null, undefined, 0],
  ])("%j with %j gives %i", (a, b, order) => expect(compareDecimals(a, b)).toBe(order));
});
