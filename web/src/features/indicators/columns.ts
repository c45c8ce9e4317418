/** From a chart's bars to an indicator's values at each. */

import type { Bar, Interval } from "@cse/client";
import type { Chosen } from "./chosen";
import type { IndicatorEntry } from "./entry";
import { FORMULAS } from "./formulas/formulas";
import { type Bars, make, type Series } from "./formulas/series";

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The values of a bar by output; those that are not there are left out. */
export type Point = Record<string, number>;

/** After how long sums of a day begin anew: a day, of bars of seconds an hour. */
export function stretchMs(interval: Interval | undefined): number {
  return interval?.endsWith("s") ? HOUR_MS : DAY_MS;
}

/**
 * A point for each bar. A stretch of time without a trade has no candle at the exchange: the chart's flat bar
 * counts for nothing here, and has the values of the one before.
 */
export function pointsOf(
  bars: readonly Bar[],
  entry: IndicatorEntry,
  chosen: Pick<Chosen, "parameters">,
  stretch: number,
): Point[] {
  const traded = bars.filter((bar) => bar.candle !== null);
  const columns = FORMULAS[entry.name]?.(columnsOf(traded), chosen.parameters, stretch) ?? [];
  let last: Point = {};
  let next = 0;
  return bars.map((bar) => {
    if (bar.candle !== null) {
      last = pointAt(columns, entry.outputs, next);
      next += 1;
    }
    return last;
  });
}

function columnsOf(bars: readonly Bar[]): Bars {
  const column = (value: (bar: Bar) => number): Series =>
    make(bars.length, (at) => {
      const bar = bars[at];
      return bar ? value(bar) : Number.NaN;
    });
  return {
    time: column((bar) => bar.timestamp),
    open: column((bar) => bar.open),
    high: column((bar) => bar.high),
    low: column((bar) => bar.low),
    close: column((bar) => bar.close),
    volume: column((bar) => bar.volume),
  };
}

function pointAt(columns: readonly Series[], outputs: readonly string[], at: number): Point {
  const point: Point = {};
  columns.forEach((column, number) => {
    const value = column[at];
    const output = outputs[number];
    if (output !== undefined && value !== undefined && Number.isFinite(value)) point[output] = value;
  });
  return point;
}
