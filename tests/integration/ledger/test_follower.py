"""The follower: PostgreSQL holds what the events say, once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from cse.engine import wire
from cse.ledger import follower as follower_module
from cse.ledger.batch import Batch
from cse.ledger.follower import Follower
from cse.ledger.models import LedgerFailed, Position
from cse.ledger.position_file import PositionFile, read_position
from cse.ledger.projection import Projection
from cse.ledger.store import Store
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health
from cse.runtime.migrations import migrate
from cse.runtime.postgres_server import PostgresServer
from tests.ledger.fold import Fold
from tests.ledger.rows import all_rows
from tests.ledger.scenario import Life, ListFeed
from tests.postgres import Database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def life() -> Life:
    life = Life(seed=7)
    life.go_on(2_000)
    return life


@pytest.fixture
def position_file(database: Database) -> Iterator[PositionFile]:
    with PositionFile(database.configuration.ledger_position) as file:
        yield file


def new_follower(database: Database, feed: ListFeed, file: PositionFile, **other: Any) -> Follower:
    connect = other.get("connect", lambda: Store.connect(database.configuration))
    return Follower(feed, connect, file, Health("ledger"), structlog.get_logger())


async def follow_to(follower: Follower, sequence: int) -> None:
    """Runs a follower until it has written up to `sequence`."""
    running = asyncio.create_task(follower.run())
    caught_up = asyncio.create_task(follower.caught_up(sequence))
    async with asyncio.timeout(60):
        await asyncio.wait([running, caught_up], return_when=asyncio.FIRST_COMPLETED)
    running.cancel()
    caught_up.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running


async def test_what_it_writes_is_what_a_plain_fold_of_the_events_gives(
    database: Database, life: Life, position_file: PositionFile
) -> None:
    await follow_to(new_follower(database, ListFeed(life.groups), position_file), len(life.groups))
    fold = Fold()
    for group in life.groups:
        fold.add(group)
    assert fold.compare(database) == []
    assert read_position(database.configuration.ledger_position) == len(life.groups)


async def test_how_groups_fall_into_batches_changes_nothing(
    database: Database, life: Life, position_file: PositionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower_module, "ROWS", 1)
    monkeypatch.setattr(follower_module, "ROWS_MAX", 1)
    monkeypatch.setattr(follower_module, "GROUPS_A_READ", 7)
    await follow_to(new_follower(database, ListFeed(life.groups), position_file), len(life.groups))
    fold = Fold()
    for group in life.groups:
        fold.add(group)
    assert fold.compare(database) == []


async def test_it_goes_on_from_its_position_after_every_stop(
    database: Database, life: Life, position_file: PositionFile
) -> None:
    feed = ListFeed(life.groups)
    for watermark in (1, 20, 333, 1_000, 1_001, len(life.groups)):
        feed.watermark = watermark
        await follow_to(new_follower(database, feed, position_file), watermark)
        assert database.rows("SELECT sequence FROM ledger.position") == [(watermark,)]
    fold = Fold()
    for group in life.groups:
        fold.add(group)
    assert fold.compare(database) == []


async def test_it_reads_no_further_than_what_is_durable(
    database: Database, life: Life, position_file: PositionFile
) -> None:
    feed = ListFeed(life.groups)
    feed.watermark = 100
    await follow_to(new_follower(database, feed, position_file), 100)
    last = wire.Group.decode(life.groups[99])
    assert database.rows("SELECT sequence, chain FROM ledger.position") == [(100, last.chain)]


async def test_a_group_delivered_twice_is_refused(life: Life) -> None:
    projection = Projection(Position(0, 0, 0), {})
    batch = projection.begin()
    projection.add(batch, life.groups[0])
    with pytest.raises(LedgerFailed, match="group 1 follows group 1"):
        projection.add(batch, life.groups[0])
    with pytest.raises(LedgerFailed, match="group 3 follows group 1"):
        projection.add(batch, life.groups[2])


async def test_a_batch_delivered_twice_changes_nothing(database: Database, life: Life) -> None:
    with Store.connect(database.configuration) as store:
        projection = Projection(store.position(), {})
        batch = projection.begin()
        projection.add(batch, b"".join(life.groups[:200]))
        store.write(batch)
        before = all_rows(database)
        with pytest.raises(LedgerFailed, match="another ledger"):
            store.write(batch)
    assert all_rows(database) == before


async def test_of_two_ledgers_one_stops(database: Database, life: Life, position_file: PositionFile) -> None:
    feed = ListFeed(life.groups)
    both = [new_follower(database, feed, position_file) for _ in range(2)]
    running = [asyncio.create_task(follower.run()) for follower in both]
    async with asyncio.timeout(60):
        done, going = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        (loser,) = done
        assert isinstance(loser.exception(), LedgerFailed)
        winner = both[1 - running.index(loser)]
        await winner.caught_up(len(life.groups))
    for task in going:
        task.cancel()
    fold = Fold()
    for group in life.groups:
        fold.add(group)
    assert fold.compare(database) == []


async def test_an_order_that_is_missing_stops_it(database: Database, life: Life) -> None:
    with Store.connect(database.configuration) as store:
        projection = Projection(store.position(), {})
        half = len(life.groups) // 2
        batch = projection.begin()
        projection.add(batch, b"".join(life.groups[:half]))
        store.write(batch)
        assert database.change("DELETE FROM ledger.open_orders") > 0
        batch = projection.begin()
        projection.add(batch, b"".join(life.groups[half:]))
        with pytest.raises(LedgerFailed, match="not among the open ones"):
            store.write(batch)
    assert database.rows("SELECT sequence FROM ledger.position") == [(half,)]


async def test_rooms_may_enqueue_once_it_has_caught_up_and_not_before(
    database: Database, life: Life, position_file: PositionFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower_module, "ROWS", 1)
    monkeypatch.setattr(follower_module, "ROWS_MAX", 1)
    monkeypatch.setattr(follower_module, "GROUPS_A_READ", 50)
    seen: list[tuple[int, bool]] = []

    class Watched(Store):
        def write(self, batch: Batch) -> None:
            gate = "SELECT opened_for IS NOT NULL FROM runtime.outbox_gate"
            seen.append((batch.before.sequence, database.rows(gate) == [(True,)]))
            super().write(batch)

    feed = ListFeed(life.groups)
    feed.watermark = 500
    follower = new_follower(
        database, feed, position_file, connect=lambda: Watched.connect(database.configuration)
    )
    running = asyncio.create_task(follower.run())
    async with asyncio.timeout(60):
        await follower.outbox_opened()
        assert follower.position.sequence >= 500
        feed.watermark = 1_000
        await follower.caught_up(1_000)
    running.cancel()
    assert all(is_open == (before >= 500) for before, is_open in seen)
    assert {is_open for _, is_open in seen} == {False, True}


async def test_a_row_that_is_another_command_stops_it_and_is_not_marked(
    database: Database, life: Life, position_file: PositionFile
) -> None:
    with database.connect("cse_faucet") as connection:
        connection.execute("SELECT runtime.enqueue(3, %s, %s)", (b"", 1))
    follower = new_follower(database, ListFeed(life.groups), position_file)
    with pytest.raises(LedgerFailed, match="row 1 of outbox 3 is another command than the core took"):
        async with asyncio.timeout(60):
            await follower.run()
    assert database.rows("SELECT sequence FROM runtime.outbox WHERE source = 3 AND number = 1") == [(None,)]


async def test_rooms_may_enqueue_again_after_a_restart_of_postgresql_on_a_quiet_exchange(
    new_server: Callable[[], PostgresServer], life: Life, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower_module, "LOOK_S", 0.05)
    server = new_server()
    await asyncio.to_thread(server.start)
    await asyncio.to_thread(migrate, server.url)
    database = Database(server.url, Configuration(server.cluster.parent))
    gate = "SELECT opened_for = runtime.incarnation() FROM runtime.outbox_gate"
    with PositionFile(tmp_path / "position") as position_file:
        follower = new_follower(database, ListFeed(life.groups[:10]), position_file)
        running = asyncio.create_task(follower.run())
        async with asyncio.timeout(60):
            await follower.outbox_opened()
            await asyncio.to_thread(server.stop)
            await asyncio.to_thread(server.start)
            while database.rows(gate) != [(True,)]:
                await asyncio.sleep(0.05)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
