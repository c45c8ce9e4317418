"""Following the event log: the way back to PostgreSQL, and who waits."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext
from typing import NamedTuple

import psycopg
import pytest
import structlog
from prometheus_client import REGISTRY

from cse.runtime import following
from cse.runtime.following import AWAY, LogFollower, finish_writing
from cse.runtime.health import Health


class Position(NamedTuple):
    sequence: int


class EmptyFeed:
    """A log that nobody reads."""

    watermark = 0

    def check_position(self, sequence: int, chain: int) -> None:
        """Every position is of it."""

    def read_bytes(self, after_sequence: int, limit: int = 0) -> bytes:
        return b""


class Counting(LogFollower[str, Position]):
    """Each store is lost after one step; `stores` says what became of each."""

    def __init__(self, stores: list[str], health: Health) -> None:
        super().__init__("counting", EmptyFeed(), self._open, Position(0), health, structlog.get_logger())
        self.stores = stores
        self.waited_for: list[str | None] = []

    def _open(self) -> nullcontext[str]:
        store = self.stores.pop(0)
        if store == "away":
            raise psycopg.OperationalError("away")
        return nullcontext(store)

    async def _follow(self, store: str) -> None:
        self.waited_for.append(self._health.waiting_for)
        self._is_back()
        self.waited_for.append(self._health.waiting_for)
        await self._move_to(Position(self.position.sequence + 1))
        if store == "broken":
            raise RuntimeError("it contradicts what was there")
        raise psycopg.OperationalError("lost")


@pytest.fixture(autouse=True)
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "RETRY_FIRST_S", 0.0)


async def test_it_comes_back_whenever_postgresql_does() -> None:
    follower = Counting(["away", "there", "away", "away", "there", "broken"], Health("test"))
    with pytest.raises(RuntimeError, match="contradicts"):
        await follower.run()
    assert follower.stores == []
    assert follower.position == Position(3)
    assert REGISTRY.get_sample_value("cse_counting_sequence") == 3


async def test_health_says_what_it_waits_for_and_then_again_what_it_waited_for_before() -> None:
    health = Health("test", "the journal")
    follower = Counting(["away", "broken"], health)
    with pytest.raises(RuntimeError):
        await follower.run()
    assert follower.waited_for == [AWAY, "the journal"]
    assert health.waiting_for == "the journal"


async def test_who_waits_for_a_sequence_is_told_when_it_is_there() -> None:
    follower = Counting(["there", "broken"], Health("test"))
    waiting = asyncio.create_task(follower.caught_up(2))
    with pytest.raises(RuntimeError):
        await follower.run()
    await waiting


async def test_a_batch_on_its_way_is_written_though_its_follower_is_stopped() -> None:
    written = asyncio.Event()

    async def write() -> None:
        await written.wait()

    writing = asyncio.create_task(write())
    finishing = asyncio.create_task(finish_writing(writing))
    await asyncio.sleep(0)
    finishing.cancel()
    await asyncio.sleep(0)
    assert not finishing.done()
    written.set()
    with pytest.raises(asyncio.CancelledError):
        await finishing
    assert writing.done() and not writing.cancelled()
