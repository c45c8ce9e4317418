import { describe, expect, test } from "vitest";
import { type DraftOrder, firesAtOrBelow, listRequest, orderRequest } from "../src/draft.ts";
import { quoteList } from "../src/lists.ts";
import { quote } from "../src/quote.ts";
import { trailingStop } from "../src/triggers.ts";
import { market } from "./markets.ts";

const LUNA = market();
const BAND = market({ price_band_ppm: 100_000, reference_price: "0.04200" });
const BOOK = { bids: [[4190n, 1_000n]], asks: [[4201n, 2_000n]] } as const;
const RICH = { base: 10n ** 15n, quote: 10n ** 15n };
const LAST = 4200n;
const sell: DraftOrder = { side: "sell", type: "stop_loss", stopPrice: 4100n, quantity: 10_000n };
const buy: DraftOrder = {
  side: "buy",
  type: "stop_limit",
  stopPrice: 4300n,
  price: 4310n,
  quantity: 10_000n,
};

describe("an order that waits", () => {
  test("fills nothing now, and is estimated where it fires", () => {
    expect(quote(sell, BOOK, LUNA, RICH, LAST)).toMatchObject({
      filled: 0n,
      rests: 0n,
      expires: 0n,
      waits: 10_000n,
      averagePrice: null,
      // 1,000 at 0.041 are 41 USDC; 2,000 ppm of them 0.082.
      restingNotional: 41_000_000n,
      fee: { taker: 82_000n, maker: 0n },
      total: 40_918_000n,
      hold: { asset: "LUNA", amount: 1_000_000_000n },
      balanceAfter: { base: RICH.base - 1_000_000_000n, quote: RICH.quote },
      problems: [],
    });
  });

  test("as a buy holds what a limit order would", () => {
    expect(quote(buy, BOOK, LUNA, RICH, LAST)).toMatchObject({
      hold: { asset: "USDC", amount: 43_100_000n + 86_200n + 1n },
      problems: [],
    });
  });

  test.each<[string, DraftOrder, string, string]>([
    ["no stop price yet", { ...sell, stopPrice: undefined }, "stop_missing", "stop_price"],
    ["a stop price of nothing", { ...sell, stopPrice: 0n }, "invalid_stop_price", "stop_price"],
    ["a stop above the last price", { ...sell, stopPrice: 4201n }, "would_trigger", "stop_price"],
    ["a stop at the last price", { ...sell, stopPrice: LAST }, "would_trigger", "stop_price"],
    ["a buy's stop below it", { ...buy, stopPrice: 4199n }, "would_trigger", "stop_price"],
    ["a sell's take-profit below it", { ...sell, type: "take_profit" }, "would_trigger", "stop_price"],
    [
      "a buy's take-profit above it",
      { ...buy, type: "take_profit_limit", stopPrice: 4300n },
      "would_trigger",
      "stop_price",
    ],
    ["no limit", { ...buy, price: undefined }, "price_missing", "price"],
    [
      "a buy by quantity without its worst price",
      { ...buy, type: "stop_loss", price: undefined },
      "price_missing",
      "price",
    ],
    [
      "a sell by amount",
      { ...sell, quantity: undefined, quoteAmount: 10n ** 8n },
      "quantity_missing",
      "quantity",
    ],
    ["no distance", { ...sell, type: "trailing_stop", stopPrice: undefined }, "trailing_missing", "trailing"],
    [
      "a distance of everything",
      { ...sell, type: "trailing_stop", stopPrice: undefined, trailing: { ppm: 1_000_000n } },
      "invalid_trailing_delta",
      "trailing",
    ],
    ["more than is there", { ...sell, quantity: 10n ** 10n * 2n }, "quantity_out_of_range", "quantity"],
  ])("with %s is told so", (_, draft, code, field) => {
    expect(quote(draft, BOOK, LUNA, RICH, LAST).problems[0]).toMatchObject({
      code,
      field,
      severity: "error",
    });
  });

  test("may be sent while nothing has traded", () => {
    expect(quote({ ...sell, stopPrice: 9_000n }, BOOK, LUNA, RICH, null).problems).toEqual([]);
  });

  test("is taken in an auction", () => {
    const auction = market({ status: "auction" });
    expect(quote(sell, BOOK, auction, RICH, LAST).problems).toEqual([]);
  });
});

test.each([
  ["sell", { ticks: 40n }, 4160n],
  ["buy", { ticks: 40n }, 4240n],
  ["sell", { ppm: 50_000n }, 3990n],
  // 4,200 less 0.01 % are 4,199.58: away from the market.
  ["sell", { ppm: 100n }, 4199n],
  ["buy", { ppm: 100n }, 4201n],
  ["sell", { ticks: 9_000n }, 1n],
] as const)("a %s that trails by %o begins at %i", (side, trailing, stop) => {
  expect(trailingStop(side, LAST, trailing)).toBe(stop);
});

test.each([
  ["stop_loss", "sell", true],
  ["stop_limit", "buy", false],
  ["take_profit", "sell", false],
  ["take_profit_limit", "buy", true],
  ["trailing_stop", "sell", true],
] as const)("a %s to %s fires at or below: %s", (type, side, below) => {
  expect(firesAtOrBelow({ type, side })).toBe(below);
});

test.each<[string, DraftOrder, string | undefined]>([
  ["at the upper bound", { side: "buy", type: "limit", price: 4620n, quantity: 1_000n }, undefined],
  ["above it", { side: "buy", type: "limit", price: 4621n, quantity: 1_000n }, "price_outside_band"],
  ["far below, to buy", { side: "buy", type: "limit", price: 1000n, quantity: 1_000n }, undefined],
  [
    "below the lower bound, to sell",
    { side: "sell", type: "limit", price: 3779n, quantity: 1_000n },
    "price_outside_band",
  ],
  ["a stop-limit", { ...buy, price: 9_000n }, undefined],
])("in a band: %s", (_, draft, code) => {
  expect(quote(draft, null, BAND, RICH, LAST).problems.find((one) => one.severity === "error")?.code).toBe(
    code,
  );
});

test("a worst price bounds what a market order spends", () => {
  const book = {
    bids: [],
    asks: [
      [4201n, 2_000n],
      [4300n, 9_000n],
    ],
  } as const;
  const draft: DraftOrder = { side: "buy", type: "market", quoteAmount: 20_000_000n, price: 4250n };
  expect(quote(draft, book, LUNA, RICH)).toMatchObject({ filled: 2_000n, worstPrice: 4201n });
  expect(quote(draft, book, LUNA, RICH).problems[0]?.code).toBe("fills_partly");
});

test.each<[string, DraftOrder, object]>([
  [
    "iceberg",
    { side: "sell", type: "limit", price: 4300n, quantity: 100n, displayQuantity: 101n },
    { code: "invalid_display_quantity", field: "display_quantity" },
  ],
  [
    "iceberg that may not rest",
    { side: "sell", type: "limit", price: 4300n, quantity: 1_000n, displayQuantity: 10n, timeInForce: "ioc" },
    { code: "invalid_display_quantity" },
  ],
  [
    "end without a time",
    { side: "sell", type: "limit", price: 4300n, quantity: 1_000n, timeInForce: "gtd" },
    { code: "expiry_missing", field: "expires_at" },
  ],
])("what is wrong with an %s is told", (_, draft, problem) => {
  expect(quote(draft, BOOK, LUNA, RICH, LAST).problems[0]).toMatchObject(problem);
});

describe("the request", () => {
  const common = { market: "LUNA-USDC", client_order_id: "w-1" };
  test.each<[string, DraftOrder, object]>([
    [
      "a stop-loss",
      sell,
      { type: "stop_loss", side: "sell", stop_price: "0.04100", quantity: "1000.0", time_in_force: "gtc" },
    ],
    [
      "a stop-limit",
      { ...buy, timeInForce: "gtd", expiresAt: "2026-12-01T00:00:00Z" },
      { price: "0.04310", stop_price: "0.04300", time_in_force: "gtd", expires_at: "2026-12-01T00:00:00Z" },
    ],
    [
      "a trailing stop in percent",
      { side: "sell", type: "trailing_stop", trailing: { ppm: 52_500n }, quantity: 10n },
      { trailing_percent: "5.25", quantity: "1.0" },
    ],
    [
      "one by an amount",
      { side: "buy", type: "stop_loss", stopPrice: 4300n, quoteAmount: 5_000_000n },
      { quote_amount: "5" },
    ],
    [
      "an iceberg",
      {
        side: "sell",
        type: "limit",
        price: 4300n,
        quantity: 1_000n,
        displayQuantity: 100n,
        selfTrade: "cancel_oldest",
      },
      { display_quantity: "10.0", self_trade_prevention: "cancel_oldest", post_only: false },
    ],
    [
      "a bounded market order",
      { side: "buy", type: "market", quoteAmount: 5_000_000n, price: 4250n },
      { price: "0.04250" },
    ],
  ])("of %s says what it is", (_, draft, request) => {
    expect(orderRequest(draft, LUNA, "w-1")).toMatchObject({ ...common, ...request });
  });

  test("of a list has the id in its first order, and exits without a quantity", () => {
    const entry: DraftOrder = { side: "buy", type: "limit", price: 4200n, quantity: 1_000n };
    const profit: DraftOrder = { side: "sell", type: "limit", price: 4400n };
    const stop: DraftOrder = { side: "sell", type: "stop_loss", stopPrice: 4000n };
    const { kind, orders } = listRequest({ kind: "bracket", orders: [entry, profit, stop] }, LUNA, "w-1");
    expect(kind).toBe("bracket");
    expect(orders.map((order) => [order.client_order_id, order.quantity])).toEqual([
      ["w-1", "100.0"],
      [undefined, undefined],
      [undefined, undefined],
    ]);
  });

  test("of what has no stop is none", () => {
    expect(() => orderRequest({ ...sell, stopPrice: undefined }, LUNA, "w-1")).toThrow();
  });
});

describe("orders that are linked", () => {
  const limit: DraftOrder = { side: "buy", type: "limit", price: 4100n, quantity: 10_000n };
  const stop: DraftOrder = {
    side: "buy",
    type: "stop_loss",
    stopPrice: 4300n,
    price: 4400n,
    quantity: 10_000n,
  };
  const oco = { kind: "oco", orders: [limit, stop] } as const;
  const bracket = {
    kind: "bracket",
    orders: [
      limit,
      { side: "sell", type: "limit", price: 4400n },
      { side: "sell", type: "stop_loss", stopPrice: 4000n },
    ],
  } as const;

  test("hold what the dearer of the two does", () => {
    // 1,000 at 0.044, the fee of 0.2 % and one unit.
    const hold = 44_000_000n + 88_000n + 1n;
    const rich = quoteList(oco, BOOK, LUNA, { base: 0n, quote: hold }, LAST);
    expect(rich).toMatchObject({ hold: { amount: hold }, rests: 10_000n, problems: [] });
    const poor = quoteList(oco, BOOK, LUNA, { base: 0n, quote: hold - 1n }, LAST);
    expect(poor.problems).toMatchObject([{ code: "insufficient_funds", needed: hold, order: 1 }]);
  });

  test("as a bracket hold what the entry does", () => {
    expect(quoteList(bracket, BOOK, LUNA, RICH, LAST)).toMatchObject({
      hold: quote(limit, BOOK, LUNA).hold,
      problems: [],
    });
  });

  test.each([
    [
      "a stop that has been met",
      { ...oco, orders: [limit, { ...stop, stopPrice: 4100n }] },
      "would_trigger",
      1,
    ],
    [
      "an exit without its price",
      { ...bracket, orders: [limit, { side: "sell", type: "limit" }] },
      "price_missing",
      1,
    ],
  ] as const)("say whose %s is", (_, list, code, order) => {
    expect(quoteList(list, BOOK, LUNA, RICH, LAST).problems[0]).toMatchObject({ code, order });
  });

  test("are not taken in an auction", () => {
    expect(quoteList(oco, BOOK, market({ status: "auction" }), RICH, LAST).problems[0]?.code).toBe(
      "not_in_auction",
    );
  });
});
