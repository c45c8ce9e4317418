"""A follower gets every durable group once, in order, and learns when its position is lost."""

from __future__ import annotations

import asyncio

import pytest

from cse.engine import wire
from cse.engine._native import Leader
from cse.engine.feed import EventFeed
from cse.engine.models import PositionLost, groups
from tests.memory_storage import MemoryStorage
from tests.small_market import LISTED, listing, request


def run(leader: Leader, *commands: bytes, commit: bool = True) -> None:
    for command in commands:
        leader.submit(1, request(1, command))
    batch = leader.gather(1)
    assert batch is not None
    leader.write(batch)
    if commit:
        leader.commit(batch)


@pytest.fixture
def storage() -> MemoryStorage:
    return MemoryStorage()


@pytest.fixture
def leader(storage: MemoryStorage) -> Leader:
    leader = Leader(storage, 1, 0, segment_bytes=1 << 16)
    run(leader, *listing())
    return leader


def test_groups_come_in_order_from_behind_a_position(storage: MemoryStorage, leader: Leader) -> None:
    feed = EventFeed(storage)
    found = groups(feed.read_bytes(0))
    assert [group.sequence for group in found] == list(range(1, leader.durable_sequence + 1))
    assert groups(feed.read_bytes(3, limit=2)) == found[3:5]
    assert feed.read_bytes(leader.durable_sequence) == b""


def test_nothing_is_read_before_it_is_durable(storage: MemoryStorage, leader: Leader) -> None:
    feed = EventFeed(storage)
    run(leader, wire.Tick().encode(), commit=False)
    assert feed.read_bytes(LISTED + 1) == b""


def test_a_position_is_good_where_the_chain_is_the_same(storage: MemoryStorage, leader: Leader) -> None:
    feed = EventFeed(storage)
    for group in groups(feed.read_bytes(0)):
        feed.check_position(group.sequence, group.chain)
    feed.check_position(0, 0)


def test_a_position_stays_good_when_the_next_leader_starts(storage: MemoryStorage, leader: Leader) -> None:
    last = groups(EventFeed(storage).read_bytes(0))[-1]
    Leader(storage, 1, 0, segment_bytes=1 << 16)
    feed = EventFeed(storage)
    feed.check_position(last.sequence, last.chain)
    assert [group.sequence for group in groups(feed.read_bytes(last.sequence))] == [last.sequence + 1]


@pytest.mark.parametrize(
    ("sequence", "chain", "why"),
    [
        (LISTED + 1, 12345, "another command"),
        (LISTED + 2, 0, "beyond the journal's end"),
        (1 << 40, 0, "beyond the journal's end"),
    ],
)
def test_a_position_on_another_journal_is_lost(
    storage: MemoryStorage, leader: Leader, sequence: int, chain: int, why: str
) -> None:
    with pytest.raises(PositionLost, match=why):
        EventFeed(storage).check_position(sequence, chain)


def test_reading_beyond_the_end_is_no_waiting_but_an_error(storage: MemoryStorage, leader: Leader) -> None:
    with pytest.raises(PositionLost):
        EventFeed(storage).read_bytes(leader.durable_sequence + 1)


async def test_waiting_ends_with_the_next_durable_group(storage: MemoryStorage, leader: Leader) -> None:
    waiting = asyncio.create_task(EventFeed(storage).wait(LISTED + 1))
    await asyncio.sleep(0.01)
    assert not waiting.done()
    run(leader, wire.Tick().encode())
    assert await waiting == LISTED + 2
