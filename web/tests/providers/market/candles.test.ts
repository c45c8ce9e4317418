import { describe, expect, it } from "vitest";
import { courseOf, RANGES } from "@/providers/market/candles";

const NOW = Date.parse("2026-11-20T03:20:00Z");

const candle = (time: string, open: string, close: string, closed = true) => ({
  time,
  open,
  close,
  closed,
  high: close,
  low: open,
  base_volume: "1",
  quote_volume: "1",
  trades: 1,
});

describe("the course of a market", () => {
  it("begins with the first opening price and stands at the end of each candle", () => {
    const course = courseOf(
      [candle("2026-11-20T00:00:00Z", "1", "2"), candle("2026-11-20T02:00:00Z", "2", "3")],
      RANGES["1W"],
      NOW,
    );
    expect(course.points.map(({ time, value }) => [new Date(time).getUTCHours(), value])).toEqual([
      [0, 1],
      [1, 2],
      [3, 3],
    ]);
    expect(course.first).toBe("1");
    expect(course.partial).toBe(true);
  });

  it("of a market without trades has no points", () => {
    expect(courseOf([], RANGES["1D"], NOW)).toEqual({ points: [], first: null, partial: false });
  });

  it("does not reach into the future with an open candle", () => {
    const course = courseOf([candle("2026-11-20T03:00:00Z", "1", "2", false)], RANGES["1W"], NOW);
    expect(course.points.at(-1)?.time).toBe(NOW);
  });
});
