import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CandleSeries, FLAT_BARS_MAX } from "../src/candles.ts";
import type { CandleView } from "../src/client.ts";

const EPOCH = Date.parse("2026-11-25T12:00:00Z");

/** A candle `minutes` after noon, made by `trades` trades; `close` doubles as all prices. */
function candle(minutes: number, close: string, trades = 1): CandleView {
  return {
    time: new Date(EPOCH + minutes * 60_000).toISOString(),
    open: close,
    high: close,
    low: close,
    close,
    base_volume: "1.0",
    quote_volume: "1.0",
    trades,
    closed: true,
  };
}

function shown(series: CandleSeries): [number, string, boolean][] {
  return series.all.map((bar) => [(bar.timestamp - EPOCH) / 60_000, bar.closeText, bar.candle !== null]);
}

function seriesOf(...candles: CandleView[]): CandleSeries {
  const series = new CandleSeries("1m");
  series.merge(candles);
  return series;
}

describe("a series of candles", () => {
  test("is ascending and unique, however the updates arrive", () => {
    const series = new CandleSeries("1m");
    for (const update of [candle(1, "1"), candle(2, "2"), candle(2, "3"), candle(1, "9"), candle(3, "4")]) {
      series.merge([update]);
    }
    expect(shown(series)).toEqual([
      [1, "1", true],
      [2, "3", true],
      [3, "4", true],
    ]);
  });

  test("keeps one bar of two equal times in four hundred", () => {
    const page = Array.from({ length: 400 }, (_, index) => candle(index, `${index + 1}`));
    page[200] = candle(199, "7");
    const series = seriesOf(...page);
    const times = series.all.map((bar) => bar.timestamp);
    expect(new Set(times).size).toBe(times.length);
    expect(times).toEqual([...times].sort((left, right) => left - right));
    expect(times).toHaveLength(400);
    expect(shown(series)[199]).toEqual([199, "7", true]);
    expect(shown(series)[200]).toEqual([200, "7", false]);
  });

  test("puts a time between two buckets to the start of its bucket", () => {
    expect(shown(seriesOf(candle(1 + 59 / 60, "1")))).toEqual([[1, "1", true]]);
  });

  test("draws buckets without a trade flat at the close before", () => {
    expect(shown(seriesOf(candle(0, "1"), candle(3, "2")))).toEqual([
      [0, "1", true],
      [1, "1", false],
      [2, "1", false],
      [3, "2", true],
    ]);
  });

  test("does not draw an endless silence", () => {
    const series = seriesOf(candle(0, "1"), candle(FLAT_BARS_MAX + 500, "2"));
    expect(series.all).toHaveLength(3);
    expect(shown(series)[1]).toEqual([FLAT_BARS_MAX + 499, "1", false]);
  });

  test("takes history that overlaps the stream", () => {
    const series = seriesOf(candle(5, "5"), candle(6, "6"));
    const added = series.prepend([candle(2, "2"), candle(3, "3"), candle(5, "9")]);
    expect(added.map((bar) => bar.closeText)).toEqual(["2", "3", "3"]);
    expect(shown(series)).toEqual([
      [2, "2", true],
      [3, "3", true],
      [4, "3", false],
      [5, "5", true],
      [6, "6", true],
    ]);
  });

  test("lets a late trade change the newest bar and no earlier one", () => {
    const series = seriesOf(candle(1, "1"), candle(2, "2"));
    expect(series.merge([candle(1, "8")])).toEqual([]);
    expect(series.merge([candle(2, "3")]).map((bar) => bar.closeText)).toEqual(["3"]);
    expect(shown(series)).toEqual([
      [1, "1", true],
      [2, "3", true],
    ]);
  });

  test("goes on flat with the clock and gives way to the candle that comes after all", () => {
    const series = seriesOf(candle(1, "1"));
    expect(series.advance(EPOCH + 3.5 * 60_000).map((bar) => bar.closeText)).toEqual(["1", "1"]);
    series.merge([candle(2, "4")]);
    expect(shown(series)).toEqual([
      [1, "1", true],
      [2, "4", true],
      [3, "4", false],
    ]);
  });

  test("fills the hole of a broken connection with what was fetched", () => {
    const series = seriesOf(candle(1, "1"));
    series.advance(EPOCH + 4 * 60_000);
    const changed = series.merge([candle(1, "2"), candle(2, "3"), candle(4, "5")]);
    expect(changed.map((bar) => bar.closeText)).toEqual(["2", "3", "3", "5"]);
    expect(series.newestFromServer).toBe(EPOCH + 4 * 60_000);
  });

  test("knows nothing before the first candle", () => {
    const series = new CandleSeries("1m");
    expect(series.advance(EPOCH)).toEqual([]);
    expect(series.merge([])).toEqual([]);
    expect(series.newestFromServer).toBeNull();
  });

  test("takes back nothing that more trades have made", () => {
    const series = seriesOf(candle(1, "1"), candle(2, "2", 5));
    expect(series.merge([candle(2, "9", 4)])).toEqual([]);
    expect(series.merge([candle(2, "9", 4), candle(3, "3")]).map((bar) => bar.closeText)).toEqual(["3"]);
  });

  test("rejoins history that is read late, and keeps what the stream has said since", () => {
    const series = seriesOf(candle(1, "1"), candle(5, "5", 7), candle(7, "7"));
    const changed = series.rejoin([candle(1, "2", 9), candle(3, "3"), candle(5, "4", 3)]);
    expect(changed.map((bar) => bar.closeText)).toEqual(["2", "2", "3", "3", "5", "5", "7"]);
    expect(shown(series).map(([minute]) => minute)).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  test("ascends by one interval, whatever comes in whatever order", () => {
    const ways = ["merge", "prepend", "rejoin"] as const;
    const steps = fc.array(fc.tuple(fc.integer({ min: 0, max: 50 }), fc.constantFrom(...ways)), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(steps, (taken) => {
        const series = new CandleSeries("1m");
        for (const [index, [minute, way]] of taken.entries()) {
          series[way]([candle(minute, "1", index + 1)]);
          const minutes = shown(series).map(([at]) => at);
          expect(minutes.every((at, place) => place === 0 || at === (minutes[place - 1] as number) + 1)).toBe(
            true,
          );
        }
      }),
      { numRuns: 50 },
    );
  });
});
