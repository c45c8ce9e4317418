"""The ledger's process killed, PostgreSQL away, the rows made anew: the books stay what they are."""

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

import pytest

from cse.ledger.position_file import read_position
from cse.ledger.rebuild import empty_ledger
from cse.ledger.reconciliation import reconcile
from cse.runtime.configuration import Configuration
from cse.runtime.migrations import migrate
from cse.runtime.postgres_server import PostgresServer
from tests.ledger.fold import Fold
from tests.ledger.journalled import journalled_life
from tests.ledger.rows import all_rows
from tests.ledger.scenario import Life
from tests.postgres import Database

pytestmark = pytest.mark.slow

COUNT = 2_000
# Follows a data directory without a leader, in batches that are small enough to be many.
FOLLOW = """
import asyncio, sys
from pathlib import Path
from cse.engine.feed import EventFeed
from cse.ledger import follower as f
from cse.ledger.position_file import PositionFile
from cse.ledger.store import Store
from cse.runtime import following
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health
from cse.runtime.telemetry import start_logging
f.ROWS, f.ROWS_MAX, f.GROUPS_A_READ, following.RETRY_LAST_S = 50, 50, 30, 0.3
configuration = Configuration.from_environment()
with PositionFile(configuration.ledger_position) as file:
    connect = lambda: Store.connect(configuration)
    log = start_logging("ledger")
    asyncio.run(f.Follower(EventFeed(configuration.data), connect, file, Health("ledger"), log).run())
"""


@dataclass
class Ledger:
    """A ledger's process on a data directory, started as often as it is killed."""

    configuration: Configuration
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = {**os.environ, **self.configuration.to_environment()}
        self.process = subprocess.Popen([sys.executable, "-c", FOLLOW], env=environment)

    def kill(self) -> None:
        if self.process is not None:
            self.process.send_signal(signal.SIGKILL)
            self.process.wait()

    def wait_for(self, sequence: int, timeout_s: float = 60) -> None:
        deadline = time.monotonic() + timeout_s
        while read_position(self.configuration.ledger_position) < sequence:
            assert self.process is not None
            assert self.process.poll() is None, "the ledger has ended"
            assert time.monotonic() < deadline, "the ledger does not get there"
            time.sleep(0.002)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Life]:
    data = tmp_path_factory.mktemp("lived")
    return data, journalled_life(data, seed=31, count=COUNT)


@pytest.fixture
def ledger(lived: tuple[Path, Life], database: Database) -> Iterator[Ledger]:
    data, _ = lived
    shutil.copytree(data, database.configuration.data, dirs_exist_ok=True)
    ledger = Ledger(database.configuration)
    yield ledger
    ledger.kill()


def prove(database: Database, life: Life) -> None:
    """Once by an independent fold, once by the replay."""
    fold = Fold()
    for group in life.groups:
        fold.add(group)
    assert fold.compare(database) == []
    with database.connect("cse_ledger") as connection:
        _, findings = reconcile(connection, database.configuration.data)
    assert findings.agree, findings.named


def test_killed_again_and_again_it_writes_everything_once(
    ledger: Ledger, lived: tuple[Path, Life], database: Database
) -> None:
    moments = random.Random(5)
    killed_midway = 0
    for _ in range(6):
        ledger.start()
        before = read_position(database.configuration.ledger_position)
        ledger.wait_for(min(before + 1, COUNT))
        time.sleep(moments.uniform(0, 0.02))
        ledger.kill()
        ((committed,),) = database.rows("SELECT sequence FROM ledger.position")
        assert read_position(database.configuration.ledger_position) <= committed
        killed_midway += committed < len(lived[1].groups)
    assert killed_midway > 3
    ledger.start()
    ledger.wait_for(len(lived[1].groups))
    prove(database, lived[1])


def test_rows_made_anew_are_the_same_rows(
    ledger: Ledger, lived: tuple[Path, Life], database: Database
) -> None:
    ledger.start()
    ledger.wait_for(len(lived[1].groups))
    ledger.kill()
    before = all_rows(database)
    assert sum(map(len, before.values())) > COUNT

    empty_ledger(database.url)
    assert database.rows("SELECT count(*) FROM ledger.entries") == [(0,)]
    database.configuration.ledger_position.unlink()
    ledger.start()
    ledger.wait_for(len(lived[1].groups))
    assert all_rows(database) == before


def test_it_waits_while_postgresql_is_away_and_catches_up(
    new_server: Callable[[], PostgresServer], lived: tuple[Path, Life]
) -> None:
    server = new_server()
    server.start()
    migrate(server.url)
    with tempfile.TemporaryDirectory(prefix="cse-") as directory:
        data = Path(directory)
        shutil.copytree(lived[0], data, dirs_exist_ok=True)
        ledger = Ledger(Configuration(data, database_url=server.url))
        ledger.start()
        ledger.wait_for(100)
        for _ in range(3):
            server.stop()
            time.sleep(0.7)
            assert ledger.process is not None
            assert ledger.process.poll() is None
            server.start()
            time.sleep(0.1)
        ledger.wait_for(len(lived[1].groups))
        ledger.kill()
        prove(Database(server.url, ledger.configuration), lived[1])


def test_a_position_that_the_journal_does_not_have_stops_it(
    ledger: Ledger, lived: tuple[Path, Life], database: Database
) -> None:
    database.change("UPDATE ledger.position SET sequence = 50, epoch = 1, chain = 12345")
    ledger.start()
    assert ledger.process is not None
    assert ledger.process.wait(timeout=90) != 0
    database.change("UPDATE ledger.position SET sequence = %s", len(lived[1].groups) + 1)
    ledger.start()
    assert ledger.process.wait(timeout=90) != 0
    assert database.rows("SELECT count(*) FROM ledger.entries") == [(0,)]
