"""Ids that PostgreSQL keeps: UUIDs of version 7, which rise with time."""

from __future__ import annotations

import secrets
import time
from uuid import UUID

_VERSION = 7
_VARIANT = 0b10


class RisingIds:
    """Ids of which each is above all that were made before it here, whatever the clock does.

    48 bits of milliseconds, 12 of their fraction, 62 of chance (RFC 9562, section 6.2, method 3).
    """

    def __init__(self) -> None:
        self._last = 0

    def new(self, time_ns: int) -> UUID:
        """An id of this time, or of the next moment after the last id's."""
        milliseconds, rest_ns = divmod(time_ns, 1_000_000)
        self._last = max(milliseconds << 12 | (rest_ns << 12) // 1_000_000, self._last + 1)
        head = self._last >> 12 << 16 | _VERSION << 12 | self._last & 0xFFF
        return UUID(int=head << 64 | _VARIANT << 62 | secrets.randbits(62))


_IDS = RisingIds()


def new_uuid() -> UUID:
    """An id of now, above all others of this process."""
    return _IDS.new(time.time_ns())
