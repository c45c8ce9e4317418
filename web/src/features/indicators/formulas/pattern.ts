/**
 * Forms of candles, after S. Nison, Japanese Candlestick Charting Techniques: 100 where a rise is expected,
 * -100 where a fall is. What is long, short and near is judged by the bars before, as the exchange's are.
 */

import type { Formula, Formulas } from "./formula";
import { type Bars, make, valueAt } from "./series";

/** One bar among those before it. */
class Form {
  readonly opened: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;

  constructor(
    private readonly bars: Bars,
    private readonly at: number,
  ) {
    this.opened = valueAt(bars.open, at);
    this.high = valueAt(bars.high, at);
    this.low = valueAt(bars.low, at);
    this.close = valueAt(bars.close, at);
  }

  get body(): number {
    return Math.abs(this.close - this.opened);
  }
  get colour(): number {
    return this.close >= this.opened ? 1 : -1;
  }
  get top(): number {
    return Math.max(this.opened, this.close);
  }
  get bottom(): number {
    return Math.min(this.opened, this.close);
  }
  get over(): number {
    return this.high - this.top;
  }
  get under(): number {
    return this.bottom - this.low;
  }

  /** The bar so many before. */
  earlier(bars = 1): Form {
    return new Form(this.bars, this.at - bars);
  }

  /** The mean body of the ten bars before. */
  usualBody(): number {
    let all = 0;
    for (let back = 1; back <= 10; back += 1) all += this.earlier(back).body;
    return all / 10;
  }

  /** The mean range of so many bars before. */
  usualRange(bars = 10): number {
    let all = 0;
    for (let back = 1; back <= bars; back += 1) {
      const { high, low } = this.earlier(back);
      all += high - low;
    }
    return all / bars;
  }

  /** Opens and closes at about the same price. */
  get isDoji(): boolean {
    return this.body <= this.tiny;
  }

  /** A shadow shorter than this is as good as none. */
  get tiny(): number {
    return 0.1 * this.usualRange();
  }
}

/** A form that is looked for where so many bars are before. */
function form(first: number, judge: (form: Form) => number): Formula {
  return (bars) => [make(bars.close.length, (at) => (at < first ? 0 : 100 * judge(new Form(bars, at)) || 0))];
}

function engulfing(now: Form): number {
  const last = now.earlier();
  const around = now.top >= last.top && now.bottom <= last.bottom;
  const more = now.top > last.top || now.bottom < last.bottom;
  if (now.colour === last.colour || !around || !more) return 0;
  return now.colour * wholly(now, last);
}

/** A form whose bodies end at the same price on one side counts less. */
function wholly(one: Form, other: Form): number {
  return one.top === other.top || one.bottom === other.bottom ? 0.8 : 1;
}

function harami(now: Form): number {
  const last = now.earlier();
  if (!(last.body > last.usualBody() && now.body <= now.usualBody())) return 0;
  return now.top <= last.top && now.bottom >= last.bottom ? -last.colour * wholly(now, last) : 0;
}

function hammer(now: Form): number {
  const last = now.earlier();
  const small = now.body < now.usualBody() && now.under > now.body && now.over < now.tiny;
  return small && now.bottom <= last.low + 0.2 * last.usualRange(5) ? 1 : 0;
}

function shootingStar(now: Form): number {
  const small = now.body < now.usualBody() && now.over > now.body && now.under < now.tiny;
  return small && now.bottom > now.earlier().top ? -1 : 0;
}

function outside(now: Form): number {
  const second = now.earlier();
  const first = second.earlier();
  const around = second.top > first.top && second.bottom < first.bottom;
  if (first.colour === second.colour || !around) return 0;
  return (now.close - second.close) * second.colour > 0 ? second.colour : 0;
}

export const PATTERN: Formulas = {
  doji: form(10, (now) => (now.isDoji ? 1 : 0)),
  dragonfly_doji: form(10, (now) => (now.isDoji && now.over < now.tiny && now.tiny < now.under ? 1 : 0)),
  gravestone_doji: form(10, (now) => (now.isDoji && now.under < now.tiny && now.tiny < now.over ? 1 : 0)),
  spinning_top: form(10, (now) =>
    now.body < now.usualBody() && Math.min(now.over, now.under) > now.body ? now.colour : 0,
  ),
  marubozu: form(10, (now) =>
    now.body > now.usualBody() && Math.max(now.over, now.under) < now.tiny ? now.colour : 0,
  ),
  engulfing: form(2, engulfing),
  harami: form(11, harami),
  hammer: form(11, hammer),
  shooting_star: form(11, shootingStar),
  outside: form(3, outside),
};
