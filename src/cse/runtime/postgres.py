"""Connections to PostgreSQL, each as the role of one room.

A role sees its room's schema and what another has granted to it, and nothing else. On the embedded
server a room signs in as its role; elsewhere the user of DATABASE_URL, who must be a member of the
roles, takes the role on as the connection is made.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable
from typing import Any, Final, TypeAlias

import psycopg
from psycopg import AsyncConnection, Connection
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from psycopg_pool import AsyncConnectionPool, PoolTimeout

from cse.runtime.configuration import Configuration
from cse.runtime.postgres_server import PostgresServer, socket_directory

CONNECT_TIMEOUT_S: Final = 5
# A pool that loses the server tries ever less often for so long and then gives up until somebody asks
# again. Kept short, so that it is back as soon as the server is.
RECONNECT_TIMEOUT_S: Final = 2

SyncConnection: TypeAlias = "Connection[tuple[Any, ...]]"
Connected: TypeAlias = "AsyncConnection[tuple[Any, ...]]"
Pool: TypeAlias = "AsyncConnectionPool[AsyncConnection[tuple[Any, ...]]]"


def owner_url(configuration: Configuration) -> str:
    """Where the owner of all schemas signs in: for migrations and repairs, never for a service."""
    if configuration.database_url is not None:
        return configuration.database_url
    return _server(configuration).url


def conninfo(configuration: Configuration, role: str, **settings: str) -> str:
    """How to connect as `role`, with `settings` of the server for this connection."""
    if configuration.database_url is None:
        return _conninfo(_server(configuration).url, {"user": role}, settings)
    return _conninfo(configuration.database_url, {}, {"role": role, **settings})


def connect(configuration: Configuration, role: str, **settings: str) -> SyncConnection:
    """One connection that blocks, for a thread of its own."""
    return psycopg.connect(conninfo(configuration, role, **settings))


def pool(configuration: Configuration, role: str, *, size: int = 8, **settings: str) -> Pool:
    """A pool of up to `size` connections, still closed: enter it with `async with`.

    A connection is tested before it is handed out, so that a server that was away does no harm
    beyond the requests of that time. Where one is broken, all that wait beside it are looked at: one
    after the other, with ever longer pauses, would take longer than a request waits.
    """

    async def check(connection: Connected) -> None:
        try:
            await AsyncConnectionPool.check_connection(connection)
        except psycopg.Error:
            await made.check()
            raise

    made: Pool = AsyncConnectionPool(
        conninfo(configuration, role, **settings),
        min_size=1,
        max_size=size,
        timeout=CONNECT_TIMEOUT_S,
        reconnect_timeout=RECONNECT_TIMEOUT_S,
        check=check,
        name=role,
        open=False,
    )
    return made


async def warm(pools: Iterable[Pool], timeout_s: float) -> None:
    """Returns once each of the pools has made a connection, and after `timeout_s` in any case.

    So the first request of a new process finds one, also on a machine that is slow to sign it in.
    """
    await asyncio.gather(*(_warm(one, timeout_s) for one in pools))


async def _warm(one: Pool, timeout_s: float) -> None:
    with contextlib.suppress(PoolTimeout):
        async with one.connection(timeout_s):
            pass


async def wait_for_postgres(configuration: Configuration, role: str, pause_s: float = 0.2) -> None:
    """Returns once PostgreSQL lets `role` in; it waits for as long as that takes."""
    while True:
        try:
            connection = await AsyncConnection.connect(conninfo(configuration, role))
        except psycopg.OperationalError:
            await asyncio.sleep(pause_s)
        else:
            await connection.close()
            return


def _server(configuration: Configuration) -> PostgresServer:
    return PostgresServer(
        configuration.data / "postgres",
        socket_directory(configuration.run),
        configuration.postgres_port,
    )


def _conninfo(url: str, changed: dict[str, str], settings: dict[str, str]) -> str:
    found = conninfo_to_dict(url)
    options = [str(found["options"])] if found.get("options") else []
    options += [f"-c {name}={value}" for name, value in settings.items()]
    found.update(changed, connect_timeout=CONNECT_TIMEOUT_S)
    if options:
        found["options"] = " ".join(options)
    return make_conninfo("", **found)
