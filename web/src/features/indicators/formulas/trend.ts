/**
 * Where the price is going. Formulas: S. Achelis, Technical Analysis from A to Z; W. Wilder, New Concepts in
 * Technical Trading Systems (directional movement, parabolic SAR); O. Seban (SuperTrend).
 */

import { dema, ema, hma, kama, rma, sma, t3, tema, trima, vwma, wma, zlema } from "./averages";
import { directional, index, rating } from "./directional";
import { type Formulas, parameter } from "./formula";
import { angle, lineAt, slope } from "./regression";
import {
  type Bars,
  change,
  highest,
  lowest,
  make,
  minus,
  ratio,
  rolling,
  type Series,
  sum,
  trueRanges,
  valueAt,
  zip,
} from "./series";
import { parabolic, superTrend } from "./stops";

function middle(high: Series, low: Series, length: number): Series {
  return zip(highest(high, length), lowest(low, length), (top, bottom) => (top + bottom) / 2);
}

/** How long ago the best of a window was, as 100 for now and 0 for its beginning; the later of two alike. */
function since(of: Series, length: number, better: (one: number, other: number) => boolean): Series {
  return rolling(of, length + 1, (values, start, end) => {
    let best = start;
    for (let at = start; at < end; at += 1) {
      if (!better(valueAt(values, best), valueAt(values, at))) best = at;
    }
    return (100 * (length - (end - 1 - best))) / length;
  });
}

function aroon({ high, low }: Bars, length: number): [Series, Series] {
  return [since(low, length, (one, other) => one < other), since(high, length, (one, other) => one > other)];
}

function vortex(bars: Bars, length: number): Series[] {
  const whole = sum(trueRanges(bars), length);
  const way = (one: Series, other: Series) =>
    zip(
      sum(
        make(one.length, (at) => Math.abs(valueAt(one, at) - valueAt(other, at - 1))),
        length,
      ),
      whole,
      (part, all) => ratio(part, all),
    );
  return [way(bars.high, bars.low), way(bars.low, bars.high)];
}

function filter(close: Series, length: number): Series {
  const way = sum(change(close).map(Math.abs), length);
  const width = minus(highest(close, length), lowest(close, length));
  return zip(width, way, (part, all) => ratio(part, all));
}

export const TREND: Formulas = {
  sma: ({ close }, values) => [sma(close, parameter(values))],
  ema: ({ close }, values) => [ema(close, parameter(values))],
  wma: ({ close }, values) => [wma(close, parameter(values))],
  dema: ({ close }, values) => [dema(close, parameter(values))],
  tema: ({ close }, values) => [tema(close, parameter(values))],
  trima: ({ close }, values) => [trima(close, parameter(values))],
  hma: ({ close }, values) => [hma(close, parameter(values))],
  zlema: ({ close }, values) => [zlema(close, parameter(values))],
  rma: ({ close }, values) => [rma(close, parameter(values))],
  kama: ({ close }, values) => [kama(close, parameter(values))],
  t3: ({ close }, values) => [t3(close, parameter(values), parameter(values, "volume_factor"))],
  vwma: ({ close, volume }, values) => [vwma(close, volume, parameter(values))],
  lsma: ({ close }, values) => [lineAt(close, parameter(values), parameter(values) - 1)],
  tsf: ({ close }, values) => [lineAt(close, parameter(values), parameter(values))],
  linreg_slope: ({ close }, values) => [slope(close, parameter(values))],
  linreg_angle: ({ close }, values) => [angle(close, parameter(values))],
  linreg_intercept: ({ close }, values) => [lineAt(close, parameter(values), 0)],
  midpoint: ({ close }, values) => [middle(close, close, parameter(values))],
  midprice: ({ high, low }, values) => [middle(high, low, parameter(values))],
  sar: (bars, values) => [parabolic(bars, parameter(values, "acceleration"), parameter(values, "maximum"))],
  supertrend: (bars, values) => superTrend(bars, parameter(values), parameter(values, "multiplier")),
  adx: (bars, values) => [rma(index(bars, parameter(values)), parameter(values))],
  adxr: (bars, values) => [rating(bars, parameter(values))],
  dx: (bars, values) => [index(bars, parameter(values))],
  plus_di: (bars, values) => [directional(bars, parameter(values))[0]],
  minus_di: (bars, values) => [directional(bars, parameter(values))[1]],
  aroon: (bars, values) => aroon(bars, parameter(values)),
  aroon_oscillator: (bars, values) => {
    const [down, up] = aroon(bars, parameter(values));
    return [minus(up, down)];
  },
  vortex: (bars, values) => vortex(bars, parameter(values)),
  vhf: ({ close }, values) => [filter(close, parameter(values))],
};
