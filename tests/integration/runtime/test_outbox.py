"""The outbox: numbers without gaps, and outcomes that wake who waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest
from psycopg.errors import InsufficientPrivilege

from cse.domain import codes
from cse.domain.digests import fnv_1a_64
from cse.domain.errors import CodedError
from cse.runtime import postgres
from cse.runtime.outbox import NotAnswered, Outcome, OutcomeWatch, Source, enqueue
from tests.postgres import ROLES, Database

pytestmark = pytest.mark.slow

TICK = bytes.fromhex("0201000008000000")


def note(
    database: Database, source: int, number: int, sequence: int, code: int = 0, command: bytes = TICK
) -> bool:
    """Notes an outcome as the ledger does; false when the row is another command."""
    values = (source, number, sequence, code, fnv_1a_64(command))
    with database.connect("cse_ledger") as connection:
        cursor = connection.execute("SELECT runtime.note_outcome(%s, %s, %s, %s, %s)", values)
        row = cursor.fetchone()
    assert row is not None
    return bool(row[0])


async def put(database: Database, source: Source, command: bytes = TICK) -> int:
    pool = postgres.pool(database.configuration, ROLES[source], size=1)
    async with pool, pool.connection() as connection:
        return await enqueue(connection, source, command)


async def test_numbers_stay_dense_whatever_is_rolled_back(database: Database) -> None:
    async with postgres.pool(database.configuration, "cse_accounts") as pool:

        async def one(index: int) -> None:
            async with pool.connection() as connection:
                await enqueue(connection, Source.ACCOUNTS, TICK)
                if index % 3 == 0:
                    await connection.rollback()

        await asyncio.gather(*(one(index) for index in range(30)))
    assert database.rows("SELECT number FROM runtime.outbox ORDER BY number") == [
        (number,) for number in range(1, 21)
    ]


async def test_sources_count_on_their_own(database: Database) -> None:
    assert await put(database, Source.ACCOUNTS) == 1
    assert await put(database, Source.FAUCET) == 1
    assert await put(database, Source.ACCOUNTS) == 2


@pytest.mark.parametrize(
    "command",
    [
        b"",
        b"short",
        TICK + b"x",
        TICK + TICK,
        bytes.fromhex("0201000010000000"),
        bytes.fromhex("020100000c00000000000000"),
        bytes.fromhex("0401000008000000"),
        bytes.fromhex("01010000e8030000") + bytes(992),
        bytes.fromhex("02010000f0030000") + bytes(1000),
    ],
)
async def test_what_would_hold_up_the_street_does_not_get_in(database: Database, command: bytes) -> None:
    async with postgres.pool(database.configuration, "cse_accounts") as pool, pool.connection() as connection:
        with pytest.raises(ValueError, match="not one command"):
            await enqueue(connection, Source.ACCOUNTS, command)


async def test_an_unknown_source_is_refused(database: Database) -> None:
    async with postgres.pool(database.configuration, "cse_accounts") as pool, pool.connection() as connection:
        with pytest.raises(InsufficientPrivilege, match="outbox 99 is not for cse_accounts"):
            await enqueue(connection, 99, TICK)


async def test_an_outcome_wakes_who_waits(database: Database) -> None:
    async with (
        postgres.pool(database.configuration, "cse_accounts") as pool,
        OutcomeWatch(pool) as watch,
    ):
        async with pool.connection() as connection:
            number = await enqueue(connection, Source.ACCOUNTS, TICK)
        first = asyncio.create_task(watch.outcome(Source.ACCOUNTS, number, 10))
        second = asyncio.create_task(watch.outcome(Source.ACCOUNTS, number, 10))
        await asyncio.sleep(0)
        await asyncio.to_thread(note, database, Source.ACCOUNTS, number, 41, 301)
        first_outcome, second_outcome = await asyncio.gather(first, second)
        assert first_outcome == second_outcome == Outcome(41, 301)


async def test_an_outcome_that_stays_away_says_so(database: Database) -> None:
    async with (
        postgres.pool(database.configuration, "cse_accounts") as pool,
        OutcomeWatch(pool) as watch,
    ):
        with pytest.raises(NotAnswered):
            await watch.outcome(Source.ACCOUNTS, 1, 0.05)


async def test_a_database_younger_than_the_journal_goes_on_behind_it(database: Database) -> None:
    assert await asyncio.to_thread(note, database, Source.FAUCET, 7, 1234)
    assert await put(database, Source.FAUCET) == 8


async def test_a_counter_goes_on_behind_what_was_taken_also_where_the_row_is_there(
    database: Database,
) -> None:
    number = await put(database, Source.FAUCET)
    database.change("UPDATE runtime.outbox_sources SET last_number = 0")
    assert await asyncio.to_thread(note, database, Source.FAUCET, number, 9)
    assert await put(database, Source.FAUCET) == number + 1


async def test_an_outcome_is_not_credited_to_another_command(database: Database) -> None:
    number = await put(database, Source.ACCOUNTS)
    taken = TICK + b"of another"
    assert not await asyncio.to_thread(note, database, Source.ACCOUNTS, number, 9, command=taken)
    assert database.rows("SELECT sequence, code, answered_at FROM runtime.outbox") == [(None, None, None)]
    assert await asyncio.to_thread(note, database, Source.ACCOUNTS, number, 9)
    # Nor is one that was found in the event log alone.
    assert await asyncio.to_thread(note, database, Source.ACCOUNTS, 7, 12, command=taken)
    assert not await asyncio.to_thread(note, database, Source.ACCOUNTS, 7, 13)
    assert await asyncio.to_thread(note, database, Source.ACCOUNTS, 7, 12, command=taken)
    found = database.rows("SELECT number, sequence FROM runtime.outbox ORDER BY number")
    assert found == [(number, 9), (7, 12)]


CLOSED = {
    "no ledger has caught up": "UPDATE runtime.outbox_gate SET opened_for = NULL",
    "another server, or this one before it restarted": "UPDATE runtime.outbox_gate SET opened_for = '1.5 ' "
    "|| split_part(opened_for, ' ', 2)",
    "another database": "UPDATE runtime.outbox_gate SET opened_for = split_part(opened_for, ' ', 1) || ' 1'",
}


@pytest.mark.parametrize("change", CLOSED.values(), ids=CLOSED.keys())
async def test_no_number_is_handed_out_before_the_ledger_has_caught_up(
    database: Database, change: str
) -> None:
    assert database.change(change) == 1
    with pytest.raises(CodedError) as refused:
        await put(database, Source.ACCOUNTS)
    assert refused.value.code == codes.UNAVAILABLE
    assert codes.UNAVAILABLE.retryable
    assert database.rows("SELECT max(last_number) FROM runtime.outbox_sources") == [(0,)]
    database.open_outbox()
    assert await put(database, Source.ACCOUNTS) == 1


async def test_a_new_database_hands_out_no_number(new_database: Callable[[], Database]) -> None:
    with pytest.raises(CodedError):
        await put(new_database(), Source.ACCOUNTS)
