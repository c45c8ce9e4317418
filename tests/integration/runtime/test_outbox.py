"""The outbox: numbers without gaps, and outcomes that wake who waits."""

from __future__ import annotations

import asyncio

import psycopg
import pytest

from cse.runtime import postgres
from cse.runtime.outbox import NotAnswered, Outcome, OutcomeWatch, Source, enqueue
from tests.postgres import Database

pytestmark = pytest.mark.slow

TICK = bytes.fromhex("0201000008000000")


def note(database: Database, source: int, number: int, sequence: int, code: int = 0) -> None:
    with database.connect("cse_ledger") as connection:
        connection.execute("SELECT runtime.note_outcome(%s, %s, %s, %s)", (source, number, sequence, code))


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
    async with postgres.pool(database.configuration, "cse_accounts") as pool, pool.connection() as connection:
        assert await enqueue(connection, Source.ACCOUNTS, TICK) == 1
        assert await enqueue(connection, Source.FAUCET, TICK) == 1
        assert await enqueue(connection, Source.ACCOUNTS, TICK) == 2


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
        with pytest.raises(psycopg.Error, match="no outbox 99"):
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
        assert await asyncio.gather(first, second) == [Outcome(41, 301)] * 2


async def test_an_outcome_that_stays_away_says_so(database: Database) -> None:
    async with (
        postgres.pool(database.configuration, "cse_accounts") as pool,
        OutcomeWatch(pool) as watch,
    ):
        with pytest.raises(NotAnswered):
            await watch.outcome(Source.ACCOUNTS, 1, 0.05)


async def test_a_database_younger_than_the_journal_goes_on_behind_it(database: Database) -> None:
    await asyncio.to_thread(note, database, Source.FAUCET, 7, 1234)
    async with postgres.pool(database.configuration, "cse_accounts") as pool, pool.connection() as connection:
        assert await enqueue(connection, Source.FAUCET, TICK) == 8
