/** The cases of `clients/vectors`, which clients of every language are held against. */

import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type BookMessage, OrderBook } from "../src/book.ts";
import { crc32 } from "../src/crc32.ts";
import { DecimalError, formatUnits, parseUnits } from "../src/decimals.ts";
import type { DraftOrder, OrderType, TimeInForce } from "../src/draft.ts";
import type { LevelPair } from "../src/levels.ts";
import {
  type AssetView,
  averageDecimals,
  type Market,
  type MarketFees,
  type MarketView,
  marketFrom,
  priceToTicks,
  quantityToLots,
  type Side,
  withFees,
} from "../src/market.ts";
import { quantityForPercent } from "../src/percent.ts";
import { type Available, quote } from "../src/quote.ts";

type Level = [price: string, quantity: string];
type Sides = { readonly bids: Level[]; readonly asks: Level[] };
type Balances = { readonly base: string; readonly quote: string };

interface Order {
  readonly side: Side;
  readonly type: OrderType;
  readonly price?: string | null;
  readonly quantity?: string | null;
  readonly quote_amount?: string | null;
  readonly time_in_force?: TimeInForce;
  readonly post_only?: boolean;
}

function read<Content>(name: string): Content {
  const path = new URL(`../../vectors/${name}`, import.meta.url);
  return JSON.parse(readFileSync(path, "utf8")) as Content;
}

const levels = (texts: readonly Level[], of: Market): LevelPair[] =>
  texts.map(([price, quantity]) => [priceToTicks(price, of), quantityToLots(quantity, of)]);
const sides = (of: Market, book: Sides) => ({ bids: levels(book.bids, of), asks: levels(book.asks, of) });

function available(of: Market, balances: Balances | null): Available | null {
  return (
    balances && {
      base: parseUnits(balances.base, of.baseDecimals),
      quote: parseUnits(balances.quote, of.quoteDecimals),
    }
  );
}

function draft(of: Market, order: Order): DraftOrder {
  const { price, quantity, quote_amount: amount } = order;
  return {
    side: order.side,
    type: order.type,
    timeInForce: order.time_in_force,
    postOnly: order.post_only,
    price: price == null ? undefined : priceToTicks(price, of),
    quantity: quantity == null ? undefined : quantityToLots(quantity, of),
    quoteAmount: amount == null ? undefined : parseUnits(amount, of.quoteDecimals),
  };
}

describe("decimals", () => {
  const vectors = read<{
    parse: { text: string; decimals: number; units?: string; error?: string }[];
    format: { units: string; decimals: number; text: string }[];
  }>("decimals.json");

  test.each(vectors.parse)("reading $text with $decimals", ({ text, decimals, units, error }) => {
    if (units !== undefined) expect(parseUnits(text, decimals)).toBe(BigInt(units));
    else {
      expect(() => parseUnits(text, decimals)).toThrow(DecimalError);
      expect(() => parseUnits(text, decimals)).toThrow(expect.objectContaining({ reason: error }));
    }
  });

  test.each(vectors.format)("writing $units with $decimals", ({ units, decimals, text }) => {
    const zeros = (of: string): string => (of.includes(".") ? of.replace(/\.?0+$/, "") : of);
    expect(zeros(formatUnits(BigInt(units), decimals))).toBe(zeros(text));
  });
});

describe("books", () => {
  const vectors = read<{
    market: MarketView;
    assets: AssetView[];
    checksums: { text: string; checksum: number }[];
    cases: {
      name: string;
      steps: {
        message: BookMessage;
        outcome: string;
        book: Sides;
        position: [epoch: string, sequence: string] | null;
      }[];
    }[];
  }>("book.json");
  const of = marketFrom(vectors.market, vectors.assets);

  test.each(vectors.checksums)("checksum of $text", ({ text, checksum }) => {
    expect(crc32(text)).toBe(checksum);
  });

  test.each(vectors.cases)("$name", ({ steps }) => {
    const book = new OrderBook(of);
    for (const step of steps) {
      expect(book.apply(step.message)).toBe(step.outcome);
      const pairs = (side: OrderBook["bids"]) => side.map(({ price, quantity }) => [price, quantity]);
      expect({ bids: pairs(book.bids), asks: pairs(book.asks) }).toEqual(sides(of, step.book));
      const position = book.position;
      expect(position && [String(position.epoch), String(position.sequence)]).toEqual(step.position);
    }
  });
});

describe("quotes worked out by hand", () => {
  interface Expected {
    readonly fills: Level[];
    readonly filled?: string;
    readonly rests: string;
    readonly expires: string;
    readonly notional: string;
    readonly resting_notional: string;
    readonly average_price: string | null;
    readonly worst_price: string | null;
    readonly price_effect_ppm: string | null;
    readonly taker_fee: string;
    readonly maker_fee: string;
    readonly creator_fee: string;
    readonly total: string;
    readonly hold: { readonly asset: string; readonly amount: string };
    readonly balance_after: Balances | null;
    readonly guards: Record<"price_effect" | "far_price" | "large_share", boolean> &
      Record<"distance_ppm" | "type_ppm", string | null>;
    readonly problems: [code: string, severity: string][];
  }
  const vectors = read<{
    market: MarketView;
    assets: AssetView[];
    book: Sides;
    percents: {
      basis_points: number;
      side: Side;
      type: OrderType;
      price: string | null;
      available: Balances | null;
      quantity: string;
    }[];
    cases: {
      name: string;
      order: Order;
      book: Sides | null;
      available: Balances | null;
      status?: "open" | "auction" | "halted";
      indicative?: string;
      expect: Expected;
    }[];
  }>("quote.json");
  const open = marketFrom(vectors.market, vectors.assets);

  test.each(vectors.percents)("$basis_points hundredths of a percent, $side $type", (one) => {
    const price = one.price === null ? undefined : priceToTicks(one.price, open);
    const book = sides(open, vectors.book);
    const free = available(open, one.available);
    const lots = quantityForPercent(one.basis_points / 100, one.side, one.type, price, book, open, free);
    expect(lots).toBe(quantityToLots(one.quantity, open));
  });

  test.each(vectors.cases)("$name", (one) => {
    const of: Market = { ...open, status: one.status ?? "open" };
    const book = one.book && sides(of, one.book);
    const indicative = one.indicative === undefined ? null : priceToTicks(one.indicative, of);
    const found = quote(draft(of, one.order), book, of, available(of, one.available), null, indicative);
    const wanted = one.expect;
    expect(found.problems.map(({ code, severity }) => [code, severity])).toEqual(wanted.problems);
    if (wanted.filled === undefined) return;
    const units = (text: string): bigint => parseUnits(text, of.quoteDecimals);
    const holdDecimals = wanted.hold.asset === of.base ? of.baseDecimals : of.quoteDecimals;
    expect(found.fills.map((fill) => [fill.price, fill.quantity])).toEqual(levels(wanted.fills, of));
    expect(found).toMatchObject({
      filled: quantityToLots(wanted.filled, of),
      rests: quantityToLots(wanted.rests, of),
      expires: quantityToLots(wanted.expires, of),
      notional: units(wanted.notional),
      restingNotional: units(wanted.resting_notional),
      averagePrice: wanted.average_price && parseUnits(wanted.average_price, averageDecimals(of)),
      worstPrice: wanted.worst_price && priceToTicks(wanted.worst_price, of),
      priceEffectPpm: wanted.price_effect_ppm && BigInt(wanted.price_effect_ppm),
      fee: { taker: units(wanted.taker_fee), maker: units(wanted.maker_fee) },
      creatorFee: units(wanted.creator_fee),
      total: units(wanted.total),
      hold: { asset: wanted.hold.asset, amount: parseUnits(wanted.hold.amount, holdDecimals) },
      balanceAfter: available(of, wanted.balance_after),
      guards: {
        priceEffect: wanted.guards.price_effect,
        farPrice: wanted.guards.far_price,
        largeShare: wanted.guards.large_share,
        distancePpm: wanted.guards.distance_ppm && BigInt(wanted.guards.distance_ppm),
        typePpm: wanted.guards.type_ppm && BigInt(wanted.guards.type_ppm),
      },
    });
  });
});

describe("quotes are what the core did", () => {
  interface Done {
    readonly refused?: string;
    readonly filled: string;
    readonly rests: string;
    readonly expires: string;
    readonly notional: string;
    readonly average_price: string | null;
    readonly taker_fee: string;
    readonly maker_fee: string;
    readonly total: string;
    readonly balance_after: Balances;
  }
  const vectors = read<{
    assets: AssetView[];
    markets: MarketView[];
    cases: {
      market: string;
      book: Sides;
      order: Order;
      fees: MarketFees | null;
      available: Balances;
      expect: Done;
    }[];
  }>("quote_core.json");

  test.each(vectors.markets.map((view) => view.market))("%s", (name) => {
    const view = vectors.markets.find((one) => one.market === name) as MarketView;
    const of = marketFrom(view, vectors.assets);
    const units = (text: string): bigint => parseUnits(text, of.quoteDecimals);
    const cases = vectors.cases.filter((one) => one.market === name);
    expect(cases.length).toBeGreaterThan(40);
    for (const one of cases) {
      const mine = one.fees === null ? of : withFees(of, one.fees);
      const found = quote(draft(of, one.order), sides(of, one.book), mine, available(of, one.available));
      const refusal = found.problems.find((problem) => problem.severity === "error");
      expect(refusal?.code).toBe(one.expect.refused);
      if (one.expect.refused !== undefined) continue;
      expect(found).toMatchObject({
        filled: quantityToLots(one.expect.filled, of),
        rests: quantityToLots(one.expect.rests, of),
        expires: quantityToLots(one.expect.expires, of),
        notional: units(one.expect.notional),
        averagePrice: one.expect.average_price && parseUnits(one.expect.average_price, averageDecimals(of)),
        fee: { taker: units(one.expect.taker_fee), maker: units(one.expect.maker_fee) },
        total: units(one.expect.total),
        balanceAfter: available(of, one.expect.balance_after),
      });
    }
  });
});
