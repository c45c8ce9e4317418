"""Months, quarters and years of the calendar, in UTC, by their names."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError

_NAME: Final = re.compile(r"(\d{4})(?:-(?:(0[1-9]|1[0-2])|Q([1-4])))?", re.ASCII)
_YEARS: Final = range(1970, 9999)
# So long after its end all that belongs to a period is in PostgreSQL.
_SETTLED_US: Final = 60_000_000


class CalendarPeriod(NamedTuple):
    """From one midnight up to before another."""

    name: str
    from_us: int
    to_us: int

    def is_over(self, now_us: int) -> bool:
        """Whether nothing can belong to it any more that is not there."""
        return now_us >= self.to_us + _SETTLED_US


def period_of(name: str, now_us: int) -> CalendarPeriod:
    """The period of a name such as `2026-01`, `2026-Q1` or `2026`.

    Raises:
        CodedError: `invalid_field` for what is none, or has not begun.
    """
    found = _NAME.fullmatch(name)
    if found is not None and (year := int(found[1])) in _YEARS:
        month, quarter = found[2], found[3]
        first = int(month) if month else 3 * int(quarter or 1) - 2
        length = 1 if month else 3 if quarter else 12
        period = CalendarPeriod(name, _start_us(year, first), _start_us(year, first + length))
        if period.from_us <= now_us:
            return period
    reason = "expected a month, quarter or year that has begun, such as 2026-01, 2026-Q1 or 2026"
    raise CodedError(codes.INVALID_FIELD, field="period", reason=reason)


def _start_us(year: int, month: int) -> int:
    """When a month begins; the thirteenth is the next year's first."""
    begin = datetime(year + (month - 1) // 12, (month - 1) % 12 + 1, 1, tzinfo=UTC)
    return int(begin.timestamp()) * 1_000_000
