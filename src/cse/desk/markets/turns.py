"""Turns of whoever changes a part of what a market has: one at a time, at the desk and at the machine."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from cse.runtime.postgres import Connected

# PostgreSQL's lock. It is the session's, so that it outlasts the commit which hands the change to the core.
_TURNS: Final = 7_500


@asynccontextmanager
async def turn(connection: Connected) -> AsyncIterator[None]:
    """Waits for one's turn, and ends it with what is not committed undone."""
    await connection.execute("SELECT pg_advisory_lock(%s)", (_TURNS,))
    try:
        yield
    finally:
        await connection.rollback()
        await connection.execute("SELECT pg_advisory_unlock(%s)", (_TURNS,))
