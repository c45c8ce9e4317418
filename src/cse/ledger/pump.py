"""Sends the outboxes' rows on to the leader, each source in its order.

A row may be sent twice, after a crash or an answer that was lost: the core takes every number once.
What came of it is noted by the follower, not here.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Final, Protocol

import psycopg
from psycopg_pool import PoolTimeout
from structlog.typing import FilteringBoundLogger

from cse.domain import codes
from cse.engine import wire
from cse.engine.models import Answer, EngineError
from cse.ledger.models import LedgerFailed
from cse.runtime.outbox import ENQUEUED, notices, sources, unanswered, woken
from cse.runtime.postgres import Pool

ROWS_A_LOOK: Final = 500
# Notices wake it; it looks on its own as well, for notices can be lost.
LOOK_S: Final = 1.0
RETRY_S: Final = 0.5


class Leader(Protocol):
    """Where commands are carried out."""

    async def submit(self, command: bytes, *, timeout_s: float = ...) -> Answer: ...


class Pump:
    """The one pump of an exchange."""

    def __init__(self, pool: Pool, leader: Leader, log: FilteringBoundLogger) -> None:
        self._pool = pool
        self._leader = leader
        self._log = log
        self._sent: dict[int, int] = {}
        self._wanted = asyncio.Event()

    async def run(self) -> None:
        """Pumps for ever; what fails is tried again.

        Raises:
            LedgerFailed: a row can never be taken, and all behind it wait.
        """
        assert isinstance(self._pool.conninfo, str)
        watch = asyncio.create_task(self._watch(notices(self._pool.conninfo, ENQUEUED)))
        try:
            while True:
                self._wanted.clear()
                await self._pump_all()
                await woken(self._wanted, LOOK_S)
        finally:
            watch.cancel()
            await asyncio.gather(watch, return_exceptions=True)

    async def _watch(self, enqueued: AsyncIterator[str]) -> None:
        async for _ in enqueued:
            self._wanted.set()

    async def _pump_all(self) -> None:
        """Sends what waits. Genesis is source 1, and until it is through no other has its turn."""
        try:
            async with self._pool.connection() as connection:
                found = await sources(connection)
            for source in found:
                while rows := await self._waiting(source):
                    for number, command in rows:
                        await self._send(source, number, command)
        except (EngineError, psycopg.OperationalError, PoolTimeout) as error:
            self._log.warning("outbox waits", error=str(error), kind=type(error).__name__)
            await asyncio.sleep(RETRY_S)
            self._wanted.set()

    async def _waiting(self, source: int) -> list[tuple[int, bytes]]:
        """Rows without an outcome, behind what was sent already."""
        async with self._pool.connection() as connection:
            return await unanswered(connection, source, self._sent.get(source, 0), ROWS_A_LOOK)

    async def _send(self, source: int, number: int, command: bytes) -> None:
        answer = await self._leader.submit(wire.FromOutbox(source, number).encode(command))
        kind, _, _ = wire.header_of(answer.events)
        if kind not in (wire.OutboxTaken.KIND, wire.OutboxRepeated.KIND):
            code = codes.BY_NUMBER.get(wire.CommandRejected.decode(answer.events).code)
            raise LedgerFailed(
                f"the core does not take row {number} of outbox {source}: {code.name if code else 'unknown'}"
            )
        self._sent[source] = number
