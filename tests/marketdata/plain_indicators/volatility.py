"""Volatility. Formulas: J. Bollinger, Bollinger on Bollinger Bands; C. Keltner with L. Raschke's ATR
(Keltner); P. Headley, Big Trends in Trading (acceleration bands); J. W. Wilder (ATR); D. Dorsey, Stocks &
Commodities 10:6 and 11:6 (mass, RVI); S. Achelis, Technical Analysis from A to Z (all others)."""

from __future__ import annotations

from typing import Final

from tests.marketdata.plain_indicators.momentum import percent_change
from tests.marketdata.plain_indicators.series import (
    Bars,
    Series,
    change,
    deviation,
    each,
    ema,
    highest,
    lowest,
    mean,
    rma,
    rolling,
    sma,
    true_range,
)
from tests.marketdata.plain_indicators.trend import Plain


def _bollinger(bars: Bars) -> list[Series]:
    middle, spread = sma(bars.close, 20), deviation(bars.close, 20)
    return [
        each(lambda one, two: one + 2 * two, middle, spread),
        middle,
        each(lambda one, two: one - 2 * two, middle, spread),
    ]


def _keltner(bars: Bars) -> list[Series]:
    typical = each(lambda high, low, close: (high + low + close) / 3, bars.high, bars.low, bars.close)
    middle, spread = ema(typical, 20), rma(true_range(bars), 10)
    return [
        each(lambda one, two: one + 2 * two, middle, spread),
        middle,
        each(lambda one, two: one - 2 * two, middle, spread),
    ]


def _donchian(bars: Bars) -> list[Series]:
    top, bottom = highest(bars.high, 20), lowest(bars.low, 20)
    return [top, each(lambda one, two: (one + two) / 2, top, bottom), bottom]


def _acceleration(bars: Bars) -> list[Series]:
    return [
        sma(each(lambda high, low: high * (1 + 4 * (high - low) / (high + low)), bars.high, bars.low), 20),
        sma(bars.close, 20),
        sma(each(lambda high, low: low * (1 - 4 * (high - low) / (high + low)), bars.high, bars.low), 20),
    ]


def _natr(bars: Bars) -> list[Series]:
    return [each(lambda spread, close: 100 * spread / close, rma(true_range(bars), 14), bars.close)]


def _mean_deviation(window: list[float]) -> float:
    middle = mean(window)
    return mean([abs(value - middle) for value in window])


def _range(bars: Bars) -> Series:
    return each(lambda high, low: high - low, bars.high, bars.low)


def _mass(bars: Bars) -> list[Series]:
    once = ema(_range(bars), 9)
    return [rolling(each(lambda one, two: one / two, once, ema(once, 9)), 25, sum)]


def _rvi(bars: Bars) -> list[Series]:
    spread, step = deviation(bars.close, 10), change(bars.close)
    up = each(lambda size, way: size if way > 0 else 0.0, spread, step)
    down = each(lambda size, way: size if way < 0 else 0.0, spread, step)
    return [each(lambda one, two: 100 * one / (one + two), rma(up, 14), rma(down, 14))]


VOLATILITY: Final[dict[str, Plain]] = {
    "bollinger": _bollinger,
    "keltner": _keltner,
    "donchian": _donchian,
    "acceleration_bands": _acceleration,
    "atr": lambda bars: [rma(true_range(bars), 14)],
    "natr": _natr,
    "true_range": lambda bars: [true_range(bars)],
    "adr": lambda bars: [sma(_range(bars), 14)],
    "stddev": lambda bars: [deviation(bars.close, 20)],
    "variance": lambda bars: [each(lambda spread: spread**2, deviation(bars.close, 20))],
    "mean_deviation": lambda bars: [rolling(bars.close, 14, _mean_deviation)],
    "mass": _mass,
    "chaikin_volatility": lambda bars: [percent_change(ema(_range(bars), 10), 10)],
    "rvi": _rvi,
}
