/**
 * The bars of a chart, from history and live candles together.
 *
 * Bars ascend, stand once, and have no gap: an interval without a trade is flat at the close before it. A live
 * candle changes the last bar or comes behind it, and never an earlier one. What was missed while there was no
 * connection is named as a hole, to be read from history.
 */

import type { CandleView } from "./client.ts";
import { parseUnits } from "./decimals.ts";
import { bucketAfter, bucketStart, type Interval } from "./intervals.ts";
import { baseUnits, type Market, priceToTicks, quantityToLots, ticksToPrice } from "./market.ts";
import type { CandlesFrame } from "./stream/channels.ts";

/** A bar. Prices are ticks, `volume` lots, `quoteVolume` quote units. */
export interface Bar {
  /** Its start, in milliseconds since 1970. */
  readonly time: number;
  readonly open: bigint;
  readonly high: bigint;
  readonly low: bigint;
  readonly close: bigint;
  readonly volume: bigint;
  readonly quoteVolume: bigint;
  readonly trades: number;
  readonly closed: boolean;
  /** No trade happened in it. */
  readonly flat: boolean;
}

/** What a change does to a chart. */
export interface SeriesChange {
  /** All bars from the first one that changed, ascending; empty when nothing did. */
  readonly bars: readonly Bar[];
  /** Where history has to be read, `from` inclusive and `to` exclusive; null where nothing is missing. */
  readonly hole: { readonly from: string; readonly to: string } | null;
}

/** A bar as charts draw it: floats, for pixels only. */
export interface DrawnBar {
  readonly timestamp: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly turnover: number;
}

const BARS_MAX = 5_000;
const NOTHING: SeriesChange = { bars: [], hole: null };

export class CandleSeries {
  readonly market: Market;
  readonly interval: Interval;
  readonly #max: number;
  /** Candles with trades, ascending. */
  #candles: Bar[] = [];
  /** The time up to which flat bars are shown behind the last candle. */
  #shownUntil = Number.NEGATIVE_INFINITY;

  constructor(market: Market, interval: Interval, options: { readonly maxBars?: number } = {}) {
    this.market = market;
    this.interval = interval;
    this.#max = options.maxBars ?? BARS_MAX;
  }

  /** The last candle that has trades. */
  get last(): Bar | undefined {
    return this.#candles.at(-1);
  }

  /** Ascending, without gaps, the newest `maxBars`. */
  bars(): Bar[] {
    return this.#from(Number.NEGATIVE_INFINITY);
  }

  /** Takes history in any order, overlapping or not; of two candles of a time the one with more trades stays. */
  load(candles: readonly CandleView[]): SeriesChange {
    const byTime = new Map(this.#candles.map((bar) => [bar.time, bar]));
    let earliest = Number.POSITIVE_INFINITY;
    for (const bar of this.#read(candles)) {
      const held = byTime.get(bar.time);
      if (held !== undefined && !isNewer(bar, held)) continue;
      byTime.set(bar.time, bar);
      earliest = Math.min(earliest, bar.time);
    }
    this.#candles = [...byTime.values()].sort((a, b) => a.time - b.time);
    this.#trim();
    return { bars: earliest === Number.POSITIVE_INFINITY ? [] : this.#from(earliest), hole: null };
  }

  /** Takes live candles. */
  apply(frame: Pick<CandlesFrame, "reset" | "candles">): SeriesChange {
    const bars = this.#read(frame.candles);
    const last = this.last;
    let from = Number.POSITIVE_INFINITY;
    for (const bar of bars) {
      const held = this.last;
      if (held !== undefined && bar.time < held.time) continue;
      if (held?.time === bar.time) {
        if (!isNewer(bar, held)) continue;
        this.#candles.pop();
      }
      this.#candles.push(bar);
      from = Math.min(from, bar.time);
    }
    if (from === Number.POSITIVE_INFINITY) return NOTHING;
    this.#trim();
    // The flat bars that come to stand before the first new one are new too.
    const shown = Math.max(last?.time ?? from, this.#shownUntil);
    return { bars: this.#from(Math.min(from, shown + 1)), hole: frame.reset ? this.#hole(last) : null };
  }

  /** Time goes on: gives the flat bars that begin up to `nowMs`. */
  advance(nowMs: number): SeriesChange {
    const last = this.last;
    const until = bucketStart(nowMs, this.interval);
    if (last === undefined || until <= Math.max(last.time, this.#shownUntil)) return NOTHING;
    const from = Math.max(last.time, this.#shownUntil) + 1;
    this.#shownUntil = until;
    return { bars: this.#from(from), hole: null };
  }

  /** The bar as charts draw it. */
  drawn(bar: Bar): DrawnBar {
    const price = (ticks: bigint): number => Number(ticksToPrice(ticks, this.market));
    return {
      timestamp: bar.time,
      open: price(bar.open),
      high: price(bar.high),
      low: price(bar.low),
      close: price(bar.close),
      volume: Number(baseUnits(bar.volume, this.market)) / 10 ** this.market.baseDecimals,
      turnover: Number(bar.quoteVolume) / 10 ** this.market.quoteDecimals,
    };
  }

  /** Bars from `fromMs` on, built from the newest backwards so that they are never too many. */
  #from(fromMs: number): Bar[] {
    const bars: Bar[] = [];
    const add = (bar: Bar): boolean => bar.time >= fromMs && bars.push(bar) < this.#max;
    let end = bucketAfter(Math.max(this.#shownUntil, this.last?.time ?? 0), this.interval);
    for (let index = this.#candles.length - 1; index >= 0; index -= 1) {
      const candle = this.#candles[index] as Bar;
      for (let time = bucketAfter(end, this.interval, -1); time > candle.time; ) {
        if (!add(flatBar(time, candle.close))) return bars.reverse();
        time = bucketAfter(time, this.interval, -1);
      }
      if (!add(candle)) break;
      end = candle.time;
    }
    return bars.reverse();
  }

  /** Ascending; what is not of this interval is left out. */
  #read(candles: readonly CandleView[]): Bar[] {
    return candles
      .map((candle) => barOf(candle, this.market))
      .filter((bar) => bucketStart(bar.time, this.interval) === bar.time)
      .sort((a, b) => a.time - b.time);
  }

  /** What may have happened between the candle that was last before a snapshot and the snapshot's. */
  #hole(before: Bar | undefined): SeriesChange["hole"] {
    const now = this.last;
    if (before === undefined || now === undefined || now.time <= before.time) return null;
    if (before.closed && now.time === bucketAfter(before.time, this.interval)) return null;
    return { from: new Date(before.time).toISOString(), to: new Date(now.time).toISOString() };
  }

  #trim(): void {
    if (this.#candles.length > this.#max) this.#candles = this.#candles.slice(-this.#max);
  }
}

function barOf(candle: CandleView, market: Market): Bar {
  return {
    time: Date.parse(candle.time),
    open: priceToTicks(candle.open, market),
    high: priceToTicks(candle.high, market),
    low: priceToTicks(candle.low, market),
    close: priceToTicks(candle.close, market),
    volume: quantityToLots(candle.base_volume, market),
    quoteVolume: parseUnits(candle.quote_volume, market.quoteDecimals),
    trades: candle.trades,
    closed: candle.closed,
    flat: false,
  };
}

function flatBar(time: number, close: bigint): Bar {
  const prices = { open: close, high: close, low: close, close };
  return { time, ...prices, volume: 0n, quoteVolume: 0n, trades: 0, closed: true, flat: true };
}

/** Whether `bar` says more than `held` of the same time. */
function isNewer(bar: Bar, held: Bar): boolean {
  return bar.trades > held.trades || (bar.trades === held.trades && bar.closed && !held.closed);
}
