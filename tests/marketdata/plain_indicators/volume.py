"""Volume and price. Formulas: J. Granville (OBV); M. Chaikin (accumulation, oscillator, money flow); A. Elder,
Trading for a Living (force); N. Fosback, Stock Market Logic (NVI, PVI); L. Williams (accumulation);
B. Williams, Trading Chaos (facilitation); S. Achelis, Technical Analysis from A to Z (all others)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.marketdata.plain_indicators.momentum import percentage_oscillator
from tests.marketdata.plain_indicators.series import (
    Bars,
    Series,
    before,
    change,
    each,
    ema,
    rolling,
    sma,
    summed,
)
from tests.marketdata.plain_indicators.trend import Plain


def _typical(bars: Bars) -> Series:
    return each(lambda high, low, close: (high + low + close) / 3, bars.high, bars.low, bars.close)


def _vwap(bars: Bars) -> list[Series]:
    money = summed(each(lambda price, volume: price * volume, _typical(bars), bars.volume))
    return [each(lambda all_, volume: all_ / volume, money, summed(bars.volume))]


def _obv(bars: Bars) -> list[Series]:
    signed = each(
        lambda step, volume: volume if step > 0 else -volume if step < 0 else 0.0,
        change(bars.close),
        bars.volume,
    )
    return [summed([bars.volume[0], *signed[1:]])]


def _flow(bars: Bars) -> Series:
    """The volume, by where in its range the bar closes."""
    return each(
        lambda high, low, close, volume: (
            ((close - low) - (high - close)) / (high - low) * volume if high > low else 0.0
        ),
        *bars[1:],
    )


def _chaikin(bars: Bars) -> list[Series]:
    line = summed(_flow(bars))
    return [each(lambda fast, slow: fast - slow, ema(line, 3), ema(line, 10))]


def _cmf(bars: Bars) -> list[Series]:
    return [
        each(lambda flow, volume: flow / volume, rolling(_flow(bars), 20, sum), rolling(bars.volume, 20, sum))
    ]


def _mfi(bars: Bars) -> list[Series]:
    typical = _typical(bars)
    money = each(lambda price, volume: price * volume, typical, bars.volume)
    up = each(lambda flow, step: flow if step > 0 else 0.0, money, change(typical))
    down = each(lambda flow, step: flow if step < 0 else 0.0, money, change(typical))
    return [each(lambda one, two: 100 * one / (one + two), rolling(up, 14, sum), rolling(down, 14, sum))]


def _force(bars: Bars) -> list[Series]:
    return [ema(each(lambda step, volume: step * volume, change(bars.close), bars.volume), 13)]


def _pvt(bars: Bars) -> list[Series]:
    parts = each(
        lambda step, last, volume: step / last * volume, change(bars.close), before(bars.close), bars.volume
    )
    return [summed(parts)]


def _index(counts: Callable[[float, float], bool]) -> Plain:
    """An index that starts at 1,000 and follows the price on days whose volume counts."""

    def plain(bars: Bars) -> list[Series]:
        found: list[float | None] = [1_000.0]
        level = 1_000.0
        for now in range(1, len(bars.close)):
            if counts(bars.volume[now], bars.volume[now - 1]):
                level *= bars.close[now] / bars.close[now - 1]
            found.append(level)
        return [found]

    return plain


def _williams(bars: Bars) -> list[Series]:
    def part(high: float, low: float, close: float, last: float) -> float:
        if close > last:
            return close - min(low, last)
        return close - max(high, last) if close < last else 0.0

    return [summed(each(part, bars.high, bars.low, bars.close, before(bars.close)))]


VOLUME: Final[dict[str, Plain]] = {
    "vwap": _vwap,
    "obv": _obv,
    "accumulation": lambda bars: [summed(_flow(bars))],
    "chaikin": _chaikin,
    "cmf": _cmf,
    "mfi": _mfi,
    "force": _force,
    "pvt": _pvt,
    "nvi": _index(lambda now, then: now < then),
    "pvi": _index(lambda now, then: now > then),
    "williams_ad": _williams,
    "pvo": lambda bars: [percentage_oscillator(bars.volume)],
    "relative_volume": lambda bars: [
        each(lambda now, average: now / average, bars.volume, before(sma(bars.volume, 20)))
    ],
    "facilitation": lambda bars: [
        each(lambda high, low, volume: (high - low) / volume, bars.high, bars.low, bars.volume)
    ],
}


def _heikin_ashi(bars: Bars) -> list[Series]:
    closes = each(lambda *prices: sum(prices) / 4, *bars[:4])
    opens: Series = [(bars.open[0] + bars.close[0]) / 2]
    for close in closes[:-1]:
        assert opens[-1] is not None and close is not None
        opens.append((opens[-1] + close) / 2)
    return [opens, each(max, bars.high, opens, closes), each(min, bars.low, opens, closes), closes]


PRICE: Final[dict[str, Plain]] = {
    "average_price": lambda bars: [each(lambda *prices: sum(prices) / 4, *bars[:4])],
    "median_price": lambda bars: [each(lambda high, low: (high + low) / 2, bars.high, bars.low)],
    "typical_price": lambda bars: [_typical(bars)],
    "weighted_close": lambda bars: [
        each(lambda high, low, close: (high + low + 2 * close) / 4, bars.high, bars.low, bars.close)
    ],
    "heikin_ashi": _heikin_ashi,
}
