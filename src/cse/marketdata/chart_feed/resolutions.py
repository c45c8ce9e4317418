"""What the Charting Library calls our intervals: minutes as a bare number, all else with a letter."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cse.marketdata.intervals import Interval

# Runs of three days are not among them: the library makes its own of days, which begin elsewhere.
RESOLUTIONS: Final = MappingProxyType(
    {
        "1S": Interval.SECOND_1,
        "5S": Interval.SECOND_5,
        "15S": Interval.SECOND_15,
        "1": Interval.MINUTE_1,
        "3": Interval.MINUTE_3,
        "5": Interval.MINUTE_5,
        "15": Interval.MINUTE_15,
        "30": Interval.MINUTE_30,
        "60": Interval.HOUR_1,
        "120": Interval.HOUR_2,
        "240": Interval.HOUR_4,
        "360": Interval.HOUR_6,
        "720": Interval.HOUR_12,
        "1D": Interval.DAY_1,
        "1W": Interval.WEEK_1,
        "1M": Interval.MONTH_1,
    }
)
SECONDS: Final = tuple(name[:-1] for name in RESOLUTIONS if name.endswith("S"))
INTRADAY: Final = tuple(name for name in RESOLUTIONS if name.isdigit())


def interval_of(resolution: str) -> Interval | None:
    """The interval that is meant; None where there is none. A letter alone stands for one of it."""
    return RESOLUTIONS.get(resolution) or RESOLUTIONS.get(f"1{resolution}")
