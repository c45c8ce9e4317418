/** Series of numbers, one for each bar, and what indicators are made of. A value that is not there is NaN. */

export type Series = Float64Array;

/** A chart's bars as columns. */
export interface Bars {
  /** Starts in milliseconds since 1970, ascending. */
  readonly time: Series;
  readonly open: Series;
  readonly high: Series;
  readonly low: Series;
  readonly close: Series;
  readonly volume: Series;
}

/** The value of each of so many bars. What is made of a NaN is one by itself, unless it is compared. */
export function make(count: number, value: (at: number) => number): Series {
  const made = new Float64Array(count);
  for (let at = 0; at < count; at += 1) made[at] = value(at);
  return made;
}

export function map(of: Series, value: (one: number) => number): Series {
  return make(of.length, (at) => value(valueAt(of, at)));
}

export function zip(one: Series, other: Series, value: (one: number, other: number) => number): Series {
  return make(one.length, (at) => value(valueAt(one, at), valueAt(other, at)));
}

export function minus(one: Series, other: Series): Series {
  return zip(one, other, (a, b) => a - b);
}

/** The value at a bar; NaN where there is none, before the first too. */
export function valueAt(of: Series, at: number): number {
  return of[at] ?? Number.NaN;
}

/** The values of so many bars before. */
export function before(of: Series, bars = 1): Series {
  return make(of.length, (at) => valueAt(of, at - bars));
}

/** How much more they are than so many bars before. */
export function change(of: Series, bars = 1): Series {
  return make(of.length, (at) => valueAt(of, at) - valueAt(of, at - bars));
}

/** The same in percent. */
export function percentChange(of: Series, bars: number): Series {
  return make(of.length, (at) => (100 * (valueAt(of, at) - valueAt(of, at - bars))) / valueAt(of, at - bars));
}

/** The first bar with a value; behind the last where there is none. */
export function firstOf(of: Series): number {
  const found = of.findIndex((value) => !Number.isNaN(value));
  return found < 0 ? of.length : found;
}

/** Columns that begin together, where the last of them does. */
export function together(columns: Series[]): Series[] {
  const first = Math.max(...columns.map(firstOf));
  return columns.map((column) =>
    make(column.length, (at) => (at < first ? Number.NaN : valueAt(column, at))),
  );
}

/** What a function makes of each so many values in a row, as they stand from `start` to `end`, that excluded. */
export function rolling(
  of: Series,
  length: number,
  value: (of: Series, start: number, end: number) => number,
): Series {
  const first = firstOf(of) + length - 1;
  return make(of.length, (at) => (at < first ? Number.NaN : value(of, at + 1 - length, at + 1)));
}

export function sum(of: Series, length: number): Series {
  return rolling(of, length, total);
}

export function highest(of: Series, length: number): Series {
  return rolling(of, length, (values, start, end) => {
    let most = Number.NEGATIVE_INFINITY;
    for (let at = start; at < end; at += 1) most = Math.max(most, valueAt(values, at));
    return most;
  });
}

export function lowest(of: Series, length: number): Series {
  return rolling(of, length, (values, start, end) => {
    let least = Number.POSITIVE_INFINITY;
    for (let at = start; at < end; at += 1) least = Math.min(least, valueAt(values, at));
    return least;
  });
}

/** The sum of all up to each; what is not there counts nothing. */
export function summed(of: Series): Series {
  let sofar = 0;
  return map(of, (value) => {
    sofar += Number.isNaN(value) ? 0 : value;
    return sofar;
  });
}

/** Standard deviation of the whole of so many. */
export function deviation(of: Series, length: number): Series {
  return map(variance(of, length), Math.sqrt);
}

export function variance(of: Series, length: number): Series {
  return rolling(of, length, (values, start, end) => {
    const middle = total(values, start, end) / length;
    let squares = 0;
    for (let at = start; at < end; at += 1) squares += (valueAt(values, at) - middle) ** 2;
    return squares / length;
  });
}

/** How far so many are from their mean, on average. */
export function meanDeviation(of: Series, length: number): Series {
  return rolling(of, length, (values, start, end) => {
    const middle = total(values, start, end) / length;
    let off = 0;
    for (let at = start; at < end; at += 1) off += Math.abs(valueAt(values, at) - middle);
    return off / length;
  });
}

/** The range of each bar, and with the close before it. */
export function ranges({ high, low }: Bars): Series {
  return minus(high, low);
}

export function trueRanges({ high, low, close }: Bars): Series {
  return make(close.length, (at) => {
    const last = valueAt(close, at - 1);
    return Math.max(valueAt(high, at), last) - Math.min(valueAt(low, at), last);
  });
}

export function median({ high, low }: Bars): Series {
  return zip(high, low, (top, bottom) => (top + bottom) / 2);
}

export function typical({ high, low, close }: Bars): Series {
  return make(close.length, (at) => (valueAt(high, at) + valueAt(low, at) + valueAt(close, at)) / 3);
}

/** What is less than this is taken for the rest that floating-point numbers leave of nothing. */
export const NOTHING = 1e-14;

/** A part of a whole, or what stands for it where the whole is nothing. */
export function ratio(part: number, whole: number, none = 0): number {
  return Math.abs(whole) < NOTHING ? none : part / whole;
}

function total(of: Series, start: number, end: number): number {
  let sofar = 0;
  for (let at = start; at < end; at += 1) sofar += valueAt(of, at);
  return sofar;
}
