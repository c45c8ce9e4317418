"""What an account was worth over a time, out of changes of its balances and prices of the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from cse.marketdata.intervals import DAY_US, Interval
from cse.portfolio.models import Period
from cse.portfolio.prices import PriceList
from cse.portfolio.returns import Point

POINTS_MAX: Final = 400
_LENGTHS: Final[Mapping[Period, tuple[int, Interval]]] = {
    "1d": (DAY_US, Interval.MINUTE_15),
    "1w": (7 * DAY_US, Interval.HOUR_1),
    "1m": (30 * DAY_US, Interval.HOUR_4),
    "1y": (365 * DAY_US, Interval.DAY_1),
}
_OF_ALL: Final = (
    Interval.MINUTE_15, Interval.HOUR_1, Interval.HOUR_4, Interval.DAY_1, Interval.WEEK_1,
)  # fmt: skip


def stretch(period: Period, since_us: int, now_us: int) -> tuple[Interval, int]:
    """By which interval a period is told, and at the start of which it begins."""
    if period != "all":
        length_us, interval = _LENGTHS[period]
        return interval, interval.start_us(now_us - length_us)
    fitting = (one for one in _OF_ALL if (now_us - since_us) // one.width_us < POINTS_MAX)
    interval = next(fitting, Interval.WEEK_1)
    return interval, interval.start_us(since_us or now_us)


def points_of(
    interval: Interval,
    from_us: int,
    now_us: int,
    held: Mapping[int, int],
    changes: Mapping[int, Mapping[int, int]],
    listed: PriceList,
    before: Mapping[int, int],
    closes: Mapping[int, Mapping[int, int]],
) -> list[Point]:
    """What the account was worth at `from_us` and at the end of each interval that is over by now.

    `held` is what it had at the beginning, `changes` what each interval added to it; `before` are prices
    at the beginning, `closes` those of each interval, in ticks by market.
    """
    units, prices = dict(held), dict(before)
    points = [Point(from_us, _worth(units, listed, prices))]
    start_us = from_us
    while (end_us := interval.end_us(start_us)) <= now_us:
        for asset, change in changes.get(start_us, {}).items():
            units[asset] = units.get(asset, 0) + change
        prices.update(closes.get(start_us, {}))
        points.append(Point(end_us, _worth(units, listed, prices)))
        start_us = end_us
    return points


def _worth(units: Mapping[int, int], listed: PriceList, prices: Mapping[int, int]) -> int | None:
    at = listed.at(prices)
    worths = [at.worth(asset, held) for asset, held in units.items() if held]
    known = [worth for worth in worths if worth is not None]
    return sum(known) if len(known) == len(worths) else None


def by_start(closes: Mapping[int, Sequence[tuple[int, int]]]) -> dict[int, dict[int, int]]:
    """Closing prices of markets, each (start, price), by the start of their interval."""
    found: dict[int, dict[int, int]] = {}
    for market, of_market in closes.items():
        for start_us, price in of_market:
            found.setdefault(start_us, {})[market] = price
    return found
