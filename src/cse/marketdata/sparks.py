"""A day of each market as a line of closing prices, short enough to show many of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from cse.marketdata.intervals import DAY_US, Interval

INTERVAL: Final = Interval.MINUTE_15
LENGTH: Final = DAY_US // INTERVAL.width_us


class Spark(NamedTuple):
    """Closing prices in ticks, one for each interval from `start_us` on; none where nothing ever traded."""

    start_us: int
    closes: list[int]


def first_us(now_us: int) -> int:
    """The start of the first interval of the day that ends with the present one."""
    return INTERVAL.start_us(now_us) - (LENGTH - 1) * INTERVAL.width_us


def spark(now_us: int, close_before: int | None, closes: Mapping[int, int]) -> Spark:
    """The line up to now: `closes` by start, and the last price before the day.

    An interval without a trade has the close before it. Where there is none, because the market is
    younger than a day, the line begins with the first trade.
    """
    start_us = first_us(now_us)
    line: list[int] = []
    close = close_before
    for at_us in range(start_us, start_us + DAY_US, INTERVAL.width_us):
        close = closes.get(at_us, close)
        if close is None:
            start_us = at_us + INTERVAL.width_us
        else:
            line.append(close)
    return Spark(start_us if line else first_us(now_us), line)
