/**
 * How much is traded, and which way the money goes. Formulas: J. Granville (OBV); M. Chaikin (accumulation,
 * oscillator, money flow); A. Elder, Trading for a Living (force); N. Fosback, Stock Market Logic (NVI, PVI);
 * L. Williams (accumulation); B. Williams, Trading Chaos (facilitation); S. Achelis, Technical Analysis from
 * A to Z (all others).
 */

import { ema, sma } from "./averages";
import { type Formulas, parameter, type Values } from "./formula";
import { percentageOscillator } from "./momentum";
import {
  type Bars,
  before,
  change,
  make,
  NOTHING,
  ratio,
  type Series,
  sum,
  summed,
  typical,
  valueAt,
  zip,
} from "./series";

/** The average price of what is traded since the day began, or the hour, of bars of seconds. */
function vwap(bars: Bars, stretchMs: number): Series {
  const price = typical(bars);
  let stretch = Number.NaN;
  let money = 0;
  let volume = 0;
  return make(price.length, (at) => {
    const now = Math.floor(valueAt(bars.time, at) / stretchMs);
    if (now !== stretch) {
      stretch = now;
      money = 0;
      volume = 0;
    }
    money += valueAt(price, at) * valueAt(bars.volume, at);
    volume += valueAt(bars.volume, at);
    return money / volume;
  });
}

/** The volume with the sign of the price's step; all of the first bar's. */
function signed({ close, volume }: Bars): Series {
  return make(close.length, (at) => {
    const step = at === 0 ? 1 : valueAt(close, at) - valueAt(close, at - 1);
    return Math.sign(step) * valueAt(volume, at);
  });
}

/** The volume, by where in its range the bar closes. */
function flow({ high, low, close, volume }: Bars): Series {
  return make(close.length, (at) => {
    const [top, bottom, last] = [valueAt(high, at), valueAt(low, at), valueAt(close, at)];
    return top > bottom ? ((last - bottom - (top - last)) / (top - bottom)) * valueAt(volume, at) : 0;
  });
}

/** An exponential average that begins with the first value. */
function fromTheFirst(of: Series, length: number): Series {
  let last = valueAt(of, 0);
  return make(of.length, (at) => {
    last += (2 / (length + 1)) * (valueAt(of, at) - last);
    return last;
  });
}

function chaikin(bars: Bars, values: Values): Series {
  const line = summed(flow(bars));
  const lengths = [parameter(values, "fast_length"), parameter(values, "slow_length")] as const;
  const [fast, slow] = [fromTheFirst(line, lengths[0]), fromTheFirst(line, lengths[1])];
  const first = Math.max(...lengths) - 1;
  return make(line.length, (at) => (at < first ? Number.NaN : valueAt(fast, at) - valueAt(slow, at)));
}

function moneyFlow(bars: Bars, length: number): Series {
  const price = typical(bars);
  const way = (counts: (step: number) => boolean) =>
    sum(
      make(price.length, (at) => {
        const step = valueAt(price, at) - valueAt(price, at - 1);
        if (Number.isNaN(step)) return step;
        return counts(step) ? valueAt(price, at) * valueAt(bars.volume, at) : 0;
      }),
      length,
    );
  return zip(
    way((step) => step > NOTHING),
    way((step) => step < -NOTHING),
    (up, down) => 100 * ratio(up, up + down),
  );
}

function trendOf({ close, volume }: Bars): Series {
  return summed(
    make(close.length, (at) => {
      const last = valueAt(close, at - 1);
      return ((valueAt(close, at) - last) / last) * valueAt(volume, at);
    }),
  );
}

/** An index that starts at 1,000 and follows the price over bars whose volume counts. */
function index({ close, volume }: Bars, counts: (now: number, then: number) => boolean): Series {
  let level = 1_000;
  return make(close.length, (at) => {
    if (at > 0 && counts(valueAt(volume, at), valueAt(volume, at - 1))) {
      level *= valueAt(close, at) / valueAt(close, at - 1);
    }
    return level;
  });
}

function williams({ high, low, close }: Bars): Series {
  return summed(
    make(close.length, (at) => {
      const now = valueAt(close, at);
      const last = valueAt(close, at - 1);
      if (now > last) return now - Math.min(valueAt(low, at), last);
      return now < last ? now - Math.max(valueAt(high, at), last) : 0;
    }),
  );
}

export const VOLUME: Formulas = {
  vwap: (bars, _values, stretchMs) => [vwap(bars, stretchMs)],
  obv: (bars) => [summed(signed(bars))],
  accumulation: (bars) => [summed(flow(bars))],
  chaikin: (bars, values) => [chaikin(bars, values)],
  cmf: (bars, values) => [
    zip(sum(flow(bars), parameter(values)), sum(bars.volume, parameter(values)), (way, all) =>
      ratio(way, all),
    ),
  ],
  mfi: (bars, values) => [moneyFlow(bars, parameter(values))],
  force: ({ close, volume }, values) => [
    ema(
      zip(change(close), volume, (step, amount) => step * amount),
      parameter(values),
    ),
  ],
  pvt: (bars) => [trendOf(bars)],
  nvi: (bars) => [index(bars, (now, then) => now < then)],
  pvi: (bars) => [index(bars, (now, then) => now > then)],
  williams_ad: (bars) => [williams(bars)],
  pvo: ({ volume }, values) => [percentageOscillator(volume, values)],
  relative_volume: ({ volume }, values) => [
    zip(volume, before(sma(volume, parameter(values))), (now, usual) => ratio(now, usual)),
  ],
  facilitation: ({ high, low, volume }) => [
    make(volume.length, (at) => ratio(valueAt(high, at) - valueAt(low, at), valueAt(volume, at))),
  ],
};
