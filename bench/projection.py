"""The ledger: the event log into PostgreSQL, beside a bare COPY of the rows that come of it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import structlog
from prometheus_client import REGISTRY

from bench.filling import fill
from bench.report import Report
from bench.service import data_directory
from bench.workloads import as_commands, setup_commands
from cse.cli.replay.flow import generate
from cse.engine.feed import EventFeed
from cse.ledger.follower import Follower
from cse.ledger.position_file import PositionFile
from cse.ledger.store import Store
from cse.ledger.tables import APPENDED, BALANCES, OPEN_ORDERS
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health
from cse.runtime.migrations import migrate
from cse.runtime.postgres_server import PostgresServer

ROUNDS = 3
STEPS = 100_000
ROWS_A_COPY = 1_000
TABLES = (OPEN_ORDERS, *APPENDED, BALANCES)


def run() -> None:
    report = Report("projection", f"a generated flow of {STEPS:,} steps, from an empty database each round")
    commands = [*setup_commands(first_of_all=False), *as_commands(generate(1, STEPS))]
    followed, copied, rates = [], [], []
    for _ in range(ROUNDS):
        with data_directory() as data, _database(data) as (configuration, url):
            last_sequence = fill(data, commands)
            written_before = _rows_written()
            elapsed_s = asyncio.run(_follow(configuration, last_sequence))
            followed.append((_rows_written() - written_before) / elapsed_s)
            copied.append(_copied_bare(url))
            rates.append(last_sequence / elapsed_s)
    report.add("rows/s", followed)
    report.add("bare COPY, rows/s", copied)
    report.add("times the bare COPY", [ours / bare for ours, bare in zip(followed, copied, strict=True)])
    report.add("commands/s", rates)
    report.notes.append("an order that rests and closes is two rows, the first of which is removed again")
    report.notes.append(f"the bare COPY commits every {ROWS_A_COPY:,} rows into tables without any index")
    report.finish()


async def _follow(configuration: Configuration, last_sequence: int) -> float:
    """Seconds until everything is in PostgreSQL."""
    feed = EventFeed(configuration.data)
    with PositionFile(configuration.ledger_position) as position:
        follower = Follower(
            feed,
            lambda: Store.connect(configuration),
            position,
            Health("ledger"),
            structlog.get_logger(),
        )
        started = time.perf_counter()
        running = asyncio.create_task(follower.run())
        reached = asyncio.create_task(follower.caught_up(last_sequence))
        await asyncio.wait([running, reached], return_when=asyncio.FIRST_COMPLETED)
        elapsed_s = time.perf_counter() - started
        if running.done():
            running.result()
        running.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await running
    return elapsed_s


def _rows_written() -> float:
    return REGISTRY.get_sample_value("cse_ledger_rows_total") or 0.0


def _copied_bare(url: str) -> float:
    """Rows a second of what is in the ledger's tables, going into tables without keys."""
    rows, elapsed_s = 0, 0.0
    with psycopg.connect(url, autocommit=True) as connection:
        for table in TABLES:
            with connection.cursor().copy(table.copy_out.encode()) as out:
                lines = b"".join(bytes(part) for part in out).splitlines(keepends=True)
            connection.execute(f"CREATE TABLE bare_{table.name} (LIKE ledger.{table.name})".encode())
            statement = f"COPY bare_{table.name} ({', '.join(table.columns)}) FROM STDIN".encode()
            chunks = [
                b"".join(lines[start : start + ROWS_A_COPY]) for start in range(0, len(lines), ROWS_A_COPY)
            ]
            started = time.perf_counter()
            for chunk in chunks:
                with connection.cursor().copy(statement) as into:
                    into.write(chunk)
            elapsed_s += time.perf_counter() - started
            rows += len(lines)
    return rows / elapsed_s


@contextmanager
def _database(data: Path) -> Iterator[tuple[Configuration, str]]:
    """A server of its own with empty tables. PostgreSQL refuses root, so root runs it as `nobody`."""
    (data / "run").mkdir(parents=True)
    server = PostgresServer.of(data, user="nobody" if os.geteuid() == 0 else None)
    if server.user is not None:
        data.chmod(0o777)
    server.start()
    try:
        migrate(server.url)
        yield Configuration(data=data), server.url
    finally:
        server.stop()
