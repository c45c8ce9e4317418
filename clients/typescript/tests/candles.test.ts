import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CandleSeries } from "../src/candles.ts";
import type { CandleView } from "../src/client.ts";
import { market } from "./markets.ts";

const LUNA = market();

/** A candle that starts at `seconds`, made by `trades` trades at `price` thousandths. */
function candle(seconds: number, price = 42, trades = 1, closed = false): CandleView {
  const text = `0.${String(price).padStart(3, "0")}00`;
  return {
    time: new Date(seconds * 1000).toISOString(),
    open: text,
    high: text,
    low: text,
    close: text,
    base_volume: String(trades),
    quote_volume: "1",
    trades,
    closed,
  };
}

function series(...seconds: number[]): CandleSeries {
  const made = new CandleSeries(LUNA, "1m");
  made.load(seconds.map((at) => candle(at, 42, 1, true)));
  return made;
}

const times = (bars: readonly { time: number }[]): number[] => bars.map((bar) => bar.time / 1000);
const live = (...candles: CandleView[]) => ({ reset: false, candles });
const snapshot = (...candles: CandleView[]) => ({ reset: true, candles });

describe("live candles", () => {
  test("late, equal and reversed times leave bars ascending and unique", () => {
    const bars = series();
    for (const [index, at] of [60, 120, 120, 60, 180].entries())
      bars.apply(live(candle(at, 40 + index, index + 1)));
    expect(times(bars.bars())).toEqual([60, 120, 180]);
    expect(bars.bars().map((bar) => bar.trades)).toEqual([1, 3, 5]);
  });

  test("a candle changes the last bar or comes behind it", () => {
    const bars = series(60, 120);
    expect(times(bars.apply(live(candle(120, 43, 2))).bars)).toEqual([120]);
    expect(times(bars.apply(live(candle(180))).bars)).toEqual([180]);
    expect(times(bars.apply(live(candle(120, 43, 3, true), candle(180, 44, 2))).bars)).toEqual([180]);
    expect(bars.apply(live(candle(60, 99, 9)))).toEqual({ bars: [], hole: null });
  });

  test("a candle that was closed together with the next one is kept closed", () => {
    const bars = series();
    bars.apply(live(candle(60, 42, 1)));
    const change = bars.apply(live(candle(60, 45, 4, true), candle(120)));
    expect(change.bars.map((bar) => [bar.time / 1000, bar.trades, bar.closed])).toEqual([
      [60, 4, true],
      [120, 1, false],
    ]);
  });

  test("intervals without a trade are flat at the close before", () => {
    const bars = series(60);
    const change = bars.apply(live(candle(240, 50)));
    expect(times(change.bars)).toEqual([120, 180, 240]);
    expect(change.bars.map((bar) => [bar.flat, bar.open, bar.volume > 0n])).toEqual([
      [true, 4200n, false],
      [true, 4200n, false],
      [false, 5000n, true],
    ]);
  });

  test("time that goes on shows flat bars once", () => {
    const bars = series(60);
    expect(times(bars.advance(179_999).bars)).toEqual([120]);
    expect(bars.advance(179_999).bars).toEqual([]);
    expect(times(bars.advance(250_000).bars)).toEqual([180, 240]);
    expect(times(bars.apply(live(candle(240, 50))).bars)).toEqual([240]);
    expect(times(bars.bars())).toEqual([60, 120, 180, 240]);
  });

  test("times off the interval are left out", () => {
    const bars = series(60);
    expect(bars.apply(live({ ...candle(120), time: "1970-01-01T00:02:00.5Z" })).bars).toEqual([]);
    expect(bars.apply(live(candle(121))).bars).toEqual([]);
  });
});

describe("holes", () => {
  test.each<[string, boolean, number, { from: string; to: string } | null]>([
    ["the same bar", false, 60, null],
    ["the next bar after a closed one", true, 120, null],
    ["the next bar after an open one", false, 120, { from: "00:01:00", to: "00:02:00" }],
    ["a later bar", true, 300, { from: "00:01:00", to: "00:05:00" }],
  ])("a snapshot with %s", (_, closed, at, hole) => {
    const bars = series();
    bars.load([candle(60, 42, 1, closed)]);
    const found = bars.apply(snapshot(candle(at, 42, 7))).hole;
    const iso = (time: string): string => `1970-01-01T${time}.000Z`;
    expect(found).toEqual(hole && { from: iso(hole.from), to: iso(hole.to) });
  });

  test("a first snapshot has none, and a difference never has", () => {
    expect(series().apply(snapshot(candle(60))).hole).toBeNull();
    expect(series(60).apply(live(candle(600))).hole).toBeNull();
  });

  test("history that is read later fills in and takes nothing back", () => {
    const bars = series(60);
    bars.apply(snapshot(candle(300, 42, 5)));
    const change = bars.load([candle(60, 42, 9, true), candle(180, 41, 2, true), candle(300, 40, 3)]);
    expect(times(change.bars)).toEqual([60, 120, 180, 240, 300]);
    expect(bars.bars().map((bar) => bar.trades)).toEqual([9, 0, 2, 0, 5]);
  });
});

describe("bounds and drawing", () => {
  test("a second's bars over a quiet month are no more than asked for", () => {
    const bars = new CandleSeries(LUNA, "1s", { maxBars: 100 });
    bars.load([candle(0), candle(30 * 86_400)]);
    expect(bars.bars()).toHaveLength(100);
    expect(bars.bars().at(-1)?.time).toBe(30 * 86_400_000);
  });

  test("floats are for drawing", () => {
    const [bar] = series(60).bars();
    expect(series().drawn(bar as never)).toEqual({
      timestamp: 60_000,
      open: 0.042,
      high: 0.042,
      low: 0.042,
      close: 0.042,
      volume: 1,
      turnover: 1,
    });
  });

  test("whatever comes in whatever order, bars ascend by one interval", () => {
    const minutes = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.boolean()), { maxLength: 60 });
    fc.assert(
      fc.property(minutes, (steps) => {
        const bars = new CandleSeries(LUNA, "1m");
        for (const [index, [minute, isLive]] of steps.entries()) {
          const one = candle(minute * 60, 42, index + 1);
          if (isLive) bars.apply(live(one));
          else bars.load([one]);
          const shown = times(bars.bars());
          expect(shown.every((time, at) => at === 0 || time === (shown[at - 1] as number) + 60)).toBe(true);
        }
      }),
      { numRuns: 50 },
    );
  });
});
