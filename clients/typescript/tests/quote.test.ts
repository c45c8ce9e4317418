import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DraftOrder } from "../src/draft.ts";
import { limitBuyHold } from "../src/fees.ts";
import type { LevelPair } from "../src/levels.ts";
import { quantityForPercent } from "../src/percent.ts";
import { dearerPpm, quote, twiceMiddle } from "../src/quote.ts";
import { type BookSides, walkSpend } from "../src/walk.ts";
import { market } from "./markets.ts";

const LUNA = market();
// 0.04190 and below, 0.04201 and above; quantities in tenths.
const BOOK = {
  bids: [
    [4190n, 1_000n],
    [4180n, 5_000n],
  ],
  asks: [
    [4201n, 2_000n],
    [4210n, 4_000n],
  ],
} satisfies { bids: LevelPair[]; asks: LevelPair[] };
const RICH = { base: 10n ** 15n, quote: 10n ** 15n };

describe("an average beside the middle", () => {
  const away = (lots: bigint, tickLots: bigint, book: BookSides = BOOK) =>
    dearerPpm({ lots, notional: tickLots * LUNA.tickLotUnits }, twiceMiddle(book), LUNA);

  test("is dearer above it and cheaper below it", () => {
    expect(away(2_000n, 2_000n * 4_201n)).toBe(1_311n);
    expect(away(1_000n, 1_000n * 4_190n)).toBe(-1_311n);
  });

  test("is not known where nothing is taken, or a side is empty", () => {
    expect(away(0n, 0n)).toBeNull();
    expect(away(1n, 4_201n, { bids: [], asks: BOOK.asks })).toBeNull();
  });
});

describe("what a ticket shows", () => {
  test("a market buy over two levels", () => {
    const estimate = quote({ side: "buy", type: "market", quantity: 3_000n }, BOOK, LUNA, RICH);
    // 200 at 0.04201 and 100 at 0.04210 come to 12.612 USDC; 2,000 ppm of it are 0.025224.
    expect(estimate).toMatchObject({
      notional: 12_612_000n,
      averagePrice: 42_040n,
      worstPrice: 4210n,
      fee: { taker: 25_224n, maker: 0n, total: 25_224n },
      creatorFee: 6_306n,
      total: 12_637_224n,
      hold: { asset: "USDC", amount: 12_637_224n },
      problems: [],
    });
    // The middle is 0.041955, the average 0.04204.
    expect(estimate.priceEffectPpm).toBe(2_026n);
  });

  test("a limit buy that takes one level and rests", () => {
    const estimate = quote({ side: "buy", type: "limit", price: 4205n, quantity: 3_000n }, BOOK, LUNA, RICH);
    expect(estimate).toMatchObject({
      filled: 2_000n,
      rests: 1_000n,
      expires: 0n,
      notional: 8_402_000n,
      restingNotional: 4_205_000n,
      fee: { taker: 16_804n, maker: 4_205n, total: 21_009n },
      total: 12_628_009n,
      hold: { asset: "USDC", amount: 12_615_000n + 25_230n + 1n },
    });
  });

  test.each<[string, DraftOrder, string, string | null]>([
    ["no price yet", { side: "buy", type: "limit", quantity: 10n }, "price_missing", "price"],
    ["no quantity yet", { side: "sell", type: "market" }, "quantity_missing", "quantity"],
    [
      "a price of nothing",
      { side: "buy", type: "limit", price: 0n, quantity: 300n },
      "price_out_of_range",
      "price",
    ],
    ["no lots", { side: "buy", type: "limit", price: 1n, quantity: 0n }, "quantity_out_of_range", "quantity"],
    [
      "too many lots",
      { side: "buy", type: "market", quantity: 10n ** 12n },
      "quantity_out_of_range",
      "quantity",
    ],
    [
      "too small",
      { side: "buy", type: "limit", price: 4000n, quantity: 10n },
      "below_min_notional",
      "quantity",
    ],
    [
      "spending too little",
      { side: "buy", type: "market", quoteAmount: 1n },
      "below_min_notional",
      "quote_amount",
    ],
    [
      "post-only that takes",
      { side: "sell", type: "limit", price: 4190n, quantity: 300n, postOnly: true },
      "post_only_would_take",
      "price",
    ],
    [
      "post-only and ioc",
      { side: "sell", type: "limit", price: 4200n, quantity: 300n, postOnly: true, timeInForce: "ioc" },
      "post_only_not_allowed",
      null,
    ],
    [
      "quantity and amount",
      { side: "buy", type: "market", quantity: 10n, quoteAmount: 10n },
      "quantity_or_quote_amount",
      "quote_amount",
    ],
  ])("%s", (_, draft, code, field) => {
    expect(quote(draft, BOOK, LUNA, RICH).problems[0]).toMatchObject({ code, field, severity: "error" });
  });

  test.each<[string, DraftOrder, string]>([
    ["more than the book has", { side: "buy", type: "market", quantity: 7_000n }, "fills_partly"],
    [
      "spending more than the book has",
      { side: "buy", type: "market", quoteAmount: 10n ** 9n },
      "fills_partly",
    ],
    [
      "a fok that cannot fill",
      { side: "buy", type: "limit", price: 4201n, quantity: 2_001n, timeInForce: "fok" },
      "would_be_killed",
    ],
    [
      "an ioc that crosses nothing",
      { side: "buy", type: "limit", price: 4195n, quantity: 2_000n, timeInForce: "ioc" },
      "nothing_to_take",
    ],
  ])("%s is a warning", (_, draft, code) => {
    expect(quote(draft, BOOK, LUNA, RICH).problems).toEqual([{ code, severity: "warning", field: null }]);
  });

  test("exactly as much as there is fills whole", () => {
    expect(quote({ side: "buy", type: "market", quantity: 6_000n }, BOOK, LUNA, RICH).problems).toEqual([]);
  });

  test("funds that are short are named with what is needed", () => {
    const draft: DraftOrder = { side: "buy", type: "market", quantity: 3_000n };
    expect(quote(draft, BOOK, LUNA, { base: 0n, quote: 12_637_223n }).problems).toEqual([
      {
        code: "insufficient_funds",
        severity: "error",
        field: "quantity",
        asset: "USDC",
        needed: 12_637_224n,
        available: 12_637_223n,
      },
    ]);
    expect(quote(draft, BOOK, LUNA, { base: 0n, quote: 12_637_224n }).problems).toEqual([]);
    expect(quote(draft, BOOK, LUNA, null)).toMatchObject({ problems: [], balanceAfter: null });
  });

  test("a halted market takes nothing, and an unknown book is not guessed", () => {
    const draft: DraftOrder = { side: "buy", type: "market", quantity: 3_000n };
    expect(quote(draft, BOOK, market({ status: "halted" }), RICH).problems[0]?.code).toBe("market_halted");
    expect(quote(draft, null, LUNA, RICH)).toMatchObject({
      averagePrice: null,
      priceEffectPpm: null,
      problems: [{ code: "book_unknown" }],
    });
  });

  test("guards ask for large effects, far prices and half the visible side", () => {
    const deep = {
      bids: [[1_000n, 10n]],
      asks: [
        [1_010n, 100n],
        [1_400n, 1_000n],
      ],
    } satisfies typeof BOOK;
    const guards = (draft: DraftOrder) => quote(draft, deep, LUNA, RICH).guards;
    expect(guards({ side: "buy", type: "market", quantity: 50n })).toEqual({
      priceEffect: false,
      farPrice: false,
      largeShare: false,
      distancePpm: null,
      typePpm: null,
    });
    const large = { side: "buy", type: "market", quantity: 600n } as const;
    const { priceEffectPpm } = quote(large, deep, LUNA, RICH);
    expect(guards(large)).toMatchObject({
      priceEffect: true,
      largeShare: true,
      typePpm: priceEffectPpm,
    });
    expect(priceEffectPpm).toBeGreaterThan(150_000n);
    expect(guards({ side: "buy", type: "limit", price: 900n, quantity: 5n })).toMatchObject({
      farPrice: true,
      distancePpm: -104_477n,
      typePpm: null,
    });
  });

  test.each<[string, Partial<DraftOrder>, bigint | null]>([
    ["a buy 15 % above the middle", { side: "buy", price: 1_150n }, null],
    ["a buy more than 15 % above it", { side: "buy", price: 1_151n }, 151_000n],
    ["a buy far below it, which costs nobody anything", { side: "buy", price: 500n }, null],
    ["a sell more than 15 % below it", { side: "sell", price: 849n }, 151_000n],
    ["a sell far above it", { side: "sell", price: 2_000n }, null],
  ])("the number to type: %s", (_, order, ppm) => {
    const around = { bids: [[999n, 10n]], asks: [[1_001n, 10n]] } satisfies typeof BOOK;
    const draft: DraftOrder = { side: "buy", type: "limit", quantity: 5n, ...order };
    expect(quote(draft, around, LUNA, RICH).guards.typePpm).toBe(ppm);
  });
});

describe("in an auction", () => {
  const crossed = { bids: BOOK.asks, asks: BOOK.bids };
  const buy: DraftOrder = { side: "buy", type: "limit", price: 9_000n, quantity: 1_000n };

  test("nothing fills at once, and a crossed book has no middle to be far from", () => {
    const estimate = quote(buy, crossed, { ...LUNA, status: "auction" }, RICH);
    expect(estimate).toMatchObject({ filled: 0n, rests: 1_000n, averagePrice: null, priceEffectPpm: null });
    expect(estimate.guards).toMatchObject({ farPrice: false, distancePpm: null, typePpm: null });
    expect(estimate.problems).toEqual([]);
  });

  test("a limit is measured by the price indicated, or else by the last one", () => {
    const market = { ...LUNA, status: "auction" } as const;
    const guards = (last: bigint | null, indicative: bigint | null) =>
      quote({ ...buy, price: 4_700n }, crossed, market, RICH, last, indicative).guards;
    expect(guards(4_700n, 4_000n)).toMatchObject({
      farPrice: true,
      distancePpm: 175_000n,
      typePpm: 175_000n,
    });
    expect(guards(4_600n, null)).toMatchObject({ farPrice: false, distancePpm: 21_739n, typePpm: null });
  });

  test("the fee is the maker's, and no rebate is given", () => {
    const rebate = { ...LUNA, makerFeePpm: -1_000n };
    expect(quote(buy, BOOK, { ...LUNA, status: "auction" }).fee.total).toBe(9_000n);
    expect(quote(buy, BOOK, { ...rebate, status: "auction" }).fee.total).toBe(0n);
    expect(quote({ ...buy, price: 100n }, BOOK, rebate).fee.total).toBe(-100n);
  });
});

describe("percent of the balance", () => {
  const fees = fc.record({
    maker: fc.integer({ min: 0, max: 100_000 }),
    taker: fc.integer({ min: 0, max: 100_000 }),
  });
  const prices = fc.bigInt(1n, 10n ** 7n);

  test("a limit buy holds no more than the part, and one lot more would", () => {
    const budgets = fc.bigInt(0n, 10n ** 14n);
    fc.assert(
      fc.property(
        fees,
        prices,
        budgets,
        fc.integer({ min: 1, max: 100 }),
        ({ maker, taker }, price, free, percent) => {
          const of = market({ maker_fee_ppm: maker, taker_fee_ppm: taker, max_quantity: "100000000000000" });
          const lots = quantityForPercent(percent, "buy", "limit", price, null, of, {
            base: 0n,
            quote: free,
          });
          const hold = (count: bigint): bigint => limitBuyHold(price * count * of.tickLotUnits, of);
          const part = (free * BigInt(percent)) / 100n;
          if (lots > 0n) expect(hold(lots)).toBeLessThanOrEqual(part);
          expect(hold(lots + 1n)).toBeGreaterThan(part);
        },
      ),
    );
  });

  test("a market buy costs no more than the part, and one lot more would", () => {
    const levels = fc.array(fc.tuple(fc.bigInt(1n, 50n), fc.bigInt(1n, 10_000n)), {
      minLength: 1,
      maxLength: 8,
    });
    fc.assert(
      fc.property(fees, levels, fc.bigInt(0n, 10n ** 10n), ({ maker, taker }, steps, free) => {
        const of = market({ maker_fee_ppm: maker, taker_fee_ppm: taker });
        let price = 4_000n;
        const asks = steps.map(([step, lots]): LevelPair => {
          price += step;
          return [price, lots];
        });
        const book = { bids: [], asks };
        const lots = quantityForPercent(100, "buy", "market", undefined, book, of, { base: 0n, quote: free });
        const needs = (count: bigint): bigint =>
          quote({ side: "buy", type: "market", quantity: count }, book, of).hold.amount;
        expect(needs(lots)).toBeLessThanOrEqual(free);
        const most = asks.reduce((sum, [, quantity]) => sum + quantity, 0n);
        if (lots < most) expect(needs(lots + 1n)).toBeGreaterThan(free);
      }),
    );
  });

  test.each<[number, bigint]>([
    [0, 0n],
    [25, 2n],
    [50, 4n],
    [88, 7n],
    [99.99, 8n],
    [100, 9n],
    [150, 9n],
    [Number.NaN, 0n],
    [-5, 0n],
  ])("%d %% of nine lots to sell", (percent, lots) => {
    const available = { base: 900_000n, quote: 0n };
    expect(quantityForPercent(percent, "sell", "market", undefined, BOOK, LUNA, available)).toBe(lots);
  });

  test("what is not known is nothing", () => {
    expect(quantityForPercent(100, "buy", "limit", undefined, BOOK, LUNA, RICH)).toBe(0n);
    expect(quantityForPercent(100, "buy", "market", undefined, null, LUNA, RICH)).toBe(0n);
    expect(quantityForPercent(100, "buy", "limit", 10n, BOOK, LUNA, null)).toBe(0n);
  });

  test("spending gets the most lots that the amount is good for", () => {
    const asks = BOOK.asks.map(([price, quantity]) => ({ price, quantity }));
    // 100 lots at 0.04201 cost 0.4201 and a fee of 0.000841 (rounded up).
    expect(walkSpend(asks, 420_941n, LUNA).lots).toBe(100n);
    expect(walkSpend(asks, 420_940n, LUNA).lots).toBe(99n);
  });
});

test("a share of the balance is a whole number of the steps in force", () => {
  const coarse = { ...LUNA, quantityIncrement: 1_000n };
  const half = quantityForPercent(50, "sell", "limit", 4_200n, BOOK, coarse, {
    base: 500_000_000n,
    quote: 0n,
  });
  expect(half).toBe(2_000n);
});
