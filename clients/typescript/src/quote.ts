/**
 * The one quote: what an order would do now, what it costs, and what stands in its way.
 *
 * Every ticket, line and button that shows an estimate asks here, so that the same input never has two
 * answers. All amounts are exact by the core's rules for the book as it is given; what is not known,
 * such as whose orders rest in it, is not guessed.
 */

import { type DraftOrder, isLimitType, isTrigger, mayRest } from "./draft.ts";
import { creatorPart, feeSoFar, limitBuyHold, restingBuyHold, takerBuyNotional } from "./fees.ts";
import { PPM } from "./generated/limits.ts";
import type { Level } from "./levels.ts";
import { averagePrice, baseUnits, type Market, notional, type Side } from "./market.ts";
import { partPpm } from "./numbers.ts";
import { type Problem, problemsOf } from "./problems.ts";
import { firedAt } from "./triggers.ts";
import { type BookSides, oppositeLevels, type Walk, walkLots, walkProceeds, walkSpend } from "./walk.ts";

/** Units of base and quote that are free. */
export interface Available {
  readonly base: bigint;
  readonly quote: bigint;
}

/** Reasons to ask again before the order is sent, and by what. */
export interface Guards {
  /** The price effect is above 2 %. */
  readonly priceEffect: boolean;
  /** The price is more than 5 % from the one that it is measured by. */
  readonly farPrice: boolean;
  /** It takes more than half of the visible side. */
  readonly largeShare: boolean;
  /**
   * How far a limit is above (below zero: below) the price that it is measured by, in millionths; null of
   * other types, and where there is no such price.
   */
  readonly distancePpm: bigint | null;
  /**
   * By how much the order may be worse than that price, in millionths, where it is more than 15 %: the number
   * should be typed. Null where it is not.
   */
  readonly typePpm: bigint | null;
}

/** An estimate. Amounts are quote units unless said otherwise. */
export interface Quote {
  /** What trades at once, best price first. */
  readonly fills: readonly Level[];
  /** Lots that trade at once, come to rest, or are let go. */
  readonly filled: bigint;
  readonly rests: bigint;
  readonly expires: bigint;
  /** Lots that wait outside the book for a trade. */
  readonly waits: bigint;
  /** Of what trades at once, and of what rests; of what waits as if it traded at its price, or else its stop. */
  readonly notional: bigint;
  readonly restingNotional: bigint;
  /** Of what trades at once, in `10 ** -averageDecimals(market)`; null where nothing does. */
  readonly averagePrice: bigint | null;
  /** Ticks. */
  readonly worstPrice: bigint | null;
  /** How much worse than the middle the average is; null where there is no middle or no trade. */
  readonly priceEffectPpm: bigint | null;
  /** `maker` is that of the rest if all of it fills; a rebate is below zero. */
  readonly fee: { readonly taker: bigint; readonly maker: bigint; readonly total: bigint };
  /** The creator's part of that fee. */
  readonly creatorFee: bigint;
  /** What a buy costs, or what a sell brings in, if all but what is let go fills; fees included. */
  readonly total: bigint;
  /** What is taken from the free balance at first, in units of `asset`. */
  readonly hold: { readonly asset: string; readonly amount: bigint };
  /** Free balances right after; null where they are not known. */
  readonly balanceAfter: Available | null;
  readonly guards: Guards;
  readonly problems: readonly Problem[];
}

const EFFECT_ASK_PPM = 20_000n;
const DISTANCE_ASK_PPM = 50_000n;
const WORSE_TYPE_PPM = 150_000n;

/**
 * What `order` would do to `book` now. Without a book only what rests is estimated. `last` is the price of
 * the market's last trade in ticks, by which orders that wait and the band are held; null where there is none.
 * `indicative` is the price at which an auction would trade now.
 */
export function quote(
  order: DraftOrder,
  book: BookSides | null,
  market: Market,
  available?: Available | null,
  last: bigint | null = null,
  indicative: bigint | null = null,
): Quote {
  // In an auction nothing trades at once, its book may be crossed, and no rebate is given.
  const auction = market.status === "auction";
  const opposite = book === null || auction ? [] : oppositeLevels(book, order.side);
  const crossing = crossingWalk(order, opposite, market);
  const wanted = order.quantity ?? crossing.lots;
  const walk = takenWalk(order, crossing, wanted);
  const waits = isTrigger(order.type) ? wanted : 0n;
  const left = wanted - walk.lots - waits;
  const rests = mayRest(order) && (order.postOnly !== true || crossing.lots === 0n) ? left : 0n;
  const restingNotional = isTrigger(order.type)
    ? firedNotional(order, market, last)
    : notional(order.price ?? 0n, rests, market);
  const taker = feeSoFar(market.takerFeePpm, isTrigger(order.type) ? restingNotional : walk.notional);
  const asMaker = isTrigger(order.type) ? 0n : feeSoFar(market.makerFeePpm, restingNotional);
  const maker = auction && asMaker < 0n ? 0n : asMaker;
  const fee = { taker, maker, total: taker + maker };
  const both = walk.notional + restingNotional;
  const hold = holdOf(order, walk, wanted, market);
  const measure = twiceMeasure(book, market, last, indicative);
  const priceEffectPpm = effectOf(order.side, walk, measure, market);
  return {
    fills: walk.fills,
    filled: walk.lots,
    rests,
    expires: left - rests,
    waits,
    notional: walk.notional,
    restingNotional,
    averagePrice: walk.lots > 0n ? averagePrice(walk.notional, walk.lots, market) : null,
    worstPrice: walk.fills.at(-1)?.price ?? null,
    priceEffectPpm,
    fee,
    creatorFee: creatorPart(taker, market) + creatorPart(maker, market),
    total: order.side === "buy" ? both + fee.total : both - fee.total,
    hold,
    balanceAfter: available ? balanceAfter(order, available, walk, rests, taker, hold.amount, market) : null,
    guards: guardsOf(order, walk, priceEffectPpm, measure, opposite),
    problems: problemsOf(order, { book, crossing, walk, wanted, hold, last }, market, available ?? null),
  };
}

/** Twice the middle of the best prices, in ticks; null where a side is empty. */
export function twiceMiddle(book: BookSides): bigint | null {
  const [bid] = oppositeLevels({ bids: book.bids.slice(0, 1), asks: [] }, "sell");
  const [ask] = oppositeLevels({ bids: [], asks: book.asks.slice(0, 1) }, "buy");
  return bid === undefined || ask === undefined ? null : bid.price + ask.price;
}

/**
 * Twice the price by which orders are measured, in ticks: the middle of the book; in an auction, whose book
 * may be crossed, the price that is indicated, or else the last one. Null where there is none.
 */
export function twiceMeasure(
  book: BookSides | null,
  market: Pick<Market, "status">,
  last: bigint | null,
  indicative: bigint | null,
): bigint | null {
  if (market.status !== "auction") return book && twiceMiddle(book);
  const price = indicative ?? last;
  return price === null ? null : 2n * price;
}

/**
 * How much dearer than a price the average of what is taken is, in parts per million, below zero cheaper; null
 * where nothing is taken or there is no such price. `measure` is twice it, in ticks.
 */
export function dearerPpm(
  { lots, notional }: Pick<Walk, "lots" | "notional">,
  measure: bigint | null,
  market: Pick<Market, "tickLotUnits">,
): bigint | null {
  if (measure === null) return null;
  const atMeasure = measure * lots * market.tickLotUnits;
  return partPpm(2n * notional - atMeasure, atMeasure);
}

/** What an order that waits comes to at its price, or else where it fires. */
function firedNotional(order: DraftOrder, market: Market, last: bigint | null): bigint {
  if (order.quantity === undefined) return takerBuyNotional(order.quoteAmount ?? 0n, market);
  return notional(firedAt(order, last) ?? 0n, order.quantity, market);
}

/** What the order crosses, whatever its conditions. */
function crossingWalk(order: DraftOrder, levels: readonly Level[], market: Market): Walk {
  const nothing: Walk = { fills: [], lots: 0n, notional: 0n, exhausted: levels.length === 0 };
  if (isTrigger(order.type) || (order.type === "limit" && order.price === undefined)) return nothing;
  if (order.quantity !== undefined) {
    return walkLots(levels, order.quantity, order.side, market, order.price);
  }
  if (order.type === "limit" || order.quoteAmount === undefined) return nothing;
  const within = levels.filter(({ price }) => !isBeyond(order, price));
  return order.side === "buy"
    ? walkSpend(within, order.quoteAmount, market)
    : walkProceeds(within, order.quoteAmount, market);
}

/** Whether a price is worse than the order's bound. */
function isBeyond(order: DraftOrder, price: bigint): boolean {
  if (order.price === undefined) return false;
  return order.side === "buy" ? price > order.price : price < order.price;
}

/** What it trades of that: nothing where its conditions forbid it. */
function takenWalk(order: DraftOrder, crossing: Walk, wanted: bigint): Walk {
  const killed = order.type === "limit" && order.timeInForce === "fok" && crossing.lots < wanted;
  if (!killed && order.postOnly !== true) return crossing;
  return { fills: [], lots: 0n, notional: 0n, exhausted: crossing.exhausted };
}

function holdOf(
  order: DraftOrder,
  walk: Walk,
  wanted: bigint,
  market: Market,
): { asset: string; amount: bigint } {
  if (order.side === "sell") {
    return { asset: market.base, amount: baseUnits(wanted, market) };
  }
  const asset = market.quote;
  if (isLimitType(order.type) || (isTrigger(order.type) && order.quantity !== undefined)) {
    const whole = notional(order.price ?? 0n, wanted, market);
    return { asset, amount: whole === 0n ? 0n : limitBuyHold(whole, market) };
  }
  if (order.quantity === undefined) return { asset, amount: order.quoteAmount ?? 0n };
  return { asset, amount: walk.notional + feeSoFar(market.takerFeePpm, walk.notional) };
}

function balanceAfter(
  order: DraftOrder,
  available: Available,
  walk: Walk,
  rests: bigint,
  takerFee: bigint,
  hold: bigint,
  market: Market,
): Available {
  if (isTrigger(order.type)) {
    return order.side === "sell"
      ? { base: available.base - hold, quote: available.quote }
      : { base: available.base, quote: available.quote - hold };
  }
  const traded = baseUnits(walk.lots, market);
  if (order.side === "sell") {
    return {
      base: available.base - traded - baseUnits(rests, market),
      quote: available.quote + walk.notional - takerFee,
    };
  }
  const paid = walk.notional + takerFee;
  const resting = rests > 0n ? restingBuyHold(notional(order.price ?? 0n, rests, market), market) : 0n;
  const left = hold - paid;
  const kept = resting < left ? resting : left;
  return { base: available.base + traded, quote: available.quote - paid - (rests > 0n ? kept : 0n) };
}

/** How much worse than its measure an average is: dearer for a buy, cheaper for a sell. */
function effectOf(side: Side, walk: Walk, measure: bigint | null, market: Market): bigint | null {
  const dearer = dearerPpm(walk, measure, market);
  return dearer === null || side === "buy" ? dearer : -dearer;
}

function guardsOf(
  order: DraftOrder,
  walk: Walk,
  effect: bigint | null,
  measure: bigint | null,
  opposite: readonly Level[],
): Guards {
  const visible = opposite.reduce((sum, level) => sum + level.quantity, 0n);
  const distancePpm = distanceOf(order, measure);
  // A bid far below it costs nobody anything.
  const crossing = order.side === "buy" ? (distancePpm ?? 0n) : -(distancePpm ?? 0n);
  const worse = effect !== null && effect > crossing ? effect : crossing;
  return {
    priceEffect: effect !== null && effect > EFFECT_ASK_PPM,
    farPrice: distancePpm !== null && (distancePpm > DISTANCE_ASK_PPM || distancePpm < -DISTANCE_ASK_PPM),
    largeShare: walk.lots * 2n > visible && walk.lots > 0n,
    distancePpm,
    typePpm: worse > WORSE_TYPE_PPM ? worse : null,
  };
}

function distanceOf({ type, price }: DraftOrder, measure: bigint | null): bigint | null {
  if (type !== "limit" || price === undefined || measure === null || measure <= 0n) return null;
  return ((2n * price - measure) * PPM) / measure;
}
