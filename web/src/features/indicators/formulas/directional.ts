/** W. Wilder's directional movement (New Concepts in Technical Trading Systems). */

import { rma } from "./averages";
import { type Bars, make, ratio, type Series, trueRanges, valueAt, zip } from "./series";

/** Wilder's running sums: of the first `length - 1`, from then on each without a part of what it was. */
function running(of: Series, length: number): Series {
  let all = 0;
  return make(of.length, (at) => {
    if (at === 0) return Number.NaN;
    all += valueAt(of, at) - (at < length ? 0 : all / length);
    return at < length ? Number.NaN : all;
  });
}

/** How much of the range goes up and down, in percent. */
export function directional(bars: Bars, length: number): [Series, Series] {
  const { high, low } = bars;
  const up = (at: number) => valueAt(high, at) - valueAt(high, at - 1);
  const down = (at: number) => valueAt(low, at - 1) - valueAt(low, at);
  const plus = make(high.length, (at) => (up(at) > down(at) && up(at) > 0 ? up(at) : 0));
  const minus = make(high.length, (at) => (down(at) > up(at) && down(at) > 0 ? down(at) : 0));
  const whole = running(trueRanges(bars), length);
  const share = (way: Series) => zip(running(way, length), whole, (part, all) => 100 * ratio(part, all));
  return [share(plus), share(minus)];
}

/** How much one of both directions outweighs the other, in percent; what it was where there is none. */
export function index(bars: Bars, length: number): Series {
  const [plus, minus] = directional(bars, length);
  let last = 0;
  return zip(plus, minus, (up, down) => {
    if (up + down !== 0) last = (100 * Math.abs(up - down)) / (up + down);
    return last;
  });
}

/** The mean of the average index and of what it was almost a length ago. */
export function rating(bars: Bars, length: number): Series {
  const average = rma(index(bars, length), length);
  return make(average.length, (at) => (valueAt(average, at) + valueAt(average, at + 1 - length)) / 2);
}
