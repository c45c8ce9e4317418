"""One process publishes, whatever becomes of the store and of the others."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path

from cse.runtime.exclusive_file import ExclusiveFile
from cse.runtime.shared_rates import StoreAway
from cse.streams.publication.publisher import BOOK_LIFE_MS, Publisher
from cse.streams.publication.topics import Publication, Topics
from tests.small_market import buy
from tests.streams.engine import Engine
from tests.streams.process import FakeProcess


class FakeStore:
    """What was published and kept; away when it is told to be."""

    def __init__(self) -> None:
        self.published: list[Publication] = []
        self.kept: list[Publication] = []
        self.is_away = False
        self.asked = 0

    async def publish(self, publications: Sequence[Publication]) -> None:
        self._ask()
        self.published += publications

    async def keep(self, publications: Sequence[Publication], life_ms: int) -> None:
        self._ask()
        assert life_ms == BOOK_LIFE_MS
        self.kept += publications

    def _ask(self) -> None:
        self.asked += 1
        if self.is_away:
            raise StoreAway("it is not there")


async def until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(30):
        while not condition():
            await asyncio.sleep(0.005)


@contextlib.asynccontextmanager
async def running(process: FakeProcess, store: FakeStore, lock: Path) -> AsyncIterator[None]:
    """A process publishes for as long as this is entered."""
    with contextlib.closing(ExclusiveFile(lock)) as turn:
        task = asyncio.create_task(Publisher(Topics(process.hub), store, turn).run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


async def test_books_are_kept_again_and_again_and_changes_told(
    engine: Engine, process: FakeProcess, tmp_path: Path
) -> None:
    store = FakeStore()
    async with running(process, store, tmp_path / "lock"):
        await until(lambda: len(store.kept) >= 2)
        assert store.published == []
        engine.run(buy(90))
        process.turn()
        await until(lambda: store.published)
    assert {publication.topic for publication in store.kept} == {"orderbook:LAB-USDC"}
    assert [publication.topic for publication in store.published] == [
        "orderbook:LAB-USDC",
        "ticker:LAB-USDC",
    ]


async def test_another_takes_over_when_one_ends(engine: Engine, process: FakeProcess, tmp_path: Path) -> None:
    first, second = FakeStore(), FakeStore()
    async with running(process, second, tmp_path / "lock"):
        await until(lambda: second.kept)
        async with running(process, first, tmp_path / "lock"):
            await until(lambda: len(second.kept) >= 2)
        assert first.kept == []
    async with running(process, first, tmp_path / "lock"):
        await until(lambda: first.kept)


async def test_a_lock_that_cannot_be_had_ends_nothing(
    engine: Engine, process: FakeProcess, tmp_path: Path
) -> None:
    store, missing = FakeStore(), tmp_path / "missing"
    async with running(process, store, missing / "lock"):
        await asyncio.sleep(0)
        missing.mkdir()
        await until(lambda: store.kept)


async def test_where_the_store_was_away_what_is_old_is_not_told(
    engine: Engine, process: FakeProcess, tmp_path: Path
) -> None:
    store = FakeStore()
    async with running(process, store, tmp_path / "lock"):
        await until(lambda: store.kept)
        store.is_away, asked = True, store.asked
        engine.run(buy(90))
        process.turn()
        await until(lambda: store.asked >= asked + 3)
        store.kept.clear()
        store.is_away = False
        await until(lambda: store.kept)
        engine.run(buy(91))
        process.turn()
        await until(lambda: store.published)
    told = [publication for publication in store.published if publication.topic == "orderbook:LAB-USDC"]
    assert len(told) == 1
    assert b"0.0091" in told[0].text


async def test_it_ends_though_something_changes_as_it_is_cancelled(
    engine: Engine, process: FakeProcess, tmp_path: Path
) -> None:
    store = FakeStore()
    with contextlib.closing(ExclusiveFile(tmp_path / "lock")) as turn:
        topics = Topics(process.hub)
        task = asyncio.create_task(Publisher(topics, store, turn).run())
        await until(lambda: store.kept)
        topics.changed.set()
        # The wait for it has ended and nobody has gone on yet.
        await asyncio.sleep(0)
        task.cancel()
        done, _ = await asyncio.wait((task,), timeout=5)
        assert done, "it publishes for ever"
