"""Ids that PostgreSQL keeps: UUIDs of version 7, which rise with time."""

from __future__ import annotations

import secrets
import time
from uuid import UUID


def new_uuid() -> UUID:
    """48 bits of milliseconds, then 74 random ones (RFC 9562)."""
    milliseconds = time.time_ns() // 1_000_000
    value = milliseconds << 80 | secrets.randbits(80)
    value = value & ~(0xF000 << 64) | 0x7000 << 64
    value = value & ~(0xC000 << 48) | 0x8000 << 48
    return UUID(int=value)
