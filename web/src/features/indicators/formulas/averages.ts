/**
 * Moving averages. One that goes on from the value before begins with the mean of its first bars, as
 * W. Wilder wrote it down (New Concepts in Technical Trading Systems).
 */

import { firstOf, make, map, ratio, rolling, type Series, sum, valueAt, zip } from "./series";

export function sma(of: Series, length: number): Series {
  return map(sum(of, length), (all) => all / length);
}

/** Weights 1, 2, 3 and so on, the newest most. */
export function wma(of: Series, length: number): Series {
  const weights = (length * (length + 1)) / 2;
  return rolling(of, length, (values, start, end) => {
    let all = 0;
    for (let at = start; at < end; at += 1) all += valueAt(values, at) * (at - start + 1);
    return all / weights;
  });
}

/** Begins at a bar with the mean up to it, and goes on from each value to the next. */
function smoothed(
  of: Series,
  length: number,
  begin: number,
  next: (last: number, value: number) => number,
): Series {
  let last = Number.NaN;
  const seed = valueAt(sma(of.subarray(0, begin + 1), length), begin);
  return make(of.length, (at) => {
    if (at === begin) last = seed;
    else if (at > begin) last = next(last, valueAt(of, at));
    return last;
  });
}

/** Exponential; `begin` is the first bar that has one, by default as early as can be. */
export function ema(of: Series, length: number, begin = firstOf(of) + length - 1): Series {
  const share = 2 / (length + 1);
  return smoothed(of, length, begin, (last, value) => last + share * (value - last));
}

/** Wilder's. */
export function rma(of: Series, length: number, begin = firstOf(of) + length - 1): Series {
  return smoothed(of, length, begin, (last, value) => (last * (length - 1) + value) / length);
}

export function dema(of: Series, length: number): Series {
  const once = ema(of, length);
  return zip(once, ema(once, length), (one, two) => 2 * one - two);
}

export function tema(of: Series, length: number): Series {
  const once = ema(of, length);
  const twice = ema(once, length);
  const thrice = ema(twice, length);
  return make(of.length, (at) => 3 * valueAt(once, at) - 3 * valueAt(twice, at) + valueAt(thrice, at));
}

/** Triangular: the average of averages of half the length. */
export function trima(of: Series, length: number): Series {
  const half = Math.floor((length + 1) / 2);
  return sma(sma(of, half), length + 1 - half);
}

/** A. Hull's, alanhull.com. */
export function hma(of: Series, length: number): Series {
  const fast = zip(wma(of, Math.floor(length / 2)), wma(of, length), (half, whole) => 2 * half - whole);
  return wma(fast, Math.floor(Math.sqrt(length)));
}

/** Zero lag: of prices from which what they were half a length ago is taken. */
export function zlema(of: Series, length: number): Series {
  const lag = Math.floor((length - 1) / 2);
  return ema(
    make(of.length, (at) => 2 * valueAt(of, at) - valueAt(of, at - lag)),
    length,
  );
}

/** T. Tillson's, Stocks & Commodities 16:1: six averages over each other. */
export function t3(of: Series, length: number, factor: number): Series {
  const layers = [of];
  for (let layer = 0; layer < 6; layer += 1) layers.push(ema(layers[layer] as Series, length));
  const [three, four, five, six] = layers.slice(3) as [Series, Series, Series, Series];
  const square = factor ** 2;
  const cube = factor ** 3;
  return make(
    of.length,
    (at) =>
      -cube * valueAt(six, at) +
      3 * (square + cube) * valueAt(five, at) -
      (6 * square + 3 * factor + 3 * cube) * valueAt(four, at) +
      (1 + 3 * factor + cube + 3 * square) * valueAt(three, at),
  );
}

/** How far the price came for how far it went, 1 where it went nowhere. */
export function efficiency(of: Series, length: number): Series {
  const way = sum(
    make(of.length, (at) => Math.abs(valueAt(of, at) - valueAt(of, at - 1))),
    length,
  );
  return make(of.length, (at) => {
    const came = Math.abs(valueAt(of, at) - valueAt(of, at - length));
    return ratio(came, valueAt(way, at), 1);
  });
}

/** P. Kaufman's adaptive average (Trading Systems and Methods): quick where the price is efficient. */
export function kama(of: Series, length: number): Series {
  const course = efficiency(of, length);
  let last = valueAt(of, length - 1);
  return make(of.length, (at) => {
    if (at < length) return Number.NaN;
    const share = (valueAt(course, at) * (2 / 3 - 2 / 31) + 2 / 31) ** 2;
    last += share * (valueAt(of, at) - last);
    return last;
  });
}

/** Weighted by volume. */
export function vwma(of: Series, volume: Series, length: number): Series {
  const money = sum(
    zip(of, volume, (price, amount) => price * amount),
    length,
  );
  return zip(money, sum(volume, length), (all, amount) => all / amount);
}
