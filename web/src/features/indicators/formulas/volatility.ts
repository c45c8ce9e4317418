/**
 * How far the price swings. Formulas: J. Bollinger, Bollinger on Bollinger Bands; C. Keltner with
 * L. Raschke's range; P. Headley, Big Trends in Trading (acceleration bands); W. Wilder (average true range);
 * D. Dorsey, Stocks & Commodities 10:6 and 11:6 (mass, relative volatility); S. Achelis, Technical Analysis
 * from A to Z (all others).
 */

import { ema, rma, sma } from "./averages";
import { type Formulas, parameter, type Values } from "./formula";
import {
  type Bars,
  change,
  deviation,
  highest,
  lowest,
  make,
  meanDeviation,
  percentChange,
  ranges,
  ratio,
  type Series,
  sum,
  together,
  trueRanges,
  typical,
  valueAt,
  variance,
  zip,
} from "./series";

/** A line with as much above and below it. */
function around(middle: Series, spread: Series, above: number, below = above): Series[] {
  return together([
    zip(middle, spread, (line, width) => line + above * width),
    middle,
    zip(middle, spread, (line, width) => line - below * width),
  ]);
}

function bollinger(close: Series, values: Values): Series[] {
  const length = parameter(values);
  return around(
    sma(close, length),
    deviation(close, length),
    parameter(values, "upper_deviations"),
    parameter(values, "lower_deviations"),
  );
}

function keltner(bars: Bars, values: Values): Series[] {
  const length = parameter(values);
  const rangeLength = parameter(values, "atr_length");
  const begin = Math.max(length - 1, rangeLength);
  return around(
    ema(typical(bars), length, begin),
    rma(trueRanges(bars), rangeLength, begin),
    parameter(values, "multiplier"),
  );
}

function donchian({ high, low }: Bars, length: number): Series[] {
  const top = highest(high, length);
  const bottom = lowest(low, length);
  return [top, zip(top, bottom, (one, two) => (one + two) / 2), bottom];
}

function accelerationBands({ high, low, close }: Bars, length: number): Series[] {
  const part = (at: number) =>
    ratio(4 * (valueAt(high, at) - valueAt(low, at)), valueAt(high, at) + valueAt(low, at));
  return [
    sma(
      make(high.length, (at) => valueAt(high, at) * (1 + part(at))),
      length,
    ),
    sma(close, length),
    sma(
      make(low.length, (at) => valueAt(low, at) * (1 - part(at))),
      length,
    ),
  ];
}

function mass(bars: Bars, values: Values): Series {
  const once = ema(ranges(bars), parameter(values, "ema_length"));
  const twice = ema(once, parameter(values, "ema_length"));
  return sum(
    zip(once, twice, (one, two) => ratio(one, two)),
    parameter(values, "sum_length"),
  );
}

function relativeVolatility(close: Series, values: Values): Series {
  const spread = deviation(close, parameter(values, "deviation_length"));
  const step = change(close);
  const way = (counts: (by: number) => boolean) =>
    rma(
      zip(spread, step, (size, by) => (Number.isNaN(size + by) || counts(by) ? size : 0)),
      parameter(values),
    );
  return zip(
    way((by) => by > 0),
    way((by) => by < 0),
    (up, down) => 100 * ratio(up, up + down),
  );
}

export const VOLATILITY: Formulas = {
  bollinger: ({ close }, values) => bollinger(close, values),
  keltner,
  donchian: (bars, values) => donchian(bars, parameter(values)),
  acceleration_bands: (bars, values) => accelerationBands(bars, parameter(values)),
  atr: (bars, values) => [rma(trueRanges(bars), parameter(values))],
  natr: (bars, values) => [
    zip(rma(trueRanges(bars), parameter(values)), bars.close, (spread, price) => (100 * spread) / price),
  ],
  true_range: (bars) => [trueRanges(bars)],
  adr: (bars, values) => [sma(ranges(bars), parameter(values))],
  stddev: ({ close }, values) => [deviation(close, parameter(values))],
  variance: ({ close }, values) => [variance(close, parameter(values))],
  mean_deviation: ({ close }, values) => [meanDeviation(close, parameter(values))],
  mass: (bars, values) => [mass(bars, values)],
  chaikin_volatility: (bars, values) => [
    percentChange(ema(ranges(bars), parameter(values)), parameter(values, "change_length")),
  ],
  rvi: ({ close }, values) => [relativeVolatility(close, values)],
};
