"""The follower looks often while something happens, seldom while nothing does, and never tells a hole."""

from __future__ import annotations

import asyncio

import pytest

from cse.engine.models import PositionLost
from cse.streams.follower import Follower
from tests.small_market import sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

BOOK = f"orderbook.{NAME}"


async def until(visitor: Visitor, updates: int) -> None:
    async with asyncio.timeout(5):
        while True:
            visitor.take()
            found = visitor.client.channels.get(BOOK)
            if found is not None and found.updates + found.snapshots > updates:
                return
            await asyncio.sleep(0.001)


async def test_what_becomes_durable_is_told() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    follower = Follower(engine.feed, process.hub)
    follower.start()
    visitor = process.connect()
    visitor.send(visitor.client.subscription(BOOK))
    await until(visitor, 0)
    for number in range(5):
        engine.run(sell(110))
        await until(visitor, number + 1)
    assert follower.lag == 0
    follower.stop()
    turns = follower.turns
    engine.run(sell(110))
    await asyncio.sleep(0.05)
    assert follower.turns == turns


async def test_nothing_is_done_while_nothing_happens() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    follower = Follower(engine.feed, process.hub)
    follower.start()
    await asyncio.sleep(0.1)
    assert follower.turns == 0
    follower.stop()


async def test_a_subscriber_is_not_kept_waiting_for_the_next_look() -> None:
    engine = Engine()
    process = FakeProcess(engine)
    follower = Follower(engine.feed, process.hub)
    follower.start()
    await asyncio.sleep(0.1)
    visitor = process.connect()
    visitor.send(visitor.client.subscription(BOOK))
    assert process.hub.has_comers
    await until(visitor, 0)
    follower.stop()


class LostFeed:
    """A journal that is not the one that was followed."""

    watermark = 1

    def read_bytes(self, after_sequence: int, limit: int = 0) -> bytes:
        raise PositionLost(f"{after_sequence} is beyond the end")


async def test_a_journal_that_was_replaced_ends_it() -> None:
    process = FakeProcess(Engine())
    follower = Follower(LostFeed(), process.hub)
    follower.start()
    with pytest.raises(PositionLost):
        await asyncio.wait_for(follower.failed, 5)
