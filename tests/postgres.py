"""A real PostgreSQL for tests: one server a session, one fresh database a test."""

from __future__ import annotations

import itertools
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest

from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.migrations import migrate
from cse.runtime.outbox import OPEN_OUTBOX, Source
from cse.runtime.postgres_server import DATABASE, PostgresServer

# Who may enqueue in which outbox.
ROLES: Final = {
    Source.GENESIS: "cse_ledger",
    Source.ACCOUNTS: "cse_accounts",
    Source.FAUCET: "cse_faucet",
    Source.ADMIN: "cse_runtime",
    Source.DESK: "cse_desk",
}

# Hundreds of databases are made and dropped, and none is to outlive the machine: on a disk that costs ten
# times what it does in memory, where there is room for it.
MEMORY: Final = Path("/dev/shm")
MEMORY_MIN: Final = 4 << 30

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Database:
    """One migrated database with nothing in it, and the configuration that leads to it."""

    url: str
    configuration: Configuration

    def connect(self, role: str) -> psycopg.Connection[tuple[Any, ...]]:
        """A connection as a room's role."""
        return postgres.connect(self.configuration, role)

    def open_outbox(self) -> None:
        """Says what the ledger says once it has caught up."""
        with self.connect("cse_ledger") as connection:
            connection.execute(OPEN_OUTBOX)

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        """What a query of the owner's returns."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(query.encode(), parameters).fetchall()

    def change(self, statement: str, *parameters: object) -> int:
        """What only the owner may do; returns how many rows it touched."""
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement.encode(), parameters).rowcount


@pytest.fixture(scope="session")
def new_server() -> Iterator[Callable[[], PostgresServer]]:
    """Makes servers, each in a directory of its own; they are stopped when the session ends.

    PostgreSQL refuses root, so as root the servers run as `nobody`, whose directories cannot stand
    below pytest's own.
    """
    made: list[PostgresServer] = []

    def new() -> PostgresServer:
        data = Path(tempfile.mkdtemp(prefix="cse-postgres-", dir=_directory()))
        user = "nobody" if os.geteuid() == 0 else None
        if user is not None:
            shutil.chown(data, user)
        made.append(PostgresServer.of(data, user=user))
        return made[-1]

    yield new
    for server in made:
        server.stop()
        shutil.rmtree(server.cluster.parent)


def _directory() -> Path | None:
    """Where the servers' directories are made; None is the place of all temporary files."""
    roomy = MEMORY.is_dir() and shutil.disk_usage(MEMORY).free >= MEMORY_MIN
    return MEMORY if roomy and os.access(MEMORY, os.W_OK) else None


@pytest.fixture(scope="session")
def postgres_server(new_server: Callable[[], PostgresServer]) -> PostgresServer:
    """A running server whose database has every migration."""
    server = new_server()
    server.start()
    migrate(server.url)
    return server


@contextmanager
def databases(server: PostgresServer, data: Path) -> Iterator[Callable[[], Database]]:
    """Makes databases as migrations leave them, with a data directory that they share."""
    made: list[str] = []
    (data / "run").mkdir(parents=True)

    def new() -> Database:
        made.append(f"test_{os.getpid()}_{next(_numbers)}")
        with psycopg.connect(server.url, autocommit=True, dbname="postgres") as connection:
            connection.execute(f"CREATE DATABASE {made[-1]} TEMPLATE {DATABASE}".encode())
        url = server.url.replace(f"/{DATABASE}?", f"/{made[-1]}?")
        return Database(url, Configuration(data, database_url=url))

    yield new
    with psycopg.connect(server.url, autocommit=True, dbname="postgres") as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture
def new_database(postgres_server: PostgresServer, tmp_path: Path) -> Iterator[Callable[[], Database]]:
    """Makes databases as migrations leave them; the data directory they share is the test's own."""
    with databases(postgres_server, tmp_path / "data") as new:
        yield new


@pytest.fixture(scope="module")
def shared_database(
    postgres_server: PostgresServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Database]:
    """One for all tests of a file, which only read what a fixture of theirs has written."""
    with databases(postgres_server, tmp_path_factory.mktemp("shared") / "data") as new:
        yield new()


@pytest.fixture
def database(new_database: Callable[[], Database]) -> Database:
    """A fresh database beside which no journal is, so that rooms may enqueue."""
    database = new_database()
    database.open_outbox()
    return database
