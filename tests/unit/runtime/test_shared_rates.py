"""Several processes take from one bucket as if it were one, also while the store comes and goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest

from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.rate import Buckets, Held, missing_by
from cse.runtime.shared_rates import SharedRates, StoreAway, Taken

RATE = Rate("any", 100, 10)


class Store:
    """Does what the script in Valkey does, on a clock that can be set; away when it is told so."""

    def __init__(self) -> None:
        self.now_us = 1_000_000_000
        self.is_away = False
        self.full_at_us: dict[str, int] = {}
        self.rates: dict[str, Rate] = {}

    async def tell(self, taken: Sequence[Taken]) -> list[int]:
        if self.is_away:
            raise StoreAway("on purpose")
        return [self._add(one) for one in taken]

    def _add(self, one: Taken) -> int:
        missing_us = self.full_at_us.get(one.key, 0) - self.now_us
        held_by = self.rates.get(one.key, one.rate)
        if held_by != one.rate:
            missing_us = round(missing_by(missing_us / 1e6, held_by, one.rate) * 1e6)
        before_us = self.now_us + max(missing_us, one.missing_us)
        full_at_us = min(before_us + one.taken_us, self.now_us + one.missing_max_us)
        self.full_at_us[one.key] = full_at_us
        self.rates[one.key] = one.rate
        if full_at_us <= self.now_us:
            del self.full_at_us[one.key], self.rates[one.key]
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
    await looking.look([Held(second, "a"), Held(second, "b")])
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
    await looking.look([Held(second, "a")])
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
    await looking.look([Held(second, "a")])
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
    await world.processes[1][1].look([Held(world.processes[1][0], "a")])
    assert world.processes[1][0].left("a") == 50


async def test_telling_takes_nothing_by_itself() -> None:
    world = World()
    await world.tell()
    buckets, shared = world.processes[0]
    buckets.take("a", 50)
    for _ in range(20):
        await shared.look([Held(buckets, "a")])
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


SMALL, LARGE = Rate("any", 40, 5), Rate("any", 1_000, 20)


@pytest.mark.parametrize(("after", "left"), [(SMALL, 30), (LARGE, 30)], ids=["lowered", "raised"])
async def test_what_is_left_stays_whoever_goes_on_by_another_rate_first(after: Rate, left: int) -> None:
    world = World()
    await world.tell()
    (first, sharing), (second, looking) = world.processes
    first.take("a", 70)
    await world.tell()
    await looking.look([Held(second, "a")])
    # Three rounds in which one process has heard of the other rate, and the other has not.
    first.put_in_force({0: after})
    for _ in range(3):
        await sharing.look([Held(first, "a")])
        await looking.look([Held(second, "a")])
    second.put_in_force({0: after})
    await looking.look([Held(second, "a")])
    assert (first.left("a"), second.left("a")) == (left, left)


async def test_a_process_that_starts_behind_the_change_hears_what_is_left() -> None:
    world = World()
    await world.tell()
    world.processes[0][0].take("a", 70)
    await world.tell()
    buckets, shared = world.process()
    buckets.put_in_force({0: LARGE})
    await shared.tell()
    buckets.take("a", 10)
    await shared.tell()
    assert buckets.left("a") == 20


async def test_a_rate_that_changes_while_the_store_answers_is_no_gift() -> None:
    world = World()
    await world.tell()
    buckets, shared = world.processes[0]
    buckets.take("a", 70)
    tell = world.store.tell

    async def slowly(taken: Sequence[Taken]) -> list[int]:
        answer = await tell(taken)
        buckets.put_in_force({0: LARGE})
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(world.store, "tell", slowly)
        await shared.tell()
    assert buckets.left("a") == 30


async def test_what_was_not_told_yet_is_told_by_the_rate_that_holds_then() -> None:
    world = World()
    await world.tell()
    (first, _), (second, looking) = world.processes
    first.take("a", 10)
    await world.tell()
    first.take("a", 60)
    for process, _ in world.processes:
        process.put_in_force({0: LARGE})
    await world.tell()
    await looking.look([Held(second, "a")])
    assert (first.left("a"), second.left("a")) == (30, 30)
