"""Follows the event log into PostgreSQL: every durable group once, whatever crashes.

While one batch is written, the next is gathered.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from functools import cache
from typing import Final

from prometheus_client import Counter
from structlog.typing import FilteringBoundLogger

from cse.ledger.batch import Batch
from cse.ledger.models import Position
from cse.ledger.position_file import PositionFile
from cse.ledger.projection import Projection
from cse.ledger.store import Store
from cse.runtime.following import Feed, LogFollower, finish_writing
from cse.runtime.health import Health

# A batch is due once it has this many rows or is this old. While the one before is still being
# written it grows on, up to a bound: the further the log is ahead, the fewer transactions.
ROWS: Final = 1_000
ROWS_MAX: Final = 20_000
AGE_S: Final = 0.1
PAUSE_S: Final = 0.02
GROUPS_A_READ: Final = 4_096
LOOK_S: Final = 1.0


_rows_written = cache(lambda: Counter("cse_ledger_rows", "Rows written to PostgreSQL."))


class Follower(LogFollower[Store, Position]):
    """One ledger. It raises `LedgerFailed` where going on would write what is not so."""

    def __init__(
        self,
        feed: Feed,
        connect: Callable[[], Store],
        position_file: PositionFile,
        health: Health,
        log: FilteringBoundLogger,
    ) -> None:
        super().__init__("ledger", feed, connect, Position(0, 0, 0), health, log)
        self._position_file = position_file
        self._rows_written = _rows_written()
        self._idle = asyncio.Event()
        self._idle.set()
        # Where the log stood when the store was opened; at or behind it rooms may enqueue.
        self._opens_at = 0
        self._outbox_is_open = False

    async def outbox_opened(self) -> None:
        """Returns once PostgreSQL has all that was durable when the store was opened."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._outbox_is_open)

    async def _follow(self, store: Store) -> None:
        self._outbox_is_open = False
        await asyncio.to_thread(store.close_outbox)
        self._opens_at = self._feed.watermark
        position = await asyncio.to_thread(store.position)
        self._feed.check_position(position.sequence, position.chain)
        projection = Projection(position, await asyncio.to_thread(store.markets))
        await self._note(store, position)
        self._log.info("ledger follows", epoch=position.epoch, sequence=position.sequence)
        self._is_back()
        gathering = asyncio.create_task(self._gather(projection))
        try:
            while True:
                batch = await _gathered(gathering, store)
                writing = asyncio.create_task(self._write(store, batch))
                gathering = asyncio.create_task(self._gather(projection))
                await finish_writing(writing)
        finally:
            gathering.cancel()
            await asyncio.gather(gathering, return_exceptions=True)

    async def _gather(self, projection: Projection) -> Batch:
        """The next rows; it waits until there are some.

        A batch with an outcome goes at once, for somebody waits for it.
        """
        batch = projection.begin()
        began = time.monotonic()
        pause_s = 0.0
        while True:
            groups = b""
            if batch.rows < ROWS_MAX:
                groups = self._feed.read_bytes(batch.after.sequence, GROUPS_A_READ)
                projection.add(batch, groups)
            if not batch.groups:
                began = time.monotonic()
            elif self._idle.is_set() and _due(batch, time.monotonic() - began):
                return batch
            # Without a pause while there is more to read; then ever longer ones, but short.
            pause_s = 0.0 if groups else min(2 * pause_s + 0.001, PAUSE_S)
            if self._idle.is_set() or not pause_s:
                await asyncio.sleep(pause_s)
            else:
                await self._written(pause_s)

    async def _write(self, store: Store, batch: Batch) -> None:
        self._idle.clear()
        try:
            await asyncio.to_thread(store.write, batch)
        finally:
            self._idle.set()
        self._rows_written.inc(batch.rows)
        await self._note(store, batch.after)

    async def _written(self, timeout_s: float) -> None:
        """Returns when the batch on its way is written, or time is up."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(timeout_s):
                await self._idle.wait()

    async def _note(self, store: Store, position: Position) -> None:
        """Tells what has been committed, here, to the replica, and to those who enqueue."""
        if not self._outbox_is_open and position.sequence >= self._opens_at:
            await asyncio.to_thread(store.open_outbox)
            self._outbox_is_open = True
        self._position_file.write(position.sequence)
        await self._move_to(position)


async def _gathered(gathering: asyncio.Task[Batch], store: Store) -> Batch:
    """The next batch. While none comes the connection is tried now and then: a server that restarts
    lets nobody enqueue before the ledger has looked at it anew, and then there would never be one.
    """
    while not gathering.done():
        await asyncio.wait([gathering], timeout=LOOK_S)
        if not gathering.done():
            await asyncio.to_thread(store.try_connection)
    return gathering.result()


def _due(batch: Batch, age_s: float) -> bool:
    return batch.rows >= ROWS or bool(batch.outcomes) or age_s >= AGE_S
