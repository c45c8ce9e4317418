"""Follows the event log into candles: every trade counts once, whatever crashes.

A process that is late, or one beside another, finds the position moved and writes nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import cache
from typing import Final

from prometheus_client import Counter
from structlog.typing import FilteringBoundLogger

from cse.marketdata.batch import Batch, Position
from cse.marketdata.store import Store
from cse.runtime.following import Feed, LogFollower, finish_writing
from cse.runtime.health import Health

# Candles are written this often while there are trades, and the bare position this often while there are
# none. A batch that is larger than this goes at once.
TRADES_AGE_S: Final = 0.1
POSITION_AGE_S: Final = 5.0
ROWS_MAX: Final = 20_000
GROUPS_MAX: Final = 500_000
GROUPS_A_READ: Final = 16_384
PAUSE_S: Final = 0.05


_trades = cache(lambda: Counter("cse_marketdata_trades", "Trades added to candles."))


class Follower(LogFollower[Store, Position]):
    """One room's candles. It raises `CandlesFailed`, or PostgreSQL's own errors, where going on would
    write what is not so.
    """

    def __init__(
        self, feed: Feed, connect: Callable[[], Store], health: Health, log: FilteringBoundLogger
    ) -> None:
        super().__init__("marketdata", feed, connect, Position(0, 0, 0), health, log)
        self._trades = _trades()
        # The highest sequence that somebody waits for.
        self._awaited = 0

    async def caught_up(self, sequence: int) -> None:
        """Returns once the trades up to `sequence` are in PostgreSQL; they are written at once."""
        self._awaited = max(self._awaited, sequence)
        await super().caught_up(sequence)

    async def _follow(self, store: Store) -> None:
        position, last_trades = await asyncio.to_thread(store.position)
        self._feed.check_position(position.sequence, position.chain)
        await self._move_to(position)
        self._log.info("marketdata follows", sequence=position.sequence)
        self._is_back()
        while True:
            batch = await self._gather(Batch(position, last_trades))
            await finish_writing(asyncio.create_task(asyncio.to_thread(store.write, batch)))
            position, last_trades = batch.after, batch.last_trades
            self._trades.inc(batch.trades)
            await self._move_to(position)

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
