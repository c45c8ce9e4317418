/** Prices made of a bar's own. */

import type { Formulas } from "./formula";
import { type Bars, make, median, type Series, typical, valueAt } from "./series";

function average({ open, high, low, close }: Bars): Series {
  return make(
    close.length,
    (at) => (valueAt(open, at) + valueAt(high, at) + valueAt(low, at) + valueAt(close, at)) / 4,
  );
}

/** Each opens in the middle of the one before. */
function heikinAshi(bars: Bars): Series[] {
  const closes = average(bars);
  let last = Number.NaN;
  const opens = make(closes.length, (at) => {
    last =
      at === 0 ? (valueAt(bars.open, 0) + valueAt(bars.close, 0)) / 2 : (last + valueAt(closes, at - 1)) / 2;
    return last;
  });
  const edge = (of: Series, choose: (...all: number[]) => number) =>
    make(of.length, (at) => choose(valueAt(of, at), valueAt(opens, at), valueAt(closes, at)));
  return [opens, edge(bars.high, Math.max), edge(bars.low, Math.min), closes];
}

export const PRICE: Formulas = {
  average_price: (bars) => [average(bars)],
  median_price: (bars) => [median(bars)],
  typical_price: (bars) => [typical(bars)],
  weighted_close: ({ high, low, close }) => [
    make(close.length, (at) => (valueAt(high, at) + valueAt(low, at) + 2 * valueAt(close, at)) / 4),
  ],
  heikin_ashi: heikinAshi,
};
