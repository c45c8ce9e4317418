"""The proof of the candles: it agrees with what is right, and names whatever was changed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cse.engine.feed import EventFeed
from cse.marketdata.batch import Batch
from cse.marketdata.reconciliation import CANDLES, reconcile_candles
from cse.marketdata.roles import READ_ROLE
from cse.marketdata.store import Store
from cse.runtime.findings import Findings
from tests.ledger.journalled import journalled_life
from tests.marketdata.recomputed import held
from tests.postgres import Database

pytestmark = pytest.mark.slow

COUNT = 1_500
# Less than the whole life, so that the event log goes on behind the position.
WRITTEN = 1_203


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    data = tmp_path_factory.mktemp("lived")
    journalled_life(data, seed=11, count=COUNT)
    return data


@pytest.fixture
def verify(lived: Path, database: Database, tmp_path: Path) -> Callable[[], Findings]:
    data = tmp_path / "lived"
    shutil.copytree(lived, data)
    with Store.connect(database.configuration) as store:
        batch = Batch(*store.position())
        batch.add(EventFeed(data).read_bytes(0, WRITTEN))
        store.write(batch)

    def verified() -> Findings:
        findings = Findings()
        with database.connect(READ_ROLE) as connection:
            reconcile_candles(connection, data, findings)
        return findings

    return verified


def test_candles_that_are_right_agree(verify: Callable[[], Findings], database: Database) -> None:
    findings = verify()
    assert findings.agree
    assert findings.looked_at[CANDLES] == sum(map(len, held(database).values())) > 50


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE marketdata.candles_1s SET notional = notional + 1 WHERE first_trade = 1 AND market = 1", "1s of market 1"),
        ("UPDATE marketdata.candles_1m SET high = high + 1 WHERE first_trade = 1 AND market = 2", "1m of market 2"),
        ("UPDATE marketdata.candles_1h SET quantity = 1 WHERE first_trade = 1 AND market = 2", "1h of market 2"),
        ("DELETE FROM marketdata.candles_1d WHERE first_trade = 1 AND market = 1", "1d of market 1"),
        ("INSERT INTO marketdata.candles_1d VALUES (3, 'epoch', 1, 1, 1, 1, 1, 1, 1, 1, 1)", "1d of market 3 at 0"),
        ("UPDATE marketdata.markets SET last_price = 1 WHERE market = 1", "market 1: last trade"),
        ("UPDATE marketdata.position SET chain = 1", "another command"),
        ("UPDATE marketdata.position SET sequence = 9999", "beyond the journal's end"),
    ],
)  # fmt: skip
def test_what_was_changed_is_named(
    verify: Callable[[], Findings], database: Database, change: str, named: str
) -> None:
    assert database.change(change) == 1
    findings = verify()
    assert findings.differences[CANDLES] == 1
    assert named in findings.named[CANDLES][0]


def test_a_position_that_stays_behind_its_candles_is_found(
    verify: Callable[[], Findings], database: Database
) -> None:
    database.change("UPDATE marketdata.position SET sequence = 0, chain = 0")
    assert verify().differences[CANDLES] > 50
