"""Following the event log into PostgreSQL: what everything that does has in common.

Where a batch ended is in its own transaction, so after any failure PostgreSQL itself says from where to
go on.
"""

from __future__ import annotations

import asyncio
import time
from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cache
from typing import Final, Generic, Protocol, TypeVar

import psycopg
from prometheus_client import Gauge
from structlog.typing import FilteringBoundLogger

from cse.runtime.health import Health

RETRY_FIRST_S: Final = 0.1
RETRY_LAST_S: Final = 5.0
AWAY: Final = "PostgreSQL, which is away"


class Feed(Protocol):
    """The event log, up to the durable watermark."""

    @property
    def watermark(self) -> int: ...

    def check_position(self, sequence: int, chain: int) -> None: ...

    def read_bytes(self, after_sequence: int, limit: int = ...) -> bytes: ...


class Place(Protocol):
    """A place in the event log."""

    @property
    def sequence(self) -> int: ...


StoreT = TypeVar("StoreT")
PositionT = TypeVar("PositionT", bound=Place)


class Progress:
    """What a process tells of how far a room's follower is."""

    def __init__(self, room: str) -> None:
        self.sequence = Gauge(f"cse_{room}_sequence", "The last sequence that is in PostgreSQL.")
        self.lag = Gauge(f"cse_{room}_lag", "Commands that are durable and not yet in PostgreSQL.")


# Made where a follower is, and not where its module is read: other processes would tell of one at 0.
_progress = cache(Progress)


class LogFollower(ABC, Generic[StoreT, PositionT]):
    """One of a `room`. `connect` opens the store; it fails while PostgreSQL is away. `position` is where
    nothing is.
    """

    def __init__(
        self,
        room: str,
        feed: Feed,
        connect: Callable[[], AbstractContextManager[StoreT]],
        position: PositionT,
        health: Health,
        log: FilteringBoundLogger,
    ) -> None:
        self._progress = _progress(room)
        self._feed = feed
        self._connect = connect
        self._position = position
        self._health = health
        self._log = log
        self._moved = asyncio.Condition()
        # What the process waits for, as long as PostgreSQL is there.
        self._waited_for: str | None = None

    @property
    def position(self) -> PositionT:
        """The last group that is known to be in PostgreSQL."""
        return self._position

    async def caught_up(self, sequence: int) -> None:
        """Returns once `sequence` is in PostgreSQL."""
        async with self._moved:
            await self._moved.wait_for(lambda: self._position.sequence >= sequence)

    async def run(self) -> None:
        """Follows for ever; while PostgreSQL is away it tries again, ever less often.

        Raises:
            PositionLost, JournalDamaged: going on would write what is not so; and what the room has to
                say of that.
        """
        retry_s = RETRY_FIRST_S
        self._waited_for = self._health.waiting_for
        while True:
            began = time.monotonic()
            try:
                with await asyncio.to_thread(self._connect) as store:
                    await self._follow(store)
            except psycopg.OperationalError as error:
                if self._health.waiting_for != AWAY:
                    self._waited_for = self._health.waiting_for
                self._health.waiting_for = AWAY
                if time.monotonic() - began > RETRY_LAST_S:
                    retry_s = RETRY_FIRST_S
                self._log.warning("postgresql is away", error=str(error), retry_s=retry_s)
                await asyncio.sleep(retry_s)
                retry_s = min(2 * retry_s, RETRY_LAST_S)

    @abstractmethod
    async def _follow(self, store: StoreT) -> None:
        """Follows from where the store is, for ever or until something fails."""

    def _is_back(self) -> None:
        """Takes note that PostgreSQL is there again, and has said where it is."""
        if self._health.waiting_for == AWAY:
            self._health.waiting_for = self._waited_for

    async def _move_to(self, position: PositionT) -> None:
        """Tells whoever waits what has been committed, and whoever looks how far that is."""
        self._progress.sequence.set(position.sequence)
        self._progress.lag.set(max(self._feed.watermark - position.sequence, 0))
        async with self._moved:
            self._position = position
            self._moved.notify_all()


async def finish_writing(writing: asyncio.Task[None]) -> None:
    """Returns once a batch on its way is written; not before, even where the follower is stopped.

    The thread cannot be, and such a batch is welcome.
    """
    try:
        await asyncio.shield(writing)
    finally:
        await asyncio.wait([writing])
