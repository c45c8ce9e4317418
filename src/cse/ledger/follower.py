"""Follows the event log into PostgreSQL: every durable group once, whatever crashes.

While one batch is written, the next is gathered. Where a batch ended is in its own transaction, so
after any failure PostgreSQL itself says from where to go on.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

import psycopg
from prometheus_client import Counter, Gauge
from structlog.typing import FilteringBoundLogger

from cse.ledger.models import Position
from cse.ledger.position_file import PositionFile
from cse.ledger.projection import Batch, Projection
from cse.ledger.store import Store
from cse.runtime.health import Health

# A batch is written once it has this many rows or is this old; it is larger where the log is ahead.
ROWS: Final = 1_000
AGE_S: Final = 0.1
GROUPS_A_READ: Final = 4_096
RETRY_FIRST_S: Final = 0.1
RETRY_LAST_S: Final = 5.0
AWAY: Final = "PostgreSQL, which is away"

_ROWS_WRITTEN: Final = Counter("cse_ledger_rows", "Rows written to PostgreSQL.")
_POSITION: Final = Gauge("cse_ledger_sequence", "The last sequence in PostgreSQL.")
_LAG: Final = Gauge("cse_ledger_lag", "Commands that are durable and not yet in PostgreSQL.")


class Feed(Protocol):
    """The event log, up to the durable watermark."""

    @property
    def watermark(self) -> int: ...

    def check_position(self, sequence: int, chain: int) -> None: ...

    def read_bytes(self, after_sequence: int, limit: int = ...) -> bytes: ...


class Follower:
    """One ledger. `connect` opens the store; it fails while PostgreSQL is away."""

    def __init__(
        self,
        feed: Feed,
        connect: Callable[[], Store],
        position_file: PositionFile,
        health: Health,
        log: FilteringBoundLogger,
    ) -> None:
        self._feed = feed
        self._connect = connect
        self._position_file = position_file
        self._health = health
        self._log = log
        self._position = Position(0, 0, 0)
        self._moved = asyncio.Condition()

    @property
    def position(self) -> Position:
        """The last group that is known to be in PostgreSQL."""
        return self._position

    async def caught_up(self, sequence: int) -> None:
        """Returns once `sequence` is in PostgreSQL."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._position.sequence >= sequence)

    async def run(self) -> None:
        """Follows for ever; while PostgreSQL is away it tries again, ever less often.

        Raises:
            LedgerFailed, PositionLost, JournalDamaged: going on would write what is not so.
        """
        retry_s = RETRY_FIRST_S
        waited_for = self._health.waiting_for
        while True:
            began = time.monotonic()
            try:
                await self._follow(waited_for)
            except psycopg.OperationalError as error:
                if self._health.waiting_for != AWAY:
                    waited_for = self._health.waiting_for
                self._health.waiting_for = AWAY
                if time.monotonic() - began > RETRY_LAST_S:
                    retry_s = RETRY_FIRST_S
                self._log.warning("postgresql is away", error=str(error), retry_s=retry_s)
                await asyncio.sleep(retry_s)
                retry_s = min(2 * retry_s, RETRY_LAST_S)

    async def _follow(self, waited_for: str | None) -> None:
        with await asyncio.to_thread(self._connect) as store:
            position = await asyncio.to_thread(store.position)
            self._feed.check_position(position.sequence, position.chain)
            projection = Projection(position, await asyncio.to_thread(store.markets))
            await self._note(position)
            self._log.info("ledger follows", epoch=position.epoch, sequence=position.sequence)
            if self._health.waiting_for == AWAY:
                self._health.waiting_for = waited_for
            gathering = asyncio.create_task(self._gather(projection))
            try:
                while True:
                    writing = asyncio.create_task(self._write(store, await gathering))
                    gathering = asyncio.create_task(self._gather(projection))
                    try:
                        await asyncio.shield(writing)
                    finally:
                        # The thread cannot be stopped, and a batch on its way is welcome.
                        await asyncio.wait([writing])
            finally:
                gathering.cancel()
                await asyncio.gather(gathering, return_exceptions=True)

    async def _gather(self, projection: Projection) -> Batch:
        """The next rows; it waits until there are some.

        A batch with an outcome goes at once, for somebody waits for it.
        """
        batch = projection.begin()
        began = time.monotonic()
        pause_s = 0.002
        while True:
            groups = self._feed.read_bytes(batch.after.sequence, GROUPS_A_READ)
            if groups:
                projection.add(batch, groups)
                if batch.rows >= ROWS or batch.outcomes:
                    return batch
            if not batch.groups:
                began = time.monotonic()
            elif time.monotonic() - began >= AGE_S:
                return batch
            if not groups:
                await asyncio.sleep(pause_s)
                pause_s = min(2 * pause_s, 0.02)

    async def _write(self, store: Store, batch: Batch) -> None:
        await asyncio.to_thread(store.write, batch)
        _ROWS_WRITTEN.inc(batch.rows)
        await self._note(batch.after)

    async def _note(self, position: Position) -> None:
        """Tells what has been committed, here and to the replica."""
        self._position_file.write(position.sequence)
        _POSITION.set(position.sequence)
        _LAG.set(max(self._feed.watermark - position.sequence, 0))
        async with self._moved:
            self._position = position
            self._moved.notify_all()
