"""Follows the event log into candles: every trade counts once, whatever crashes.

Where a batch ended is in its own transaction, so after any failure PostgreSQL itself says from where to
go on. A process that is late, or one beside another, finds the position moved and writes nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Final, Protocol

import psycopg
from prometheus_client import Counter, Gauge
from structlog.typing import FilteringBoundLogger

from cse.marketdata.batch import Batch, Position
from cse.marketdata.store import Store
from cse.runtime.health import Health

# Candles are written this often while there are trades, and the bare position this often while there are
# none. A batch that is larger than this goes at once.
TRADES_AGE_S: Final = 0.1
POSITION_AGE_S: Final = 5.0
ROWS_MAX: Final = 20_000
GROUPS_MAX: Final = 500_000
GROUPS_A_READ: Final = 16_384
PAUSE_S: Final = 0.05
RETRY_FIRST_S: Final = 0.1
RETRY_LAST_S: Final = 5.0
AWAY: Final = "PostgreSQL, which is away"

_TRADES: Final = Counter("cse_marketdata_trades", "Trades added to candles.")
_POSITION: Final = Gauge("cse_marketdata_sequence", "The last sequence whose trades are in candles.")
_LAG: Final = Gauge("cse_marketdata_lag", "Commands that are durable and not yet looked at.")


class Feed(Protocol):
    """The event log, up to the durable watermark."""

    @property
    def watermark(self) -> int: ...

    def check_position(self, sequence: int, chain: int) -> None: ...

    def read_bytes(self, after_sequence: int, limit: int = ...) -> bytes: ...


class Follower:
    """`connect` opens the store; it fails while PostgreSQL is away."""

    def __init__(
        self, feed: Feed, connect: Callable[[], Store], health: Health, log: FilteringBoundLogger
    ) -> None:
        self._feed = feed
        self._connect = connect
        self._health = health
        self._log = log
        self._position = Position(0, 0, 0)
        self._moved = asyncio.Condition()
        # The highest sequence that somebody waits for.
        self._awaited = 0

    @property
    def position(self) -> Position:
        """The last group whose trades are known to be in PostgreSQL."""
        return self._position

    async def caught_up(self, sequence: int) -> None:
        """Returns once the trades up to `sequence` are in PostgreSQL."""
        self._awaited = max(self._awaited, sequence)
        async with self._moved:
            await self._moved.wait_for(lambda: self._position.sequence >= sequence)

    async def run(self) -> None:
        """Follows for ever; while PostgreSQL is away it tries again, ever less often.

        Raises:
            CandlesFailed, PositionLost, JournalDamaged, psycopg.Error: going on would write what is not
                so.
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
            position, last_trades = await asyncio.to_thread(store.position)
            self._feed.check_position(position.sequence, position.chain)
            await self._note(position)
            self._log.info("marketdata follows", sequence=position.sequence)
            if self._health.waiting_for == AWAY:
                self._health.waiting_for = waited_for
            while True:
                batch = await self._gather(Batch(position, last_trades))
                # The thread cannot be stopped, and a batch on its way is welcome.
                writing = asyncio.create_task(asyncio.to_thread(store.write, batch))
                try:
                    await asyncio.shield(writing)
                finally:
                    await asyncio.wait([writing])
                position, last_trades = batch.after, batch.last_trades
                _TRADES.inc(batch.trades)
                await self._note(position)

    async def _gather(self, batch: Batch) -> Batch:
        """Fills a batch until it is due; it waits until there is something."""
        began = time.monotonic()
        while True:
            is_behind = self._feed.watermark > batch.after.sequence
            if is_behind:
                await asyncio.to_thread(self._read, batch)
            if not batch.groups:
                began = time.monotonic()
            elif self._is_due(batch, time.monotonic() - began):
                return batch
            if not is_behind:
                await asyncio.sleep(PAUSE_S)

    def _read(self, batch: Batch) -> None:
        batch.add(self._feed.read_bytes(batch.after.sequence, GROUPS_A_READ))

    def _is_due(self, batch: Batch, age_s: float) -> bool:
        if batch.rows >= ROWS_MAX or batch.groups >= GROUPS_MAX:
            return True
        if batch.before.sequence < self._awaited <= batch.after.sequence:
            return True
        return age_s >= (TRADES_AGE_S if batch.rows else POSITION_AGE_S)

    async def _note(self, position: Position) -> None:
        """Tells what has been committed."""
        _POSITION.set(position.sequence)
        _LAG.set(max(self._feed.watermark - position.sequence, 0))
        async with self._moved:
            self._position = position
            self._moved.notify_all()
