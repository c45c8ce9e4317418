"""When keys were last used: to the minute, and written now and then instead of with each request."""

from __future__ import annotations

import asyncio
import contextlib
from typing import Final
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.api_keys import store
from cse.accounts.api_keys.models import Use
from cse.runtime.postgres import Pool

_MINUTE_S: Final = 60
_PAUSE_S: Final = 5


class KeyUses:
    """Gathers what one process sees."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._latest: dict[UUID, Use] = {}
        self._unwritten: set[UUID] = set()

    def note(self, key: UUID, now_us: int, address: str) -> None:
        """A key was used; the first use within a minute counts."""
        at_s = now_us // 1_000_000 // _MINUTE_S * _MINUTE_S
        latest = self._latest.get(key)
        if latest is None or latest.at_s < at_s:
            self._latest[key] = Use(key, at_s, address)
            self._unwritten.add(key)

    async def run(self) -> None:
        """Writes now and then until cancelled, and once more at the end."""
        try:
            while True:
                await asyncio.sleep(_PAUSE_S)
                await self._try_to_write()
        finally:
            await self._try_to_write()

    async def _try_to_write(self) -> None:
        with contextlib.suppress(psycopg.Error, PoolTimeout):
            await self.write()

    async def write(self) -> None:
        """Writes what is new; what cannot be written is kept for the next time."""
        unwritten, self._unwritten = self._unwritten, set()
        if not unwritten:
            return
        try:
            async with self._pool.connection() as connection:
                await store.note_uses(connection, [self._latest[key] for key in sorted(unwritten)])
        except BaseException:
            self._unwritten |= unwritten
            raise
        # An entry of an earlier minute says nothing any more.
        newest_s = max(use.at_s for use in self._latest.values())
        self._latest = {
            key: use for key, use in self._latest.items() if use.at_s == newest_s or key in self._unwritten
        }
