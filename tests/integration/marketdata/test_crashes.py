"""The candles' process killed again and again, PostgreSQL away: each trade is still counted once."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest

from cse.runtime.configuration import Configuration
from cse.runtime.health import health_socket
from cse.runtime.migrations import migrate
from cse.runtime.postgres_server import PostgresServer
from tests.ledger.journalled import journalled_life
from tests.ledger.scenario import Life
from tests.marketdata.recomputed import held, recomputed
from tests.postgres import Database

pytestmark = pytest.mark.slow

COUNT = 2_000
# The service itself, in batches that are small enough to be many.
SERVE = """
import sys
from cse.marketdata import follower
from cse.runtime import following
from cse.services import marketdata
follower.ROWS_MAX, follower.GROUPS_A_READ, following.RETRY_LAST_S = 3, 20, 0.3
sys.exit(marketdata.main())
"""


@dataclass
class Process:
    """The candles' process on a data directory, started as often as it is killed."""

    database: Database
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, **self.database.configuration.to_environment()}
        self.process = subprocess.Popen([sys.executable, "-c", SERVE], env=environment)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    @property
    def running(self) -> subprocess.Popen[bytes]:
        assert self.process is not None
        return self.process

    @property
    def position(self) -> int:
        ((sequence,),) = self.database.rows("SELECT sequence FROM marketdata.position")
        return int(sequence)

    def wait_for(self, sequence: int, timeout_s: float = 60) -> None:
        deadline = time.monotonic() + timeout_s
        while self.position < sequence:
            assert self.running.poll() is None, "the process has ended"
            assert time.monotonic() < deadline, "the process does not get there"
            time.sleep(0.002)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Life]:
    data = tmp_path_factory.mktemp("lived")
    return data, journalled_life(data, seed=37, count=COUNT)


@pytest.fixture
def process(lived: tuple[Path, Life], database: Database) -> Iterator[Process]:
    shutil.copytree(lived[0], database.configuration.data, dirs_exist_ok=True)
    process = Process(database)
    yield process
    process.kill()


def test_killed_again_and_again_it_counts_every_trade_once(
    process: Process, lived: tuple[Path, Life], database: Database
) -> None:
    groups, moments, killed_midway = lived[1].groups, random.Random(7), 0
    for _ in range(6):
        process.start()
        process.wait_for(min(process.position + 1, len(groups)))
        time.sleep(moments.uniform(0, 0.03))
        process.kill()
        position = process.position
        assert held(database) == recomputed(groups[:position])
        killed_midway += position < len(groups)
    assert killed_midway > 3
    process.start()
    process.wait_for(len(groups))
    assert held(database) == recomputed(groups)


def test_it_waits_while_postgresql_is_away_and_catches_up(
    new_server: Callable[[], PostgresServer], lived: tuple[Path, Life]
) -> None:
    server = new_server()
    server.start()
    migrate(server.url)
    with tempfile.TemporaryDirectory(prefix="cse-") as directory:
        data = Path(directory)
        shutil.copytree(lived[0], data, dirs_exist_ok=True)
        database = Database(server.url, Configuration(data, database_url=server.url))
        process = Process(database)
        process.start()
        process.wait_for(100)
        for _ in range(2):
            server.stop()
            time.sleep(0.5)
            assert process.running.poll() is None
            server.start()
        process.wait_for(len(lived[1].groups))
        process.running.send_signal(signal.SIGTERM)
        assert process.running.wait(timeout=90) == 0
        assert held(database) == recomputed(lived[1].groups)
        assert not health_socket(data / "run", "marketdata").exists()


@pytest.mark.parametrize(("sequence", "chain"), [(50, 12_345), (COUNT * 2, 0)])
def test_a_position_that_the_journal_does_not_have_stops_it(
    process: Process, database: Database, sequence: int, chain: int
) -> None:
    database.change("UPDATE marketdata.position SET sequence = %s, chain = %s", sequence, chain)
    process.start()
    assert process.running.wait(timeout=90) == 1
    assert held(database) == {}


def test_two_processes_never_write_both(
    process: Process, lived: tuple[Path, Life], database: Database
) -> None:
    second = Process(database)
    process.start()
    second.start()
    try:
        deadline = time.monotonic() + 60
        both = [process.process, second.process]
        while process.position < len(lived[1].groups):
            assert time.monotonic() < deadline
            assert any(one is not None and one.poll() is None for one in both)
            time.sleep(0.01)
        assert held(database) == recomputed(lived[1].groups)
    finally:
        second.kill()


def test_a_database_without_its_schema_stops_it_with_a_reason(process: Process, database: Database) -> None:
    database.change("DROP SCHEMA marketdata CASCADE")
    with pytest.raises(psycopg.errors.UndefinedTable):
        _ = process.position
    process.start()
    assert process.running.wait(timeout=90) == 1
