"""Several processes take from one bucket as if it were one, also while the store comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.rate import Buckets
from cse.runtime.shared_rates import SharedRates, StoreAway, Taken

RATE = Rate("any", 100, 10)


class Store:
    """Does what the script in Valkey does, on a clock that can be set; away when it is told so."""

    def __init__(self) -> None:
        self.now_us = 1_000_000_000
        self.is_away = False
        self.full_at_us: dict[str, int] = {}

    async def tell(self, taken: Sequence[Taken]) -> list[int]:
        if self.is_away:
            raise StoreAway("on purpose")
        return [self._add(one) for one in taken]

    def _add(self, one: Taken) -> int:
        before_us = max(self.full_at_us.get(one.key, 0), self.now_us + one.missing_us)
        full_at_us = min(before_us + one.taken_us, self.now_us + one.missing_max_us)
        self.full_at_us[one.key] = full_at_us
        return full_at_us - self.now_us


class World:
    """Processes that share a store, and time that passes for all of them."""

    def __init__(self, processes: int = 2) -> None:
        self.store = Store()
        self.now_s = 50.0
        self.processes = [self.process(processes) for _ in range(processes)]

    def process(self, processes: int = 2) -> tuple[Buckets[str], SharedRates]:
        buckets = Buckets[str](RATE, lambda: self.now_s, processes=processes)
        return buckets, SharedRates(self.store, [buckets], processes)

    def pass_time(self, seconds: float) -> None:
        self.now_s += seconds
        self.store.now_us += round(seconds * 1e6)

    async def tell(self) -> None:
        for _, shared in self.processes:
            await shared.tell()

    def flood(self, name: str = "a", most: int = 1_000) -> int:
        """How many get through when each process is asked so often."""
        count = 0
        for buckets, _ in self.processes:
            for _ in range(most):
                try:
                    buckets.take(name)
                except CodedError:
                    break
                count += 1
        return count


async def test_two_processes_give_no_more_than_one_on_the_long_run() -> None:
    world = World()
    await world.tell()
    through, at_a_time = 0, 5
    for _ in range(600):
        through += world.flood(most=at_a_time)
        await world.tell()
        world.pass_time(0.1)
    # What both gave before they heard of each other was missing afterwards.
    alone = RATE.at_once + 60 * RATE.per_second
    assert alone - at_a_time <= through <= alone + 2 * at_a_time


async def test_what_one_takes_the_other_hears_with_its_next_take() -> None:
    world = World()
    await world.tell()
    (first, _), (second, _) = world.processes
    first.take("a", 90)
    await world.tell()
    second.take("a")
    await world.tell()
    assert second.left("a") == 9
    assert second.left("b") == RATE.at_once


async def test_a_process_that_starts_anew_hears_what_was_taken() -> None:
    world = World()
    await world.tell()
    world.processes[0][0].take("a", 80)
    await world.tell()
    buckets, shared = world.process()
    await shared.tell()
    buckets.take("a")
    await shared.tell()
    assert buckets.left("a") == 19


async def test_a_look_asks_without_taking() -> None:
    world = World()
    await world.tell()
    (first, _), (second, looking) = world.processes
    first.take("a", 80)
    await world.tell()
    await looking.look([(second, "a"), (second, "b")])
    assert (second.left("a"), second.left("b")) == (20, 100)
    assert second.untold() == []


async def test_while_the_store_is_away_each_gives_its_share_and_tells_later() -> None:
    world = World()
    await world.tell()
    world.store.is_away = True
    await world.tell()
    assert not world.processes[0][1].is_shared
    assert world.flood() == RATE.at_once
    await world.tell()
    world.pass_time(1)
    assert world.flood() == RATE.per_second
    world.store.is_away = False
    await world.tell()
    await world.tell()
    second, looking = world.processes[1]
    await looking.look([(second, "a")])
    assert second.left("a") <= RATE.per_second
    assert looking.is_shared


async def test_what_was_taken_long_ago_is_not_told_as_if_it_were_now() -> None:
    world = World()
    world.store.is_away = True
    await world.tell()
    buckets, shared = world.processes[0]
    buckets.take("a", 50)
    world.pass_time(60)
    world.store.is_away = False
    await shared.tell()
    assert buckets.left("a") == RATE.at_once


async def test_a_store_that_has_lost_all_hears_it_again() -> None:
    world = World()
    await world.tell()
    (first, sharing), (second, looking) = world.processes
    first.take("a", 80)
    await world.tell()
    world.store.full_at_us.clear()
    first.take("a")
    await sharing.tell()
    await looking.look([(second, "a")])
    assert second.left("a") == 19


async def test_a_store_that_fails_as_nobody_expects_leaves_each_its_share(
    caplog: pytest.LogCaptureFixture,
) -> None:
    world = World()
    await world.tell()
    buckets, shared = world.processes[0]

    async def fail(_: Sequence[Taken]) -> list[int]:
        failed.set()
        raise RuntimeError("a fault")

    failed = asyncio.Event()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.store, "tell", fail)
        buckets.take("a", 50)
        telling = asyncio.create_task(shared.run())
        await failed.wait()
        telling.cancel()
        with pytest.raises(asyncio.CancelledError):
            await telling
    assert not shared.is_shared
    assert [record.message for record in caplog.records] == ["rates cannot be told"]
    # It is told once the store is itself again.
    await shared.tell()
    assert world.processes[1][0].processes == 1
    await world.processes[1][1].look([(world.processes[1][0], "a")])
    assert world.processes[1][0].left("a") == 50


async def test_telling_takes_nothing_by_itself() -> None:
    world = World()
    await world.tell()
    buckets, shared = world.processes[0]
    buckets.take("a", 50)
    for _ in range(20):
        await shared.look([(buckets, "a")])
        world.pass_time(0.1)
    assert buckets.left("a") == 70


async def test_a_store_whose_clock_is_set_back_empties_a_bucket_at_most() -> None:
    world = World()
    await world.tell()
    buckets, shared = world.processes[0]
    buckets.take("a", 50)
    await shared.tell()
    world.store.now_us -= 3_600_000_000
    buckets.take("a")
    await shared.tell()
    assert buckets.left("a") == 0
    world.pass_time(2)
    assert buckets.left("a") == RATE.per_second
    buckets.take("a")
    await shared.tell()
    assert buckets.left("a") == RATE.per_second - 1
