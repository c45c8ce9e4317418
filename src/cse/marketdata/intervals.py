"""How long a candle lasts, and where one ends and the next begins: always in UTC.

A candle of interval i covers the times [t, t + i). Weeks begin on Monday, runs of three days count from
1970-01-01, months are those of the calendar. No other calendar and no summer time has a part in it.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

SECOND_US: Final = 1_000_000
MINUTE_US: Final = 60 * SECOND_US
HOUR_US: Final = 60 * MINUTE_US
DAY_US: Final = 24 * HOUR_US
# 1970-01-05, the first Monday.
_MONDAY_US: Final = 4 * DAY_US
_SHOWN_MAX: Final = 16


class Interval(Enum):
    """The intervals there are, by the name that everyone uses, ascending."""

    SECOND_1 = "1s"
    SECOND_5 = "5s"
    SECOND_15 = "15s"
    MINUTE_1 = "1m"
    MINUTE_3 = "3m"
    MINUTE_5 = "5m"
    MINUTE_15 = "15m"
    MINUTE_30 = "30m"
    HOUR_1 = "1h"
    HOUR_2 = "2h"
    HOUR_4 = "4h"
    HOUR_6 = "6h"
    HOUR_12 = "12h"
    DAY_1 = "1d"
    DAY_3 = "3d"
    WEEK_1 = "1w"
    MONTH_1 = "1M"

    width_us: int
    """How long it lasts at most: a month may be shorter."""
    origin_us: int
    """The start of one of them, from which the others are counted."""

    def __init__(self, name: str) -> None:
        units = {"s": SECOND_US, "m": MINUTE_US, "h": HOUR_US, "d": DAY_US, "w": 7 * DAY_US, "M": 31 * DAY_US}
        self.width_us = int(name[:-1]) * units[name[-1]]
        self.origin_us = _MONDAY_US if name[-1] == "w" else 0

    def start_us(self, time_us: int) -> int:
        """The start of the candle that a time belongs to."""
        if self is Interval.MONTH_1:
            return _month_us(time_us, 0)
        return time_us - (time_us - self.origin_us) % self.width_us

    def end_us(self, start_us: int) -> int:
        """The end of the candle with this start, and the start of the next."""
        if self is Interval.MONTH_1:
            return _month_us(start_us, 1)
        return start_us + self.width_us

    def ceiling_us(self, time_us: int) -> int:
        """The first start that is not before a time."""
        start_us = self.start_us(time_us)
        return start_us if start_us == time_us else self.end_us(start_us)


NAMES: Final = tuple(interval.value for interval in Interval)

KEPT: Final = (Interval.SECOND_1, Interval.MINUTE_1, Interval.HOUR_1, Interval.DAY_1)
"""The intervals whose candles are stored, ascending; those of every other are made of these."""


def kept_in(interval: Interval) -> Interval:
    """The longest stored interval of whose candles those of `interval` are made."""
    return next(kept for kept in reversed(KEPT) if interval.width_us % kept.width_us == 0)


def parse_interval(name: str) -> Interval:
    """The interval of this name.

    Raises:
        CodedError: `interval_unknown`.
    """
    if name in NAMES:
        return Interval(name)
    shown, known = name[:_SHOWN_MAX], ", ".join(NAMES)
    raise CodedError(codes.INTERVAL_UNKNOWN, field="interval", interval=shown, intervals=known)


def _month_us(time_us: int, later: int) -> int:
    """The first moment of the month a time is in, or of one so many months later."""
    found = datetime.fromtimestamp(time_us // SECOND_US, UTC)
    year, month = divmod(found.year * 12 + found.month - 1 + later, 12)
    return int(datetime(year, month + 1, 1, tzinfo=UTC).timestamp()) * SECOND_US
