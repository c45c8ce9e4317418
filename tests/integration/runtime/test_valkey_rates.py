"""Processes share their rates over a server of the Redis protocol."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from cse.domain.rates import Rate
from cse.runtime.rate import Buckets, Held
from cse.runtime.shared_rates import SharedRates, StoreAway
from cse.runtime.valkey_rates import ValkeyRates
from tests.integration.runtime.conftest import RunningStore

# It fills so slowly that the time a test takes is of no account.
RATE = Rate("any", 10_000, 1)


class Process:
    """The buckets of a process."""

    def __init__(self, store_server: RunningStore) -> None:
        self.store = ValkeyRates(store_server.server.url)
        self.buckets = Buckets[str](RATE, processes=2)
        self.shared = SharedRates(self.store, [self.buckets], 2)

    async def left(self, name: str) -> int:
        await self.shared.look([Held(self.buckets, name)])
        return self.buckets.left(name)


@pytest.fixture
async def processes(store_server: RunningStore) -> AsyncIterator[tuple[Process, Process]]:
    both = Process(store_server), Process(store_server)
    for process in both:
        await process.shared.tell()
        assert process.shared.is_shared
    yield both
    for process in both:
        await process.store.close()


Both = tuple[Process, Process]


def is_near(left: int, expected: int) -> bool:
    """It has filled since, by one a second."""
    return expected - 1 <= left < expected + 600


async def test_what_all_have_taken_is_missing_for_each(processes: Both) -> None:
    one, other = processes
    one.buckets.take("a", 4_000)
    other.buckets.take("a", 3_000)
    for process in processes:
        await process.shared.tell()
    assert is_near(await one.left("a"), 3_000)
    assert is_near(await other.left("a"), 3_000)
    assert await other.left("b") == RATE.at_once


async def test_many_buckets_are_told_at_once(processes: Both) -> None:
    one, other = processes
    names = [f"name {number}" for number in range(1_201)]
    for number, name in enumerate(names):
        one.buckets.take(name, 1_000 + number)
    await one.shared.tell()
    await other.shared.look([Held(other.buckets, name) for name in names])
    assert all(is_near(other.buckets.left(name), 9_000 - number) for number, name in enumerate(names))


async def test_what_a_bucket_can_miss_is_bounded(processes: Both) -> None:
    for process in processes:
        process.buckets.take("b", RATE.at_once)
    for process in processes:
        await process.shared.tell()
    standing = processes[1].buckets.standing("b")
    assert standing.left == 0
    assert standing.full_in_s <= 1.1 * RATE.at_once + 1


@pytest.mark.parametrize(("after", "left"), [(1_500, 1_500), (60_000, 3_000)], ids=["lowered", "raised"])
async def test_by_another_rate_what_is_left_stays_as_far_as_it_fits(
    processes: Both, after: int, left: int
) -> None:
    one, other = processes
    name = f"changed to {after}"
    one.buckets.take(name, 7_000)
    await one.shared.tell()
    for process in processes:
        process.buckets.put_in_force({0: Rate("any", after, 2)})
        assert is_near(await process.left(name), left)
    # Back again: what did not fit is gone.
    one.buckets.put_in_force({0: RATE})
    assert is_near(await one.left(name), left)
    await other.left(name)


async def test_a_server_that_dies_is_told_again_what_it_forgot(
    store_server: RunningStore, processes: Both
) -> None:
    one, other = processes
    one.buckets.take("c", 4_000)
    await one.shared.tell()
    store_server.kill()
    with pytest.raises(StoreAway):
        await one.store.tell([])
    await one.shared.tell()
    await other.shared.tell()
    assert (one.shared.is_shared, other.shared.is_shared) == (False, False)
    # Its share, of what it knows to be left.
    one.buckets.take("c", 1_000)
    store_server.start()
    for process in processes:
        await process.shared.tell()
    assert one.shared.is_shared
    assert is_near(await other.left("c"), 5_000)
