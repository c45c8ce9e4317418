"""Times of the wire."""

from __future__ import annotations

from datetime import datetime


def seconds_of(time: str) -> float:
    """An RFC 3339 time in seconds since 1970; 0 where it is none."""
    try:
        return datetime.fromisoformat(time).timestamp()
    except ValueError:
        return 0.0
