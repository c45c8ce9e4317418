/** Stops that follow the price until it turns. */

import { rma } from "./averages";
import { type Bars, make, type Series, trueRanges, valueAt } from "./series";

/** W. Wilder's parabolic stop and reverse. */
export function parabolic({ high, low }: Bars, acceleration: number, maximum: number): Series {
  const step = Math.min(acceleration, maximum);
  const up = valueAt(high, 1) - valueAt(high, 0);
  const down = valueAt(low, 0) - valueAt(low, 1);
  let rising = !(down > 0 && up < down);
  let stop = valueAt(rising ? low : high, 0);
  let extreme = valueAt(rising ? high : low, 1);
  let factor = step;
  // No stop is within the last two bars; the first bar only says where it goes.
  const outside = (level: number, at: number) => {
    const earlier = Math.max(1, at - 1);
    return rising
      ? Math.min(level, valueAt(low, earlier), valueAt(low, at))
      : Math.max(level, valueAt(high, earlier), valueAt(high, at));
  };
  return make(high.length, (at) => {
    if (at === 0) return Number.NaN;
    const best = valueAt(rising ? high : low, at);
    if (rising ? valueAt(low, at) <= stop : valueAt(high, at) >= stop) {
      // What was the best price of the course that ends is where the next one's stop begins.
      rising = !rising;
      stop = outside(extreme, at);
      extreme = valueAt(rising ? high : low, at);
      factor = step;
    } else if (rising ? best > extreme : best < extreme) {
      extreme = best;
      factor = Math.min(maximum, factor + step);
    }
    const shown = stop;
    stop = outside(stop + factor * (extreme - stop), at);
    return shown;
  });
}

/** O. Seban's SuperTrend: a band of the average range below or above, that only closes in; and which it is. */
export function superTrend(bars: Bars, length: number, multiplier: number): Series[] {
  const { high, low, close } = bars;
  const around = rma(trueRanges(bars), length);
  const direction = new Float64Array(close.length);
  let upper = Number.NaN;
  let lower = Number.NaN;
  let way = 1;
  const line = make(close.length, (at) => {
    const width = multiplier * valueAt(around, at);
    if (Number.isNaN(width)) return Number.NaN;
    const middle = (valueAt(high, at) + valueAt(low, at)) / 2;
    const last = valueAt(close, at - 1);
    if (Number.isNaN(upper) || middle + width < upper || last > upper) upper = middle + width;
    if (Number.isNaN(lower) || middle - width > lower || last < lower) lower = middle - width;
    if (way < 0 && valueAt(close, at) > upper) way = 1;
    else if (way > 0 && valueAt(close, at) < lower) way = -1;
    direction[at] = way;
    return way > 0 ? lower : upper;
  });
  return [line, direction];
}
