"""Times as the API writes them: RFC 3339, UTC, six digits."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from functools import lru_cache
from typing import Final

from cse.domain import codes
from cse.domain.errors import CodedError

_TIME: Final = re.compile(
    r"(\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?([Zz]|[+-]\d\d:\d\d)", re.ASCII
)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


def format_time(time_us: int) -> str:
    """Such as `2026-01-31T12:00:00.000001Z` for microseconds since 1970."""
    seconds, micros = divmod(time_us, 1_000_000)
    return f"{_second(seconds)}.{micros:06d}Z"


@lru_cache(maxsize=4_096)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))


def parse_time(text: str, *, field: str) -> int:
    """Microseconds since 1970 of a time in RFC 3339, with up to six digits behind the second.

    Its year is one of 1 to 9999 in UTC too, so that whatever was read can be written.

    Raises:
        CodedError: `invalid_field`.
    """
    found = _TIME.fullmatch(text)
    try:
        if found is None:
            raise ValueError("it is not RFC 3339")
        second, micros, zone = found.groups("0")
        at = datetime.fromisoformat(f"{second}{'+00:00' if zone in 'Zz' else zone}").astimezone(UTC) - _EPOCH
    except (ValueError, OverflowError):
        reason = "expected a time such as 2026-01-31T12:00:00Z"
        raise CodedError(codes.INVALID_FIELD, field=field, reason=reason) from None
    return (at.days * 86_400 + at.seconds) * 1_000_000 + int(micros.ljust(6, "0"))
