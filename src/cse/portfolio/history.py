"""What an account was worth over a time, out of changes of its balances and prices of the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

from cse.marketdata.intervals import DAY_US, Interval
from cse.portfolio.models import CurvePeriod
from cse.portfolio.prices import PriceList
from cse.portfolio.returns import Point

POINTS_MAX: Final = 400
_LENGTHS: Final[Mapping[CurvePeriod, tuple[int, Interval]]] = {
    "1d": (DAY_US, Interval.MINUTE_15),
    "1w": (7 * DAY_US, Interval.HOUR_1),
    "1m": (30 * DAY_US, Interval.HOUR_4),
    "1y": (365 * DAY_US, Interval.DAY_1),
}
_OF_ALL: Final = (
    Interval.MINUTE_15, Interval.HOUR_1, Interval.HOUR_4, Interval.DAY_1, Interval.WEEK_1,
)  # fmt: skip


class Course(NamedTuple):
    """Numbers that change from interval to interval: as they were before, and by start what each brings."""

    before: Mapping[int, int]
    after: Mapping[int, Mapping[int, int]]


class Stretch(NamedTuple):
    """A time that is told by intervals; it begins at the start of one."""

    interval: Interval
    from_us: int
    now_us: int


def stretch_of(period: CurvePeriod, since_us: int, now_us: int) -> Stretch:
    """By which interval a period up to now is told, and when it begins."""
    if period != "all":
        length_us, interval = _LENGTHS[period]
        return Stretch(interval, interval.start_us(now_us - length_us), now_us)
    fitting = (one for one in _OF_ALL if (now_us - since_us) // one.width_us < POINTS_MAX)
    interval = next(fitting, Interval.WEEK_1)
    return Stretch(interval, interval.start_us(since_us or now_us), now_us)


def points_of(stretch: Stretch, units: Course, listed: PriceList, closes: Course) -> list[Point]:
    """What the account was worth at the beginning and at the end of each interval that is over by now.

    Each interval of `units` adds to what there was of an asset; `closes` are prices in ticks by market, and
    each interval's stand for those before.
    """
    held, prices = dict(units.before), dict(closes.before)
    points = [Point(stretch.from_us, _worth(held, listed, prices))]
    start_us = stretch.from_us
    while (end_us := stretch.interval.end_us(start_us)) <= stretch.now_us:
        for asset, change in units.after.get(start_us, {}).items():
            held[asset] = held.get(asset, 0) + change
        prices.update(closes.after.get(start_us, {}))
        points.append(Point(end_us, _worth(held, listed, prices)))
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
