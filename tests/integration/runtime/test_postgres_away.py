"""Connections while PostgreSQL goes away and comes back."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict
from psycopg_pool import PoolTimeout

from cse.domain.digests import fnv_1a_64
from cse.domain.errors import CodedError
from cse.runtime import outbox, postgres
from cse.runtime.configuration import Configuration
from cse.runtime.migrations import migrate
from cse.runtime.outbox import OPEN_OUTBOX, NotAnswered, OutcomeWatch, Source, enqueue
from cse.runtime.postgres_server import PostgresServer

TICK = bytes.fromhex("0201000008000000")


async def test_pools_are_warm_before_they_are_asked_and_nobody_waits_for_a_server_that_is_away(
    new_server: Callable[[], PostgresServer],
) -> None:
    server = new_server()
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(migrate, server.url)
    configuration = Configuration(server.cluster.parent)
    roles = ("cse_accounts", "cse_ledger")
    async with AsyncExitStack() as stack:
        pools = [await stack.enter_async_context(postgres.pool(configuration, role)) for role in roles]
        await postgres.warm(pools, 30)
        assert all(pool.get_stats()["pool_available"] for pool in pools)
    await asyncio.to_thread(server.stop)
    async with postgres.pool(configuration, "cse_accounts") as pool:
        await postgres.warm([pool], 0.05)
        assert pool.get_stats()["pool_available"] == 0
        await asyncio.to_thread(server.start)
        async with pool.connection(30) as connection:
            await connection.execute("SELECT 1")


async def test_of_many_connections_to_a_server_that_was_away_none_is_in_the_way(
    new_server: Callable[[], PostgresServer],
) -> None:
    server = new_server()
    await asyncio.to_thread(server.start)
    configuration = Configuration(server.cluster.parent)
    owner = str(conninfo_to_dict(server.url)["user"])
    async with postgres.pool(configuration, owner, size=8) as pool:
        async with AsyncExitStack() as stack:
            for _ in range(8):
                await stack.enter_async_context(pool.connection(30))
        await asyncio.to_thread(server.stop)
        await asyncio.to_thread(server.start)
        async with pool.connection(30) as connection:
            await connection.execute("SELECT 1")


async def test_a_pool_and_a_watch_outlive_a_restart(
    new_server: Callable[[], PostgresServer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "CONNECT_TIMEOUT_S", 1)
    monkeypatch.setattr(outbox, "RECONNECT_S", 0.05)
    server = new_server()
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(migrate, server.url)
    configuration = Configuration(server.cluster.parent)
    with postgres.connect(configuration, "cse_ledger") as ledger:
        ledger.execute(OPEN_OUTBOX)
    async with postgres.pool(configuration, "cse_accounts", size=2) as pool, OutcomeWatch(pool) as watch:
        async with pool.connection() as connection:
            number = await enqueue(connection, Source.ACCOUNTS, TICK)
        await asyncio.to_thread(server.stop)
        with pytest.raises((PoolTimeout, psycopg.OperationalError)):
            async with pool.connection() as connection:
                await connection.execute("SELECT 1")

        with pytest.raises(NotAnswered):
            await watch.outcome(Source.ACCOUNTS, number, 0.1)
        meanwhile = asyncio.create_task(watch.outcome(Source.ACCOUNTS, number, 60))
        waiting = asyncio.create_task(postgres.wait_for_postgres(configuration, "cse_accounts", 0.05))
        await asyncio.sleep(0.1)
        assert not waiting.done()
        await asyncio.to_thread(server.start)
        async with asyncio.timeout(30):
            await waiting
            outcome = asyncio.create_task(watch.outcome(Source.ACCOUNTS, number, 25))
            with postgres.connect(configuration, "cse_ledger") as ledger:
                digest = fnv_1a_64(TICK)
                ledger.execute("SELECT runtime.note_outcome(2, %s, 9, 0, %s)", (number, digest))
            assert (await outcome).sequence == 9
            # Who waited all the while is told of it too.
            assert (await meanwhile).sequence == 9
            # What the server knows may be older than before: the ledger has to look again.
            with pytest.raises(CodedError):
                async with pool.connection() as connection:
                    await enqueue(connection, Source.ACCOUNTS, TICK)
