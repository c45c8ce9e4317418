"""Plain series to write indicators with: slow, obvious, and without any library.

A value that is not there yet is None, and what is made of it is None.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from math import sqrt
from typing import NamedTuple, TypeAlias

from cse.marketdata.candles import Candle

Series: TypeAlias = list[float | None]


class Bars(NamedTuple):
    """Candles as lists of floating-point numbers."""

    open: list[float]
    high: list[float]
    low: list[float]
    close: list[float]
    volume: list[float]


def random_candles(count: int, seed: int, width_us: int, decimals: int = 4) -> list[Candle]:
    """A walk with gaps, long and short candles, and some that do not move."""
    chance = random.Random(seed)
    candles = []
    last = 10 ** (decimals + 2)
    for number in range(count):
        opened = max(1_000, last + int(chance.gauss(0, last / 900)))
        closed = opened if chance.random() < 0.03 else max(1_000, opened + int(chance.gauss(0, last / 150)))
        high = max(opened, closed) + (int(abs(chance.gauss(0, last / 300))) if chance.random() < 0.9 else 0)
        low = min(opened, closed) - (int(abs(chance.gauss(0, last / 300))) if chance.random() < 0.9 else 0)
        volume = chance.randrange(1, 500_000)
        candles.append(
            Candle(number * width_us, opened, high, low, closed, volume, closed * volume, 1, number, number)
        )
        last = closed
    return candles


def bars_of(candles: Sequence[Candle], price_decimals: int, lot_decimals: int) -> Bars:
    """The candles' prices and volumes."""
    price, lot = 10**price_decimals, 10**lot_decimals
    return Bars(
        [candle.open / price for candle in candles],
        [candle.high / price for candle in candles],
        [candle.low / price for candle in candles],
        [candle.close / price for candle in candles],
        [candle.quantity / lot for candle in candles],
    )


def each(function: Callable[..., float], *series: Sequence[float | None]) -> Series:
    """The function of the values of each bar."""
    return [None if None in values else function(*values) for values in zip(*series, strict=True)]


def rolling(series: Sequence[float | None], length: int, function: Callable[[list[float]], float]) -> Series:
    """The function of each `length` values in a row."""
    found: Series = []
    for end in range(1, len(series) + 1):
        window = [value for value in series[max(0, end - length) : end] if value is not None]
        found.append(function(window) if len(window) == length else None)
    return found


def before(series: Sequence[float | None], bars: int = 1) -> Series:
    """The values of so many bars before."""
    return [*[None] * bars, *series[: len(series) - bars]]


def change(series: Sequence[float | None], bars: int = 1) -> Series:
    """How much more they are than so many bars before."""
    return each(lambda now, then: now - then, series, before(series, bars))


def mean(values: Sequence[float]) -> float:
    """Their mean."""
    return sum(values) / len(values)


def sma(series: Sequence[float | None], length: int) -> Series:
    """Simple moving average."""
    return rolling(series, length, mean)


def wma(series: Sequence[float | None], length: int) -> Series:
    """Average with weights 1, 2, 3 and so on."""
    weights = range(1, length + 1)
    return rolling(
        series,
        length,
        lambda window: sum(w * value for w, value in zip(weights, window, strict=True)) / sum(weights),
    )


def smoothed(series: Sequence[float | None], share: float) -> Series:
    """Takes so much of each new value, and the rest of what there was."""
    found: Series = []
    last: float | None = None
    for value in series:
        if value is not None:
            last = value if last is None else last + share * (value - last)
        found.append(last)
    return found


def ema(series: Sequence[float | None], length: int) -> Series:
    """Exponential moving average."""
    return smoothed(series, 2 / (length + 1))


def rma(series: Sequence[float | None], length: int) -> Series:
    """Wilder's average."""
    return smoothed(series, 1 / length)


def true_range(bars: Bars) -> Series:
    """The range of a bar with the close before it."""
    return each(
        lambda high, low, close: max(high, close) - min(low, close), bars.high, bars.low, before(bars.close)
    )


def highest(series: Sequence[float | None], length: int) -> Series:
    """The highest of so many."""
    return rolling(series, length, max)


def lowest(series: Sequence[float | None], length: int) -> Series:
    """The lowest of so many."""
    return rolling(series, length, min)


def deviation(series: Sequence[float | None], length: int) -> Series:
    """Standard deviation of the whole of them."""

    def of(window: list[float]) -> float:
        middle = mean(window)
        return sqrt(sum((value - middle) ** 2 for value in window) / length)

    return rolling(series, length, of)


def summed(series: Sequence[float | None]) -> Series:
    """The sum of all up to each."""
    found: Series = []
    total = 0.0
    for value in series:
        total += value or 0.0
        found.append(total)
    return found
