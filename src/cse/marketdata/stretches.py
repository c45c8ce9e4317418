"""Which candles a query asks for."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.intervals import Interval, parse_interval
from cse.runtime.http.query import read_cursor
from cse.runtime.http.times import parse_time


class Asked(Protocol):
    """A query of candles, or of what is computed over them."""

    @property
    def interval(self) -> str: ...

    @property
    def from_(self) -> str | None: ...

    @property
    def to(self) -> str | None: ...

    @property
    def cursor(self) -> str | None: ...


class Stretch(NamedTuple):
    """Candles that start in [from, to); with neither the newest ones."""

    interval: Interval
    from_us: int | None
    to_us: int | None


def stretch_of(query: Asked) -> Stretch:
    """The stretch of a query, beginning where the page before it ended.

    Raises:
        CodedError: `missing_field`, `interval_unknown`, `invalid_field`, `invalid_cursor`.
    """
    if not query.interval:
        raise CodedError(codes.MISSING_FIELD, field="interval")
    interval = parse_interval(query.interval)
    from_us = None if query.from_ is None else parse_time(query.from_, field="from")
    to_us = None if query.to is None else parse_time(query.to, field="to")
    if query.cursor is not None:
        (at_us,) = read_cursor(query.cursor, 1)
        from_us, to_us = (None, at_us) if from_us is None else (at_us, to_us)
    return Stretch(interval, from_us, to_us)
