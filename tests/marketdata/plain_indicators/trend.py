"""Trend. Formulas: S. Achelis, Technical Analysis from A to Z; J. W. Wilder, New Concepts in Technical
Trading Systems (DI, ADX, SAR); P. Kaufman, Trading Systems and Methods (KAMA); T. Tillson, Stocks &
Commodities 16:1 (T3); A. Hull, alanhull.com (HMA); O. Seban (SuperTrend)."""

from __future__ import annotations

from collections.abc import Callable
from math import atan, degrees, isqrt
from typing import Final, TypeAlias

from tests.marketdata.plain_indicators.series import (
    Bars,
    Series,
    before,
    change,
    each,
    ema,
    highest,
    lowest,
    rma,
    rolling,
    sma,
    true_range,
    wma,
)

Plain: TypeAlias = Callable[[Bars], list[Series]]


def _dema(bars: Bars) -> list[Series]:
    once = ema(bars.close, 20)
    return [each(lambda one, two: 2 * one - two, once, ema(once, 20))]


def _tema(bars: Bars) -> list[Series]:
    once = ema(bars.close, 20)
    twice = ema(once, 20)
    return [each(lambda one, two, three: 3 * one - 3 * two + three, once, twice, ema(twice, 20))]


def _hma(bars: Bars) -> list[Series]:
    fast = each(lambda half, whole: 2 * half - whole, wma(bars.close, 10), wma(bars.close, 20))
    return [wma(fast, isqrt(20))]


def _zlema(bars: Bars) -> list[Series]:
    return [ema(each(lambda now, then: 2 * now - then, bars.close, before(bars.close, 9)), 20)]


def efficiency(bars: Bars, length: int) -> Series:
    """How far the price came for how far it went."""
    steps = each(abs, change(bars.close))
    return each(
        lambda net, way: abs(net) / way if way else 0.0,
        change(bars.close, length),
        rolling(steps, length, sum),
    )


def _kama(bars: Bars) -> list[Series]:
    found: Series = []
    last: float | None = None
    for close, course in zip(bars.close, efficiency(bars, 10), strict=True):
        if course is not None:
            share = (course * (2 / 3 - 2 / 31) + 2 / 31) ** 2
            last = close if last is None else last + share * (close - last)
        found.append(last)
    return [found]


def _t3(bars: Bars) -> list[Series]:
    factor = 0.7
    layers: list[Series] = [list(bars.close)]
    for _ in range(6):
        layers.append(ema(layers[-1], 5))
    return [
        each(
            lambda three, four, five, six: (
                -(factor**3) * six
                + 3 * (factor**2 + factor**3) * five
                - (6 * factor**2 + 3 * factor + 3 * factor**3) * four
                + (1 + 3 * factor + factor**3 + 3 * factor**2) * three
            ),
            *layers[3:],
        )
    ]


def _vwma(bars: Bars) -> list[Series]:
    money = each(lambda close, volume: close * volume, bars.close, bars.volume)
    return [each(lambda all_, volume: all_ / volume, rolling(money, 20, sum), rolling(bars.volume, 20, sum))]


def line(window: list[float]) -> tuple[float, float]:
    """Value at the first point, and slope, of the line of least squares."""
    count = len(window)
    middle_x, middle_y = (count - 1) / 2, sum(window) / count
    slope = sum((x - middle_x) * (y - middle_y) for x, y in enumerate(window)) / sum(
        (x - middle_x) ** 2 for x in range(count)
    )
    return middle_y - slope * middle_x, slope


def line_at(series: list[float], length: int, at: int) -> Series:
    """The line's value at a point; 0 is the first of those it is laid through."""

    def value(window: list[float]) -> float:
        start, slope = line(window)
        return start + slope * at

    return rolling(series, length, value)


def _slope(bars: Bars) -> Series:
    return rolling(bars.close, 14, lambda window: line(window)[1])


def _middle(high: list[float], low: list[float], length: int) -> Series:
    return each(lambda top, bottom: (top + bottom) / 2, highest(high, length), lowest(low, length))


def _sar(bars: Bars) -> list[Series]:
    rising = bars.high[1] - bars.high[0] > max(0.0, bars.low[0] - bars.low[1])
    stop = bars.low[0] if rising else bars.high[0]
    extreme = bars.high[1] if rising else bars.low[1]
    factor = 0.02
    found: Series = [None]
    for now in range(1, len(bars.close)):
        high, low = bars.high[now], bars.low[now]
        if (rising and low <= stop) or (not rising and high >= stop):
            # What was the best price of the course that ends is where the next one's stop begins.
            rising, stop, factor = not rising, extreme, 0.02
            extreme = high if rising else low
            edge = bars.low[now - 1 : now + 1] if rising else bars.high[now - 1 : now + 1]
            stop = min(stop, *edge) if rising else max(stop, *edge)
            found.append(stop)
        else:
            found.append(stop)
            if (rising and high > extreme) or (not rising and low < extreme):
                extreme = high if rising else low
                factor = min(0.2, factor + 0.02)
        stop += factor * (extreme - stop)
        edge = bars.low[now - 1 : now + 1] if rising else bars.high[now - 1 : now + 1]
        stop = min(stop, *edge) if rising else max(stop, *edge)
    return [found]


def _supertrend(bars: Bars) -> list[Series]:
    ranges = rma(true_range(bars), 10)
    line_: Series = []
    side: Series = []
    upper = lower = direction = None
    for now, around in enumerate(ranges):
        if around is None:
            line_.append(None)
            side.append(None)
            continue
        middle = (bars.high[now] + bars.low[now]) / 2
        top, bottom, close_before = middle + 3 * around, middle - 3 * around, bars.close[now - 1]
        upper = top if upper is None or top < upper or close_before > upper else upper
        lower = bottom if lower is None or bottom > lower or close_before < lower else lower
        if direction is None or (direction < 0 and bars.close[now] > upper):
            direction = 1.0
        elif direction > 0 and bars.close[now] < lower:
            direction = -1.0
        line_.append(lower if direction > 0 else upper)
        side.append(direction)
    return [line_, side]


def _directional(bars: Bars) -> tuple[Series, Series]:
    up, down = change(bars.high), each(lambda step: -step, change(bars.low))
    plus = each(lambda high, low: high if high > low and high > 0 else 0.0, up, down)
    minus = each(lambda high, low: low if low > high and low > 0 else 0.0, up, down)
    ranges = rma(true_range(bars), 14)
    return tuple(each(lambda part, whole: 100 * part / whole, rma(way, 14), ranges) for way in (plus, minus))  # type: ignore[return-value]


def _dx(bars: Bars) -> Series:
    return each(lambda plus, minus: 100 * abs(plus - minus) / (plus + minus), *_directional(bars))


def _adxr(bars: Bars) -> list[Series]:
    adx = rma(_dx(bars), 14)
    return [each(lambda now, then: (now + then) / 2, adx, before(adx, 13))]


def _aroon(bars: Bars) -> list[Series]:
    def since(best: Callable[[list[float]], float]) -> Callable[[list[float]], float]:
        # Of two alike the later counts.
        return lambda window: 100 * (14 - window[::-1].index(best(window))) / 14

    return [rolling(bars.low, 15, since(min)), rolling(bars.high, 15, since(max))]


def _vortex(bars: Bars) -> list[Series]:
    ranges = rolling(true_range(bars), 14, sum)
    plus = each(lambda high, low: abs(high - low), bars.high, before(bars.low))
    minus = each(lambda low, high: abs(low - high), bars.low, before(bars.high))
    return [each(lambda way, all_: way / all_, rolling(one, 14, sum), ranges) for one in (plus, minus)]


def _vhf(bars: Bars) -> list[Series]:
    steps = rolling(each(abs, change(bars.close)), 28, sum)
    return [
        each(
            lambda top, bottom, way: (top - bottom) / way,
            highest(bars.close, 28),
            lowest(bars.close, 28),
            steps,
        )
    ]


TREND: Final[dict[str, Plain]] = {
    "sma": lambda bars: [sma(bars.close, 20)],
    "ema": lambda bars: [ema(bars.close, 20)],
    "wma": lambda bars: [wma(bars.close, 20)],
    "dema": _dema,
    "tema": _tema,
    "trima": lambda bars: [sma(sma(bars.close, 10), 11)],
    "hma": _hma,
    "zlema": _zlema,
    "rma": lambda bars: [rma(bars.close, 14)],
    "kama": _kama,
    "t3": _t3,
    "vwma": _vwma,
    "lsma": lambda bars: [line_at(bars.close, 25, 24)],
    "tsf": lambda bars: [line_at(bars.close, 14, 14)],
    "linreg_slope": lambda bars: [_slope(bars)],
    "linreg_angle": lambda bars: [each(lambda slope: degrees(atan(slope)), _slope(bars))],
    "linreg_intercept": lambda bars: [line_at(bars.close, 14, 0)],
    "midpoint": lambda bars: [_middle(bars.close, bars.close, 14)],
    "midprice": lambda bars: [_middle(bars.high, bars.low, 14)],
    "sar": _sar,
    "supertrend": _supertrend,
    "adx": lambda bars: [rma(_dx(bars), 14)],
    "adxr": _adxr,
    "dx": lambda bars: [_dx(bars)],
    "plus_di": lambda bars: [_directional(bars)[0]],
    "minus_di": lambda bars: [_directional(bars)[1]],
    "aroon": _aroon,
    "aroon_oscillator": lambda bars: [each(lambda down, up: up - down, *_aroon(bars))],
    "vortex": _vortex,
    "vhf": _vhf,
}
