"""The ledger's process beside a real leader: what it waits for, what it begins with, how it ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from cse.domain.demo import CREATORS
from cse.domain.digests import fnv_1a_64
from cse.domain.errors import CodedError
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

    def start(self, name: str, log: Path | None = None) -> None:
        environment = {**os.environ, **self.configuration.to_environment()}
        program = f"import sys; from cse.services.{name} import main; sys.exit(main())"
        with contextlib.nullcontext() if log is None else log.open("wb") as out:
            command = [sys.executable, "-c", program]
            self.running[name] = subprocess.Popen(command, env=environment, stdout=out, stderr=out)

    def stop(self, name: str, number: signal.Signals = signal.SIGTERM) -> int:
        process = self.running.pop(name)
        process.send_signal(number)
        return process.wait(timeout=90)

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
    assert [symbol for (symbol,) in symbols[:5]] == ["USDC", "BTC", "ETH", "SOL", "LAB"]

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
    assert database.rows("SELECT count(*) FROM ledger.accounts WHERE kind = 1") == [(2 + len(CREATORS),)]
    taken = database.rows("SELECT source, last_number FROM runtime.outbox_sources ORDER BY 1 LIMIT 2")
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
    database.change("TRUNCATE ledger.balances, ledger.transfers, ledger.entries")
    database.change("UPDATE runtime.outbox_sources SET last_number = 0")
    database.change("UPDATE ledger.position SET epoch = 0, sequence = 0, chain = 0")

    processes.start("ledger")
    processes.wait_ready("ledger")
    after = database.rows("SELECT source, number, sequence, code FROM runtime.outbox ORDER BY 1, 2")
    assert after == before
    assert asyncio.run(through_outbox(processes.configuration, wire.Tick().encode())).code == 0


def open_account(owner: int) -> bytes:
    return wire.OpenAccount(owner.to_bytes(16, "big"), wire.AccountKind.MAIN).encode()


@pytest.fixture
def beside_a_journal(processes: Processes, new_database: Callable[[], Database]) -> Database:
    """A database made anew, beside a journal that has taken two sign-ups; no ledger runs."""
    processes.start("leader")
    processes.start("ledger")
    processes.wait_ready("ledger")
    for owner in (1, 2):
        assert asyncio.run(through_outbox(processes.configuration, open_account(owner))).code == 0
    assert processes.stop("ledger") == 0
    anew = new_database()
    processes.configuration = replace(processes.configuration, database_url=anew.url)
    return anew


def test_beside_a_database_made_anew_the_next_sign_up_has_a_number_and_an_outcome_of_its_own(
    processes: Processes, beside_a_journal: Database
) -> None:
    with pytest.raises(CodedError, match="try again"):
        asyncio.run(through_outbox(processes.configuration, open_account(3)))
    processes.start("ledger")
    processes.wait_ready("ledger")
    outcome = asyncio.run(through_outbox(processes.configuration, open_account(3)))
    opened = beside_a_journal.rows("SELECT owner, sequence FROM ledger.accounts WHERE kind = 1 ORDER BY 1")
    assert [owner.int for owner, _ in opened[:3]] == [1, 2, 3]
    assert outcome == Outcome(opened[2][1], 0)
    numbers = "SELECT number FROM runtime.outbox WHERE source = 2 AND command IS NOT NULL"
    assert beside_a_journal.rows(numbers) == [(3,)]


def test_a_row_with_a_number_that_another_command_was_taken_under_stops_the_ledger(
    processes: Processes, beside_a_journal: Database
) -> None:
    beside_a_journal.open_outbox()
    with beside_a_journal.connect("cse_accounts") as connection:
        stolen = open_account(3)
        values = (Source.ACCOUNTS, stolen, fnv_1a_64(stolen))
        assert connection.execute("SELECT runtime.enqueue(%s, %s, %s)", values).fetchone() == (1,)
    log = processes.configuration.run / "ledger.log"
    processes.start("ledger", log)
    assert processes.running.pop("ledger").wait(timeout=60) == 1
    assert "row 1 of outbox 2 is another command than the core took" in log.read_text()
    unmarked = "SELECT number FROM runtime.outbox WHERE source = 2 AND sequence IS NULL"
    assert beside_a_journal.rows(unmarked) == [(1,)]
