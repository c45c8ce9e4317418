"""The pump: every row of an outbox reaches the core once, in its order, whatever fails."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import pytest
import structlog

from cse.domain import codes
from cse.engine import wire
from cse.engine.models import Answer, EngineRefused, OutcomeUnknown, Unavailable
from cse.ledger import pump as pump_module
from cse.ledger.genesis import enqueue_genesis, genesis
from cse.ledger.models import LedgerFailed
from cse.ledger.pump import Pump
from cse.runtime import postgres
from cse.runtime.outbox import Source, enqueue
from tests.postgres import ROLES, Database
from tests.reference.exchange import ReferenceExchange

pytestmark = pytest.mark.slow

TICK = wire.Tick().encode()


@dataclass
class FaultyLeader:
    """The reference core behind a connection that fails as `faults` say, one call each."""

    faults: list[Exception | None] = field(default_factory=list)
    core: ReferenceExchange = field(default_factory=ReferenceExchange)
    taken: list[tuple[int, int]] = field(default_factory=list)
    calls: int = 0

    async def submit(self, command: bytes, *, timeout_s: float = 5.0) -> Answer:
        await asyncio.sleep(0)
        self.calls += 1
        fault = self.faults.pop(0) if self.faults else None
        if fault is not None and not isinstance(fault, OutcomeUnknown):
            raise fault
        sequence = self.core.state.sequence + 1
        events = bytes(wire.Group.tail(self.core.apply(sequence, 0, command)))
        if wire.header_of(events)[0] == wire.OutboxTaken.KIND:
            taken = wire.OutboxTaken.decode(events)
            self.taken.append((taken.source, taken.number))
        if fault is not None:
            raise fault
        return Answer(1, sequence, 0, events)


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pump_module, "RETRY_S", 0.01)


@asynccontextmanager
async def pumping(database: Database, leader: FaultyLeader) -> AsyncIterator[None]:
    async with postgres.pool(database.configuration, "cse_ledger", size=4) as pool:
        running = asyncio.create_task(Pump(pool, leader, structlog.get_logger()).run())
        try:
            yield
        finally:
            running.cancel()
            await asyncio.gather(running, return_exceptions=True)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not condition():
            await asyncio.sleep(0.01)


async def put(database: Database, source: Source, count: int) -> None:
    pool = postgres.pool(database.configuration, ROLES[source], size=1)
    async with pool, pool.connection() as connection:
        for _ in range(count):
            await enqueue(connection, source, TICK)


async def test_rows_arrive_in_their_order(database: Database) -> None:
    leader = FaultyLeader()
    async with pumping(database, leader):
        await asyncio.gather(*(put(database, source, 20) for source in (Source.FAUCET, Source.ACCOUNTS)))
        await until(lambda: len(leader.taken) == 40)
    for source in (Source.FAUCET, Source.ACCOUNTS):
        assert [number for by, number in leader.taken if by == source] == list(range(1, 21))
    assert leader.calls == 40


@pytest.mark.parametrize(
    "fault",
    [
        Unavailable("away"),
        EngineRefused(codes.OVERLOADED.number),
        EngineRefused(codes.STORAGE_LOW.number),
        OutcomeUnknown("the answer was lost"),
    ],
)
async def test_a_failure_is_tried_again_and_has_one_effect(database: Database, fault: Exception) -> None:
    leader = FaultyLeader([None, fault, None, fault, fault])
    async with pumping(database, leader):
        await put(database, Source.ADMIN, 6)
        await until(lambda: len(leader.taken) == 6)
    assert leader.taken == [(Source.ADMIN, number) for number in range(1, 7)]
    assert leader.core.state.outboxes == {Source.ADMIN: 6}


async def test_a_pump_that_starts_anew_repeats_harmlessly(database: Database) -> None:
    leader = FaultyLeader()

    async def pump_until(calls: int) -> None:
        async with pumping(database, leader):
            await until(lambda: leader.calls >= calls)

    await put(database, Source.ADMIN, 3)
    await pump_until(3)
    await pump_until(6)
    assert leader.calls == 6
    assert len(leader.taken) == 3


async def test_genesis_goes_before_everything_else(database: Database) -> None:
    leader = FaultyLeader([None, None, Unavailable("away")])
    async with postgres.pool(database.configuration, "cse_ledger") as pool:
        await put(database, Source.ACCOUNTS, 3)
        await enqueue_genesis(pool, demo=True)
        assert await enqueue_genesis(pool, demo=True) == len(genesis(demo=True))
    async with pumping(database, leader):
        await until(lambda: len(leader.taken) == len(genesis(demo=True)) + 3)
    sources = [source for source, _ in leader.taken]
    assert sources == [Source.GENESIS] * len(genesis(demo=True)) + [Source.ACCOUNTS] * 3


async def test_a_gap_stops_it(database: Database) -> None:
    """The journal has lost what PostgreSQL knows to be taken: a person must look."""
    leader = FaultyLeader()
    with database.connect("cse_ledger") as connection:
        connection.execute("SELECT runtime.note_outcome(4, 7, 100, 0, 1)")
    await put(database, Source.ADMIN, 1)
    async with postgres.pool(database.configuration, "cse_ledger") as pool:
        with pytest.raises(LedgerFailed, match="row 8 of outbox 4: outbox_gap"):
            async with asyncio.timeout(20):
                await Pump(pool, leader, structlog.get_logger()).run()
