"""The ledger's process beside a real leader: what it waits for, what it begins with, how it ends."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from cse.engine import wire
from cse.ledger.genesis import genesis
from cse.ledger.reconciliation import reconcile
from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from cse.runtime.health import Report, health_socket
from cse.runtime.outbox import Outcome, OutcomeWatch, Source, enqueue
from tests.postgres import Database

pytestmark = pytest.mark.slow

OWNER = bytes(range(16))


class Processes:
    """Services of one data directory, each a process of its own."""

    def __init__(self, configuration: Configuration) -> None:
        self.configuration = configuration
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str) -> None:
        environment = {**os.environ, **self.configuration.to_environment()}
        program = f"import sys; from cse.services.{name} import main; sys.exit(main())"
        self.running[name] = subprocess.Popen([sys.executable, "-c", program], env=environment)

    def stop(self, name: str, number: signal.Signals = signal.SIGTERM) -> int:
        process = self.running.pop(name)
        process.send_signal(number)
        return process.wait(timeout=30)

    def health(self, name: str) -> Report | None:
        with socket.socket(socket.AF_UNIX) as connection:
            try:
                connection.connect(str(health_socket(self.configuration.run, name)))
            except (FileNotFoundError, ConnectionRefusedError):
                return None
            connection.sendall(b"GET /health HTTP/1.1\r\n\r\n")
            answer = b"".join(iter(lambda: connection.recv(4_096), b""))
        return msgspec.json.decode(answer.partition(b"\r\n\r\n")[2], type=Report)

    def wait_ready(self, name: str, timeout_s: float = 60) -> None:
        deadline = time.monotonic() + timeout_s
        while (report := self.health(name)) is None or not report.ready:
            assert self.running[name].poll() is None, f"{name} has ended"
            assert time.monotonic() < deadline, f"{name} waits for {report and report.waiting_for}"
            time.sleep(0.02)


@pytest.fixture
def processes(database: Database) -> Iterator[Processes]:
    with tempfile.TemporaryDirectory(prefix="cse-") as directory:
        configuration = Configuration(Path(directory), database_url=database.url, free_bytes_min=0)
        configuration.run.mkdir()
        processes = Processes(configuration)
        yield processes
        for name in list(processes.running):
            processes.stop(name, signal.SIGKILL)


async def through_outbox(configuration: Configuration, command: bytes) -> Outcome:
    async with postgres.pool(configuration, "cse_accounts") as pool, OutcomeWatch(pool) as watch:
        async with pool.connection() as connection:
            number = await enqueue(connection, Source.ACCOUNTS, command)
        return await watch.outcome(Source.ACCOUNTS, number, 30)


def test_it_says_what_it_waits_for(processes: Processes) -> None:
    processes.start("ledger")
    deadline = time.monotonic() + 30
    while (report := processes.health("ledger")) is None or report.waiting_for != "the leader":
        assert time.monotonic() < deadline
        time.sleep(0.02)
    assert not report.ready
    assert processes.stop("ledger") == 0


def test_from_nothing_to_the_first_account(processes: Processes, database: Database) -> None:
    processes.start("leader")
    processes.start("ledger")
    processes.wait_ready("ledger")
    symbols = database.rows("SELECT symbol::text FROM ledger.assets ORDER BY asset")
    assert symbols == [("USDC",), ("BTC",), ("ETH",), ("SOL",), ("LAB",)]

    opened = wire.OpenAccount(OWNER, wire.AccountKind.MAIN).encode()
    outcome = asyncio.run(through_outbox(processes.configuration, opened))
    assert outcome.code == 0
    refused = asyncio.run(through_outbox(processes.configuration, opened))
    assert refused.code == 606

    # Neither process's death loses or repeats a row.
    assert processes.stop("ledger", signal.SIGKILL) == -signal.SIGKILL
    assert processes.stop("leader", signal.SIGKILL) == -signal.SIGKILL
    processes.start("ledger")
    processes.start("leader")
    processes.wait_ready("ledger")
    other = wire.OpenAccount(OWNER[::-1], wire.AccountKind.MAIN).encode()
    assert asyncio.run(through_outbox(processes.configuration, other)).code == 0
    assert database.rows("SELECT count(*) FROM ledger.accounts WHERE kind = 1") == [(2,)]
    taken = database.rows("SELECT source, last_number FROM runtime.outbox_source ORDER BY 1 LIMIT 2")
    assert taken == [(Source.GENESIS, len(genesis(demo=True))), (Source.ACCOUNTS, 3)]

    assert processes.stop("ledger") == 0
    assert processes.stop("leader") == 0
    with postgres.connect(processes.configuration, "cse_ledger") as connection:
        _, findings = reconcile(connection, processes.configuration.data)
    assert findings.agree, findings.named


def test_a_database_that_was_lost_is_filled_again_from_the_journal(
    processes: Processes, database: Database
) -> None:
    processes.start("leader")
    processes.start("ledger")
    processes.wait_ready("ledger")
    assert processes.stop("ledger") == 0
    before = database.rows("SELECT source, number, sequence, code FROM runtime.outbox ORDER BY 1, 2")
    database.change("TRUNCATE runtime.outbox, ledger.epochs, ledger.assets, ledger.accounts, ledger.markets")
    database.change("UPDATE runtime.outbox_source SET last_number = 0")
    database.change("UPDATE ledger.position SET epoch = 0, sequence = 0, chain = 0")

    processes.start("ledger")
    processes.wait_ready("ledger")
    after = database.rows("SELECT source, number, sequence, code FROM runtime.outbox ORDER BY 1, 2")
    assert after == before
    assert asyncio.run(through_outbox(processes.configuration, wire.Tick().encode())).code == 0
