/**
 * The bars of one market and interval: ascending, unique, without holes.
 *
 * Bars come from two sides that overlap: pages of history and the stream. A bucket without a trade has
 * no candle on the server, so it is drawn flat at the close before. A bar once followed by another that
 * the server sent does not change any more: late or repeated messages touch only what is newest.
 */

import type { CandleView } from "./client.ts";
import { bucketAfter, bucketStart, bucketsBetween, type Interval } from "./intervals.ts";

/**
 * One bar. `timestamp` is the start of the bucket in milliseconds; `candle` is null where nothing traded.
 * The floats are for pixels only; exact prices are in `closeText` and the candle.
 */
export interface Bar {
  timestamp: number;
  open: number;
  high: number;
  low: number;
  close: number;
  volume: number;
  /** The close in the market's decimals, exact. */
  closeText: string;
  candle: CandleView | null;
  [key: string]: unknown;
}

/** Beyond this many empty buckets in a row the bars after them simply stand beside the ones before. */
export const FLAT_BARS_MAX = 1_500;

export class CandleSeries {
  readonly interval: Interval;
  #bars: Bar[] = [];

  constructor(interval: Interval) {
    this.interval = interval;
  }

  get all(): readonly Bar[] {
    return this.#bars;
  }

  get last(): Bar | undefined {
    return this.#bars.at(-1);
  }

  /** The start of the newest bucket that the server sent, from which missing ones are asked for. */
  get newestFromServer(): number | null {
    for (let index = this.#bars.length - 1; index >= 0; index -= 1) {
      const bar = this.#bars[index];
      if (bar?.candle) return bar.timestamp;
    }
    return null;
  }

  /** Puts an older page in front and returns the bars that were new, flat ones included. */
  prepend(page: readonly CandleView[]): Bar[] {
    const first = this.#bars[0];
    const older = this.#filled(
      barsOf(page, this.interval).filter((bar) => !first || bar.timestamp < first.timestamp),
    );
    const newest = older.at(-1);
    if (newest && first) older.push(...this.#flatBars(newest, first.timestamp));
    this.#bars = [...older, ...this.#bars];
    return older;
  }

  /**
   * Takes newer candles from the stream.
   *
   * Returns the bars from the first one that changed, ascending; empty where nothing did. A candle before
   * the newest one of the server is ignored: it is late, and its bar has been followed already.
   */
  merge(candles: readonly CandleView[]): Bar[] {
    const newest = this.newestFromServer ?? Number.NEGATIVE_INFINITY;
    const held = this.#bars.findLast((bar) => bar.timestamp === newest);
    return this.#replaceFrom(
      barsOf(candles, this.interval).filter(
        (bar) => bar.timestamp > newest || (bar.timestamp === newest && !isOlder(bar, held)),
      ),
    );
  }

  /**
   * Takes the whole of what was missed while the connection was broken, older bars than the newest too.
   * The stream may have gone on while the page was under way, so nothing is taken back.
   */
  rejoin(page: readonly CandleView[]): Bar[] {
    const fetched = barsOf(page, this.interval);
    const from = fetched[0]?.timestamp ?? Number.POSITIVE_INFINITY;
    const traded = this.#bars.filter((bar) => bar.candle !== null && bar.timestamp >= from);
    const byTime = new Map(traded.map((bar) => [bar.timestamp, bar]));
    for (const bar of fetched) {
      if (!isOlder(bar, byTime.get(bar.timestamp))) byTime.set(bar.timestamp, bar);
    }
    return this.#replaceFrom([...byTime.values()].sort((left, right) => left.timestamp - right.timestamp));
  }

  #replaceFrom(fresh: readonly Bar[]): Bar[] {
    const first = fresh[0];
    if (!first) return [];
    const end = this.last?.timestamp ?? Number.NEGATIVE_INFINITY;
    const kept = this.#bars.filter((bar) => bar.timestamp < first.timestamp);
    const before = kept.at(-1);
    const added = before ? this.#flatBars(before, first.timestamp) : [];
    added.push(...this.#filled(fresh));
    this.#bars = [...kept, ...added];
    this.#extend(end);
    return this.#bars.slice(kept.length);
  }

  /** Draws flat bars up to the bucket that holds `nowMs` and returns those that were added. */
  advance(nowMs: number): Bar[] {
    return this.#extend(bucketStart(nowMs, this.interval));
  }

  #extend(toMs: number): Bar[] {
    const last = this.last;
    if (!last || toMs <= last.timestamp) return [];
    const added = this.#flatBars(last, bucketAfter(toMs, this.interval));
    this.#bars = [...this.#bars, ...added];
    return added;
  }

  #filled(bars: readonly Bar[]): Bar[] {
    const whole: Bar[] = [];
    for (const bar of bars) {
      const before = whole.at(-1);
      if (before) whole.push(...this.#flatBars(before, bar.timestamp));
      whole.push(bar);
    }
    return whole;
  }

  /** The empty buckets after `before` and ahead of `endMs`; the newest of them where there are too many. */
  #flatBars(before: Bar, endMs: number): Bar[] {
    const missing = bucketsBetween(before.timestamp, endMs, this.interval) - 1;
    if (missing <= 0 || missing > FLAT_BARS_MAX) return missing > 0 ? this.#onlyNewest(before, endMs) : [];
    const flat: Bar[] = [];
    for (
      let at = bucketAfter(before.timestamp, this.interval);
      at < endMs;
      at = bucketAfter(at, this.interval)
    ) {
      flat.push(flatBar(before, at));
    }
    return flat;
  }

  #onlyNewest(before: Bar, endMs: number): Bar[] {
    return [flatBar(before, bucketStart(endMs - 1, this.interval))];
  }
}

/** Whether a word on a bucket is from before another: a candle only grows. */
function isOlder(bar: Bar, than: Bar | undefined): boolean {
  return (bar.candle?.trades ?? 0) < (than?.candle?.trades ?? 0);
}

function flatBar(before: Bar, timestamp: number): Bar {
  const price = before.close;
  return {
    timestamp,
    open: price,
    high: price,
    low: price,
    close: price,
    volume: 0,
    closeText: before.closeText,
    candle: null,
  };
}

/** Bars in ascending order, one a bucket; of two candles of one bucket the later in the list counts. */
function barsOf(candles: readonly CandleView[], interval: Interval): Bar[] {
  const byTime = new Map<number, Bar>();
  for (const candle of candles) {
    const parsed = Date.parse(candle.time);
    if (Number.isNaN(parsed)) continue;
    const timestamp = bucketStart(parsed, interval);
    byTime.set(timestamp, {
      timestamp,
      open: Number(candle.open),
      high: Number(candle.high),
      low: Number(candle.low),
      close: Number(candle.close),
      volume: Number(candle.base_volume),
      closeText: candle.close,
      candle,
    });
  }
  return [...byTime.values()].sort((left, right) => left.timestamp - right.timestamp);
}
