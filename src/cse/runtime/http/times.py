"""Times as the API writes them: RFC 3339, UTC, six digits."""

from __future__ import annotations

import time
from functools import lru_cache


def format_time(time_us: int) -> str:
    """Such as `2026-01-31T12:00:00.000001Z` for microseconds since 1970."""
    seconds, micros = divmod(time_us, 1_000_000)
    return f"{_second(seconds)}.{micros:06d}Z"


@lru_cache(maxsize=4_096)
def _second(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(seconds))
