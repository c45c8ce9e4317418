/**
 * How fast the price is going. Formulas: S. Achelis, Technical Analysis from A to Z; W. Wilder (RSI);
 * T. Chande and S. Kroll, The New Technical Trader (CMO, StochRSI, forecast, Qstick, intraday momentum);
 * B. Williams, Trading Chaos (awesome, accelerator); W. Blau, Momentum, Direction and Divergence (TSI, SMI);
 * A. Elder, Trading for a Living (Elder ray); E. S. C. Coppock (Coppock curve).
 */

import { efficiency, ema, rma, sma, wma } from "./averages";
import { type Formulas, parameter, type Values } from "./formula";
import { lineAt } from "./regression";
import {
  type Bars,
  before,
  change,
  highest,
  lowest,
  make,
  map,
  meanDeviation,
  median,
  minus,
  percentChange,
  ratio,
  rolling,
  type Series,
  sum,
  together,
  typical,
  valueAt,
  zip,
} from "./series";

/** By how much each is above the one before, and below it, or 0. */
function steps(of: Series): [Series, Series] {
  const step = change(of);
  return [map(step, (by) => Math.max(by, 0)), map(step, (by) => Math.max(-by, 0))];
}

function rsi(close: Series, length: number): Series {
  const [ups, downs] = steps(close);
  return zip(rma(ups, length), rma(downs, length), (up, down) => 100 * ratio(up, up + down));
}

/** Where the last is in the range of so many bars, in percent. */
function place(high: Series, low: Series, last: Series, length: number): Series {
  const top = highest(high, length);
  const bottom = lowest(low, length);
  return make(last.length, (at) => {
    const floor = valueAt(bottom, at);
    return ratio(valueAt(last, at) - floor, (valueAt(top, at) - floor) / 100);
  });
}

function placeOf({ high, low, close }: Bars, values: Values): Series {
  return place(high, low, close, parameter(values, "k_length"));
}

/** The same from above, which is 0, down to -100. */
function williams(high: Series, low: Series, close: Series, length: number): Series {
  const top = highest(high, length);
  const width = minus(top, lowest(low, length));
  return zip(minus(top, close), width, (part, all) => -100 * ratio(part, all));
}

/** A line and its average. */
function withAverage(line: Series, values: Values, length = "d_length"): Series[] {
  return together([line, sma(line, parameter(values, length))]);
}

function stochasticRsi(close: Series, values: Values): Series[] {
  const index = rsi(close, parameter(values));
  return withAverage(place(index, index, index, parameter(values, "k_length")), values);
}

function kdj(bars: Bars, values: Values): Series[] {
  const k = rma(placeOf(bars, values), parameter(values, "k_smoothing"));
  const d = rma(k, parameter(values, "d_length"));
  return together([k, d, zip(k, d, (one, two) => 3 * one - 2 * two)]);
}

function smi({ high, low, close }: Bars, values: Values): Series[] {
  const top = highest(high, parameter(values));
  const bottom = lowest(low, parameter(values));
  const twice = (of: Series) =>
    ema(ema(of, parameter(values, "slow_length")), parameter(values, "fast_length"));
  const off = twice(
    make(close.length, (at) => valueAt(close, at) - (valueAt(top, at) + valueAt(bottom, at)) / 2),
  );
  const line = zip(off, twice(minus(top, bottom)), (part, whole) => (whole === 0 ? 0 : (200 * part) / whole));
  return together([line, ema(line, parameter(values, "signal_length"))]);
}

/** The shorter and the longer of both lengths, whichever is which. */
function lengths(values: Values): [number, number] {
  const both = [parameter(values, "fast_length"), parameter(values, "slow_length")];
  return [Math.min(...both), Math.max(...both)];
}

function macd(close: Series, values: Values): Series[] {
  const [fast, slow] = lengths(values);
  // Both averages begin at the same bar.
  const line = minus(ema(close, fast, slow - 1), ema(close, slow));
  const signal = ema(line, parameter(values, "signal_length"));
  return together([line, signal, minus(line, signal)]);
}

/** How far a fast average is from a slow one, in percent of it. */
export function percentageOscillator(of: Series, values: Values): Series {
  const [fast, slow] = lengths(values);
  return zip(ema(of, fast), ema(of, slow), (one, two) => 100 * ratio(one - two, two));
}

function trix(close: Series, length: number): Series {
  return percentChange(ema(ema(ema(close, length), length), length), 1);
}

function tsi(close: Series, values: Values): Series {
  const twice = (of: Series) =>
    ema(ema(of, parameter(values, "long_length")), parameter(values, "short_length"));
  const step = change(close);
  return zip(twice(step), twice(map(step, Math.abs)), (net, way) => 100 * ratio(net, way));
}

function cci(bars: Bars, length: number): Series {
  const price = typical(bars);
  const off = minus(price, sma(price, length));
  return zip(off, meanDeviation(price, length), (part, spread) => ratio(part, 0.015 * spread));
}

function cmo(close: Series, length: number): Series {
  const [ups, downs] = steps(close);
  return zip(sum(ups, length), sum(downs, length), (up, down) => 100 * ratio(up - down, up + down));
}

function ultimate({ high, low, close }: Bars, values: Values): Series {
  const last = before(close);
  const floor = zip(low, last, Math.min);
  const pressure = minus(close, floor);
  const whole = minus(zip(high, last, Math.max), floor);
  const part = (length: string) =>
    zip(sum(pressure, parameter(values, length)), sum(whole, parameter(values, length)), (a, b) =>
      ratio(a, b),
    );
  const [short, middle, long] = [part("short_length"), part("middle_length"), part("long_length")];
  return make(
    close.length,
    (at) => (100 * (4 * valueAt(short, at) + 2 * valueAt(middle, at) + valueAt(long, at))) / 7,
  );
}

function awesome(bars: Bars, values: Values): Series {
  const price = median(bars);
  return minus(sma(price, parameter(values, "fast_length")), sma(price, parameter(values, "slow_length")));
}

function accelerator(bars: Bars, values: Values): Series {
  const line = awesome(bars, values);
  return minus(line, sma(line, parameter(values, "signal_length")));
}

function coppock(close: Series, values: Values): Series {
  const short = percentChange(close, parameter(values, "short_length"));
  const long = percentChange(close, parameter(values, "long_length"));
  return wma(
    zip(short, long, (one, two) => one + two),
    parameter(values, "wma_length"),
  );
}

function intraday({ open, close }: Bars, length: number): Series {
  const up = sum(
    zip(open, close, (from, to) => Math.max(to - from, 0)),
    length,
  );
  const down = sum(
    zip(open, close, (from, to) => Math.max(from - to, 0)),
    length,
  );
  return zip(up, down, (one, two) => 100 * ratio(one, one + two, 0.5));
}

/** How many of so many bars before were lower, in percent. */
function percentRank(close: Series, length: number): Series {
  return rolling(close, length + 1, (values, start, end) => {
    const now = valueAt(values, end - 1);
    let lower = 0;
    for (let at = start; at < end - 1; at += 1) if (valueAt(values, at) < now) lower += 1;
    return (100 * lower) / length;
  });
}

function forecast(close: Series, length: number): Series {
  const expected = before(lineAt(close, length, length));
  return zip(close, expected, (price, line) => (100 * (price - line)) / price);
}

function detrended(close: Series, length: number): Series {
  return minus(before(close, Math.floor(length / 2) + 1), sma(close, length));
}

export const MOMENTUM: Formulas = {
  rsi: ({ close }, values) => [rsi(close, parameter(values))],
  stochastic: (bars, values) =>
    withAverage(sma(placeOf(bars, values), parameter(values, "k_smoothing")), values),
  stochastic_fast: (bars, values) => withAverage(placeOf(bars, values), values),
  stochastic_rsi: ({ close }, values) => stochasticRsi(close, values),
  kdj,
  smi,
  macd: ({ close }, values) => macd(close, values),
  ppo: ({ close }, values) => [percentageOscillator(close, values)],
  apo: ({ close }, values) => {
    const [fast, slow] = lengths(values);
    return [minus(ema(close, fast), ema(close, slow))];
  },
  trix: ({ close }, values) => [trix(close, parameter(values))],
  tsi: ({ close }, values) => [tsi(close, values)],
  momentum: ({ close }, values) => [change(close, parameter(values))],
  roc: ({ close }, values) => [percentChange(close, parameter(values))],
  cci: (bars, values) => [cci(bars, parameter(values))],
  cmo: ({ close }, values) => [cmo(close, parameter(values))],
  williams_r: ({ high, low, close }, values) => [williams(high, low, close, parameter(values))],
  ultimate: (bars, values) => [ultimate(bars, values)],
  awesome: (bars, values) => [awesome(bars, values)],
  accelerator: (bars, values) => [accelerator(bars, values)],
  bop: ({ open, high, low, close }) => [
    make(close.length, (at) =>
      ratio(valueAt(close, at) - valueAt(open, at), valueAt(high, at) - valueAt(low, at)),
    ),
  ],
  coppock: ({ close }, values) => [coppock(close, values)],
  dpo: ({ close }, values) => [detrended(close, parameter(values))],
  efficiency: ({ close }, values) => [efficiency(close, parameter(values))],
  elder_ray: ({ high, low, close }, values) => {
    const average = ema(close, parameter(values));
    return [minus(high, average), minus(low, average)];
  },
  forecast: ({ close }, values) => [forecast(close, parameter(values))],
  intraday_momentum: (bars, values) => [intraday(bars, parameter(values))],
  qstick: ({ open, close }, values) => [sma(minus(close, open), parameter(values))],
  percent_rank: ({ close }, values) => [percentRank(close, parameter(values))],
};
