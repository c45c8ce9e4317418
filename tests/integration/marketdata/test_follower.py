"""The follower: PostgreSQL holds every trade once, whatever happens on the way."""

from __future__ import annotations

import asyncio
import contextlib
import random
from typing import Any

import psycopg
import pytest
import structlog

from cse.engine import wire
from cse.marketdata import follower as follower_module
from cse.marketdata.batch import Batch, CandlesFailed
from cse.marketdata.follower import Follower
from cse.marketdata.rebuild import empty_candles
from cse.marketdata.store import Store
from cse.runtime import following
from cse.runtime.health import Health
from tests.ledger.scenario import Life, ListFeed
from tests.marketdata.recomputed import held, recomputed, trades_of
from tests.postgres import Database

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def life() -> Life:
    """Two markets over some months, with many trades of one time and of one second."""
    life = Life(seed=11)
    life.go_on(4_000)
    assert all(len(trades) > 300 for trades in trades_of(life.groups).values())
    return life


def new_follower(database: Database, feed: ListFeed, **other: Any) -> Follower:
    connect = other.get("connect", lambda: Store.connect(database.configuration))
    return Follower(feed, connect, Health("marketdata"), structlog.get_logger())


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


async def test_what_it_writes_is_what_the_trades_give(database: Database, life: Life) -> None:
    await follow_to(new_follower(database, ListFeed(life.groups)), len(life.groups))
    assert held(database) == recomputed(life.groups)
    last = wire.Group.decode(life.groups[-1])
    assert database.rows("SELECT sequence, chain FROM marketdata.position") == [(last.sequence, last.chain)]


async def test_how_groups_fall_into_batches_changes_nothing(
    database: Database, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower_module, "ROWS_MAX", 1)
    monkeypatch.setattr(follower_module, "GROUPS_A_READ", 7)
    await follow_to(new_follower(database, ListFeed(life.groups)), len(life.groups))
    assert held(database) == recomputed(life.groups)


async def test_it_goes_on_from_its_position_after_every_stop(database: Database, life: Life) -> None:
    feed = ListFeed(life.groups)
    for watermark in (1, 20, 333, 1_000, 1_001, 1_900, len(life.groups)):
        feed.watermark = watermark
        await follow_to(new_follower(database, feed), watermark)
        assert held(database) == recomputed(life.groups[:watermark])


async def test_a_late_follower_changes_no_candle(database: Database, life: Life) -> None:
    """One that read the position before another moved on, and wakes up afterwards."""
    feed = ListFeed(life.groups)
    with Store.connect(database.configuration) as late:
        batch = Batch(*late.position())
        batch.add(b"".join(life.groups[:2_000]))
        await follow_to(new_follower(database, feed), len(life.groups))
        before = held(database)
        with pytest.raises(CandlesFailed, match="another writes to it"):
            late.write(batch)
    assert held(database) == before == recomputed(life.groups)


async def test_of_two_followers_one_stops(database: Database, life: Life) -> None:
    both = [new_follower(database, ListFeed(life.groups)) for _ in range(2)]
    running = [asyncio.create_task(follower.run()) for follower in both]
    async with asyncio.timeout(60):
        (loser,), going = await asyncio.wait(running, return_when=asyncio.FIRST_COMPLETED)
        assert isinstance(loser.exception(), CandlesFailed)
        await both[1 - running.index(loser)].caught_up(len(life.groups))
    for task in going:
        task.cancel()
    assert held(database) == recomputed(life.groups)


async def test_a_batch_that_failed_midway_leaves_nothing(database: Database, life: Life) -> None:
    """The longest candles come last, and this one refuses its trades."""
    with Store.connect(database.configuration) as store:
        batch = Batch(*store.position())
        batch.add(b"".join(life.groups))
        database.change("ALTER TABLE marketdata.candles_1d ADD CHECK (market <> 2)")
        with pytest.raises(psycopg.IntegrityError):
            store.write(batch)
    assert held(database) == {}
    assert database.rows("SELECT sequence FROM marketdata.position") == [(0,)]


async def test_a_trade_counted_twice_is_refused_by_the_candle_itself(database: Database, life: Life) -> None:
    with Store.connect(database.configuration) as store:
        batch = Batch(*store.position())
        batch.add(b"".join(life.groups))
        store.write(batch)
        before = held(database)
        database.change("UPDATE marketdata.position SET sequence = 0, chain = 0")
        with pytest.raises(psycopg.IntegrityError, match="each_trade_once"):
            store.write(batch)
    assert held(database) == before


async def test_connections_lost_at_any_moment_cost_nothing(
    database: Database, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before, in the midst of and right after a transaction: the answer to a commit may be lost, too."""
    monkeypatch.setattr(follower_module, "ROWS_MAX", 5)
    monkeypatch.setattr(follower_module, "GROUPS_A_READ", 20)
    monkeypatch.setattr(following, "RETRY_FIRST_S", 0.001)
    monkeypatch.setattr(following, "RETRY_LAST_S", 0.002)
    moments = random.Random(3)
    lost: list[str] = []

    class Fragile(Store):
        def write(self, batch: Batch) -> None:
            match moments.randrange(6):
                case 0:
                    lost.append("before")
                    self._connection.close()
                case 1:
                    lost.append("behind")
                    super().write(batch)
                    raise psycopg.OperationalError("the answer was lost")
            super().write(batch)

    follower = new_follower(
        database, ListFeed(life.groups), connect=lambda: Fragile.connect(database.configuration)
    )
    await follow_to(follower, len(life.groups))
    assert lost.count("before") > 3 < lost.count("behind")
    assert held(database) == recomputed(life.groups)


async def test_made_anew_they_are_the_same_candles(database: Database, life: Life) -> None:
    await follow_to(new_follower(database, ListFeed(life.groups)), len(life.groups))
    before = held(database)
    empty_candles(database.url)
    assert held(database) == {}
    await follow_to(new_follower(database, ListFeed(life.groups)), len(life.groups))
    assert held(database) == before
