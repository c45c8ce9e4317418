"""The proof of the books: it agrees with what is right, and names whatever was damaged."""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from cse.cli.verify import report
from cse.engine._native import Replica
from cse.engine.feed import EventFeed
from cse.ledger.models import Position
from cse.ledger.projection import Projection
from cse.ledger.reconciliation import reconcile
from cse.ledger.store import Store
from cse.runtime.findings import Findings
from tests.ledger.journalled import journalled_life
from tests.postgres import Database

pytestmark = pytest.mark.slow

COUNT = 1_500
# Less than the whole life, so that the journal goes on behind the position.
WRITTEN = 1_203


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory with several segments and a snapshot."""
    data = tmp_path_factory.mktemp("lived")
    journalled_life(data, seed=11, count=COUNT)
    replica = Replica(str(data))
    while replica.sequence < replica.watermark:
        replica.follow()
    (data / "snapshots").mkdir(exist_ok=True)
    replica.snapshot().write()
    return data


@dataclass
class Books:
    data: Path
    database: Database

    def verify(self) -> Findings:
        with self.database.connect("cse_ledger") as connection:
            position, findings = reconcile(connection, self.data)
        assert position.sequence == WRITTEN
        return findings

    def flip(self, path: Path, offset: int) -> None:
        with path.open("r+b") as file:
            file.seek(offset)
            byte = file.read(1)[0]
            file.seek(offset)
            file.write(bytes([byte ^ 0x10]))


@pytest.fixture
def books(lived: Path, database: Database, tmp_path: Path) -> Iterator[Books]:
    data = tmp_path / "lived"
    shutil.copytree(lived, data)
    feed = EventFeed(data)
    with Store.connect(database.configuration) as store:
        projection = Projection(store.position(), {})
        while projection.position.sequence < WRITTEN:
            batch = projection.begin()
            after = projection.position.sequence
            projection.add(batch, feed.read_bytes(after, min(400, WRITTEN - after)))
            store.write(batch)
    yield Books(data, database)


def test_books_that_are_right_agree(books: Books) -> None:
    findings = books.verify()
    assert findings.agree
    assert findings.looked_at["journal"] == findings.looked_at["event log"] > COUNT
    for subject in ("closed_orders", "trades", "entries", "balances", "open_orders", "state", "sums"):
        assert findings.looked_at[subject] > 0, subject
    assert findings.looked_at["snapshots"] == 1
    assert findings.looked_at["outbox"] > 0


def test_position_zero_agrees(lived: Path, database: Database) -> None:
    with database.connect("cse_ledger") as connection:
        position, findings = reconcile(connection, lived)
    assert position == Position(0, 0, 0)
    assert findings.agree


# What is done to PostgreSQL, where it is found, and what is said of it.
# fmt: off
DAMAGE = [
    ("UPDATE ledger.balances SET available = available + 1 WHERE account = 6 AND asset = 1",
     {"balances", "state", "sums"}, "account 6, asset 1: available is"),
    ("DELETE FROM ledger.balances WHERE account = 7 AND asset = 2",
     {"balances", "state", "sums"}, "account 7, asset 2: the row is missing"),
    ("INSERT INTO ledger.balances VALUES (99, 1, 5, 0, 1)",
     {"balances", "state", "sums"}, "account 99, asset 1: the journal knows no such row"),
    ("DELETE FROM ledger.trades WHERE market = 1 AND trade_id = 5", {"trades"}, "trade_id 5: the row is missing"),
    ("UPDATE ledger.trades SET price = price + 1 WHERE market = 2 AND trade_id = 3", {"trades"}, "price is"),
    ("UPDATE ledger.trades SET time = time + interval '1 microsecond' WHERE market = 1 AND trade_id = 1",
     {"trades"}, "time is"),
    ("DELETE FROM ledger.entries WHERE sequence = (SELECT max(sequence) FROM ledger.entries)",
     {"entries", "sums"}, "the row is missing"),
    ("UPDATE ledger.entries SET amount = amount + 1 WHERE sequence = 25 AND entry = 1",
     {"entries", "sums"}, "sequence 25, entry 1: amount is"),
    ("UPDATE ledger.entries SET account = 8 WHERE sequence = 25 AND account <> 8 AND entry = 2",
     {"entries", "sums"}, "account is 8, not"),
    ("DELETE FROM ledger.open_orders WHERE order_id = (SELECT min(order_id) FROM ledger.open_orders)",
     {"open_orders", "state"}, "the row is missing"),
    ("UPDATE ledger.open_orders SET fee = fee + 1", {"open_orders", "state"}, "fee is"),
    ("DELETE FROM ledger.closed_orders WHERE order_id = 1", {"closed_orders"}, "order_id 1: the row is missing"),
    ("UPDATE ledger.closed_orders SET client_order_id = 'other' WHERE order_id = 2",
     {"closed_orders"}, "client_order_id is other, not"),
    ("UPDATE ledger.transfers SET reference = gen_random_uuid() WHERE transfer = 1", {"transfers"}, "reference is"),
    ("UPDATE ledger.accounts SET frozen = NOT frozen WHERE account = 9", {"registry"}, "account (9,"),
    ("UPDATE ledger.markets SET taker_fee_ppm = 1 WHERE market = 1", {"registry"}, "market (1,"),
    ("UPDATE ledger.accounts SET opened_at = opened_at + interval '1 second' WHERE account = 9",
     {"registry"}, "account (9,"),
    ("UPDATE ledger.assets SET sequence = sequence + 1 WHERE asset = 1", {"registry"}, "asset (1,"),
    ("UPDATE ledger.markets SET tick_lot_units = tick_lot_units + 1 WHERE market = 1", {"registry"}, "market (1,"),
    ("UPDATE ledger.epochs SET started_at = started_at + interval '1 second' WHERE epoch = 1",
     {"registry"}, "epoch (1,"),
    ("UPDATE runtime.outbox_sources SET last_number = last_number + 1 WHERE source = 1", {"outbox"}, "source 1:"),
    ("DELETE FROM ledger.epochs WHERE epoch = 1", {"registry"}, "epoch (1,"),
    ("UPDATE runtime.outbox SET code = 1 WHERE source = 1 AND number = 1", {"outbox"}, "row (1, 1,"),
    ("UPDATE runtime.outbox SET digest = 1 WHERE source = 1 AND number = 1", {"outbox"}, "row (1, 1,"),
    ("UPDATE ledger.position SET chain = chain + 1", {"position"}, "the journal leads to"),
]
# fmt: on


@pytest.mark.parametrize(("statement", "subjects", "said"), DAMAGE)
def test_damage_in_postgresql_is_named(books: Books, statement: str, subjects: set[str], said: str) -> None:
    assert books.database.change(statement) > 0
    findings = books.verify()
    assert set(findings.differences) == subjects
    assert any(said in text for texts in findings.named.values() for text in texts)


@pytest.mark.parametrize("offset", [0, 9, 20, 64 + 9, 64 + 16, 64 + 48, 64 + 60, 5_000, 40_000])
def test_a_flipped_byte_in_the_journal_is_named(books: Books, offset: int) -> None:
    segments = sorted((books.data / "journal").glob("*.journal"))
    assert len(segments) > 1
    books.flip(segments[0], offset)
    findings = books.verify()
    assert "journal" in findings.differences
    assert segments[0].name in findings.named["journal"][0]


@pytest.mark.parametrize("offset", [70, 100, 3_000, 100_000])
def test_a_flipped_byte_in_the_event_log_is_named(books: Books, offset: int) -> None:
    (log,) = (books.data / "events").glob("*.events")
    books.flip(log, offset)
    findings = books.verify()
    assert set(findings.differences) == {"event log"}


@pytest.mark.parametrize("offset", [9, 17, 30, 150, 2_000])
def test_a_flipped_byte_in_a_snapshot_is_named(books: Books, offset: int) -> None:
    (snapshot,) = (books.data / "snapshots").glob("*.snapshot")
    books.flip(snapshot, offset)
    findings = books.verify()
    assert set(findings.differences) == {"snapshots"}
    assert snapshot.name in findings.named["snapshots"][0]


@pytest.mark.parametrize("away", [-1, 1_000_000])
def test_a_snapshot_of_no_moment_of_the_journal_is_named(books: Books, away: int) -> None:
    (snapshot,) = (books.data / "snapshots").glob("*.snapshot")
    stranger = snapshot.rename(snapshot.with_stem(f"{int(snapshot.stem) + away:020}"))
    findings = books.verify()
    assert set(findings.differences) == {"snapshots"}
    assert stranger.name in findings.named["snapshots"][0]


def test_a_missing_segment_is_named(books: Books) -> None:
    segments = sorted((books.data / "journal").glob("*.journal"))
    segments[1].unlink()
    findings = books.verify()
    assert f"{segments[1].name} is missing" in findings.named["journal"][0]


def test_a_journal_behind_postgresql_is_named(books: Books, tmp_path: Path) -> None:
    young = tmp_path / "young"
    journalled_life(young, seed=11, count=10)
    books.data = young
    findings = books.verify()
    assert "the journal ends at" in findings.named["position"][0]


def test_the_report_names_the_first_differences_and_counts_the_rest() -> None:
    findings = Findings()
    findings.count("trades", 12_345)
    for trade in range(25):
        findings.add("trades", f"trade {trade}")
    out = io.StringIO()
    report(Position(3, 1_000, 5), findings, 1.5, out)
    text = out.getvalue()
    assert "epoch 3, sequence 1,000" in text
    assert "12,345" in text
    assert "trade 9\n" in text
    assert "trade 10" not in text
    assert "and 15 more" in text
    assert "25 differences." in text
