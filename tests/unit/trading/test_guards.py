"""Guards: orders are cancelled once, by whoever is left, and not at all where a guard is resumed."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.engine import wire
from cse.engine.models import Answer, OutcomeUnknown, Unavailable
from cse.trading.guard_files import Guard, GuardFiles
from cse.trading.guards import STALLED_LOOKS, Guards

ACCOUNT, OTHER = 7, 8
ALL = Guard(ACCOUNT, None, 0)
TURNS = 200


class Leader:
    """A leader that has orders to cancel, and may be away."""

    def __init__(self) -> None:
        self.cancelled: list[tuple[int, int]] = []
        self.open = 1
        self.failures: list[Exception] = []
        self.asked: list[str] = []

    async def submit(self, command: bytes) -> Answer:
        if self.failures:
            raise self.failures.pop(0)
        self.asked.append("cancel")
        cancel = wire.CancelAllOrders.decode(command)
        self.cancelled.append((cancel.account, cancel.market))
        count, self.open = min(self.open, CANCELS_MAX), max(self.open - CANCELS_MAX, 0)
        return Answer(1, 1, 0, wire.OrdersCancelled(cancel.account, count).encode())

    async def status(self) -> dict[str, object]:
        self.asked.append("status")
        return {}


class Clock:
    """Sleeps that end when time is passed."""

    def __init__(self) -> None:
        self.now_s = 0.0
        self._sleeping: list[tuple[float, asyncio.Future[None]]] = []

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._sleeping.append((self.now_s + seconds, future))
        await future

    async def pass_time(self, seconds: float) -> None:
        await settled()
        self.now_s += seconds
        for at_s, future in self._sleeping:
            if at_s <= self.now_s and not future.done():
                future.set_result(None)
        await settled()


class Connection:
    """Whoever holds a guard."""

    def __init__(self) -> None:
        self.lost = self.spent = 0

    def guard_lost(self) -> None:
        self.lost += 1

    def guard_spent(self) -> None:
        self.spent += 1


class Process:
    """One process of several on the same files."""

    def __init__(self, data: Path, leader: Leader, clock: Clock) -> None:
        self.files = GuardFiles(data / "guards")
        self.guards = Guards(self.files, leader, clock.sleep)  # type: ignore[arg-type]
        self.guards.open()

    def die(self) -> None:
        """The kernel gives its lock back, and nothing else happens."""
        os.close(self.files._lock)
        self.files._lock = -1


@pytest.fixture
def leader() -> Leader:
    return Leader()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def here(tmp_path: Path, leader: Leader, clock: Clock) -> AsyncIterator[Process]:
    process = Process(tmp_path, leader, clock)
    yield process
    await process.guards.close()


@pytest.fixture
async def there(tmp_path: Path, leader: Leader, clock: Clock) -> AsyncIterator[Process]:
    process = Process(tmp_path, leader, clock)
    yield process
    await process.guards.close()


async def settled() -> None:
    """Lets tasks, and the threads they wait for, come to where only time helps."""
    for _ in range(TURNS):
        await asyncio.sleep(0)
    await asyncio.sleep(0.02)


async def test_the_orders_of_an_ended_connection_are_cancelled_once(here: Process, leader: Leader) -> None:
    name = await here.guards.arm(ALL, Connection())
    assert leader.cancelled == []
    here.guards.end(name, ALL)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert list(here.files.own.glob("*.*")) == [], "nothing is left to be cancelled again"


async def test_only_in_the_markets_that_were_named(here: Process, leader: Leader) -> None:
    guard = Guard(ACCOUNT, [3, 5], 0)
    here.guards.end(await here.guards.arm(guard, Connection()), guard)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 3), (ACCOUNT, 5)]


async def test_more_than_one_command_cancels_are_cancelled_too(here: Process, leader: Leader) -> None:
    leader.open = CANCELS_MAX + 1
    here.guards.end(await here.guards.arm(ALL, Connection()), ALL)
    await settled()
    assert leader.open == 0


async def test_a_guard_that_was_taken_away_cancels_nothing(here: Process, leader: Leader) -> None:
    name = await here.guards.arm(ALL, Connection())
    await here.guards.disarm(name)
    here.guards.end(name, ALL)
    await settled()
    assert leader.cancelled == []


async def test_it_is_asked_until_the_leader_answers(here: Process, leader: Leader, clock: Clock) -> None:
    leader.failures = [Unavailable("away"), OutcomeUnknown("lost"), Unavailable("away")]
    here.guards.end(await here.guards.arm(ALL, Connection()), ALL)
    for _ in range(3):
        assert leader.cancelled == []
        await clock.pass_time(2)
    assert leader.cancelled == [(ACCOUNT, 0)]


async def test_within_its_grace_it_is_resumed_and_nothing_is_cancelled(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    for process in (there, here):
        name = await here.guards.arm(guard, Connection())
        here.guards.end(name, guard)
        await clock.pass_time(4)
        assert await process.guards.resume(name, ACCOUNT)
        await process.guards.arm(guard, Connection(), name)
        await clock.pass_time(60)
        assert leader.cancelled == []
        process.guards.end(name, guard)
        await clock.pass_time(6)
        assert leader.cancelled == [(ACCOUNT, 0)], "what was resumed guards as before"
        leader.cancelled.clear()


async def test_after_its_grace_it_is_not(here: Process, there: Process, leader: Leader, clock: Clock) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    name = await here.guards.arm(guard, Connection())
    here.guards.end(name, guard)
    await clock.pass_time(6)
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert not await there.guards.resume(name, ACCOUNT)


async def test_a_connection_that_is_gone_unnoticed_cancels_nothing_of_who_has_come_back(
    here: Process, there: Process, leader: Leader
) -> None:
    for process in (there, here):
        old = Connection()
        name = await here.guards.arm(ALL, old)
        assert await process.guards.resume(name, ACCOUNT)
        await process.guards.arm(ALL, Connection(), name)
        here.guards.look()
        assert old.lost == 1
        await process.guards.disarm(name)
    assert leader.cancelled == []


async def test_a_resumption_waits_for_cancels_that_have_begun(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    name = await here.guards.arm(ALL, Connection())
    here.guards.end(name, ALL)
    resuming = asyncio.create_task(there.guards.resume(name, ACCOUNT))
    await settled()
    assert not resuming.done()
    await clock.pass_time(1)
    await clock.pass_time(1)
    assert await resuming is False
    assert leader.cancelled == [(ACCOUNT, 0)]


async def test_nobody_resumes_what_is_anothers(here: Process, there: Process) -> None:
    name = await here.guards.arm(ALL, Connection())
    assert not await there.guards.resume(name, OTHER)
    assert not await there.guards.resume("0" * 32, ACCOUNT)
    assert here.files.holds(name)


async def test_another_process_cancels_for_a_dead_one(here: Process, there: Process, leader: Leader) -> None:
    await there.guards.arm(ALL, Connection())
    here.guards.look()
    await settled()
    assert leader.asked == [], "it lives"
    there.die()
    here.guards.look()
    await settled()
    assert leader.asked == ["status", "cancel"], "what the dead one sent last comes before the cancel"
    assert not there.files.own.exists()


async def test_so_does_the_next_to_start(tmp_path: Path, leader: Leader, clock: Clock) -> None:
    dead = Process(tmp_path, leader, clock)
    await dead.guards.arm(ALL, Connection())
    dead.die()
    later = Process(tmp_path, leader, clock)
    later.guards.look()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)]
    await later.guards.close()
    assert list((tmp_path / "guards").iterdir()) == []


async def test_what_a_dead_process_had_begun_is_carried_on(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    guard = Guard(ACCOUNT, None, 60_000)
    name = await there.guards.arm(guard, Connection())
    there.files.make_due(name)
    there.die()
    here.guards.look()
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)], "its grace is over already"


async def test_a_dead_processes_guard_can_be_resumed_within_its_grace(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    name = await there.guards.arm(guard, Connection())
    there.die()
    here.guards.look()
    await clock.pass_time(4)
    assert await here.guards.resume(name, ACCOUNT)
    await here.guards.arm(guard, Connection(), name)
    await clock.pass_time(60)
    assert leader.cancelled == []


async def test_a_guard_that_comes_back_has_its_whole_grace(
    here: Process, there: Process, leader: Leader, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    guard = Guard(ACCOUNT, None, 8_000)
    name = await here.guards.arm(guard, Connection())
    here.guards.end(name, guard)
    await clock.pass_time(1)
    assert await there.guards.resume(name, ACCOUNT)
    await there.guards.arm(guard, Connection(), name)
    await clock.pass_time(3)
    there.die()
    here.guards.look()
    await clock.pass_time(7)
    assert leader.cancelled == [], "the first wait, of eight seconds, is over; the second is not"
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


async def test_a_process_that_does_nothing_is_not_waited_for(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    connection = Connection()
    name = await there.guards.arm(ALL, connection)
    for _ in range(STALLED_LOOKS + 1):
        here.guards.look()
    await clock.pass_time(1)
    assert leader.cancelled == []
    for _ in range(3):
        here.guards.look()
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    there.guards.look()
    assert connection.spent == 1, "when it goes on, its connections end"
    there.guards.end(name, ALL)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)] * 2, "and what came meanwhile is cancelled"


async def test_what_was_cancelled_because_of_that_is_not_resumed(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    name = await there.guards.arm(ALL, Connection())
    for _ in range(STALLED_LOOKS + 2):
        here.guards.look()
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert not await here.guards.resume(name, ACCOUNT)
    there.guards.end(name, ALL)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)], "who has come back has orders of his own by now"


def stall(onlooker: Process) -> None:
    """Looks on until it finds the others stalled, which have not looked meanwhile."""
    for _ in range(STALLED_LOOKS + 2):
        onlooker.guards.look()


async def test_a_stalled_processs_guard_can_be_resumed_within_its_grace(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    name = await there.guards.arm(guard, Connection())
    stall(here)
    await clock.pass_time(4)
    assert await here.guards.resume(name, ACCOUNT), "none of its orders is cancelled"
    await here.guards.arm(guard, Connection(), name)
    await clock.pass_time(60)
    assert leader.cancelled == []


async def test_after_its_grace_it_is_cancelled_before_anybody_is_told_that_it_was(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    name = await there.guards.arm(Guard(ACCOUNT, None, 5_000), Connection())
    stall(here)
    await clock.pass_time(5)
    resuming = asyncio.create_task(here.guards.resume(name, ACCOUNT))
    await settled()
    assert (leader.cancelled, resuming.done()) == ([], False)
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    await clock.pass_time(1)
    assert await resuming is False


async def test_all_who_look_on_cancel_once(
    tmp_path: Path, here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    third = Process(tmp_path, leader, clock)
    await there.guards.arm(Guard(ACCOUNT, None, 5_000), Connection())
    for _ in range(STALLED_LOOKS + 2):
        here.guards.look()
        third.guards.look()
    here.die()
    await here.guards.close()
    await clock.pass_time(5)
    assert leader.cancelled == [(ACCOUNT, 0)], "whichever of them is left"
    await third.guards.close()


async def test_who_goes_on_while_others_cancel_for_it_has_them_cancel_once_more(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    name = await there.guards.arm(ALL, Connection())
    stall(here)
    await settled()
    there.guards.look()
    there.guards.end(name, ALL)
    await clock.pass_time(1)
    await clock.pass_time(1)
    assert leader.asked == ["cancel", "status", "cancel"], "what it sent meanwhile comes before the second"
    assert [*here.files.own.glob("*.*"), *there.files.own.glob("*.*")] == []


async def test_with_grace_too_what_came_meanwhile_is_cancelled_at_once(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    name = await there.guards.arm(guard, Connection())
    stall(here)
    await clock.pass_time(5)
    there.guards.look()
    there.guards.end(name, guard)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)] * 2


async def test_a_process_that_stops_cancels_what_it_can_and_leaves_the_rest(
    tmp_path: Path, leader: Leader, clock: Clock
) -> None:
    stopping, after = (Process(tmp_path, leader, clock) for _ in range(2))
    waits = Guard(OTHER, None, 5_000)
    names = [await stopping.guards.arm(guard, Connection()) for guard in (ALL, waits)]
    for name, guard in zip(names, (ALL, waits), strict=True):
        stopping.guards.end(name, guard)
    await stopping.guards.close()
    assert leader.cancelled == [(ACCOUNT, 0)]
    after.guards.look()
    await clock.pass_time(6)
    assert leader.cancelled == [(ACCOUNT, 0), (OTHER, 0)]
    await after.guards.close()


async def test_without_a_disk_there_is_no_guard(here: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    monkeypatch.setattr(here.files, "write", full)
    with pytest.raises(CodedError) as refused:
        await here.guards.arm(ALL, Connection())
    assert refused.value.code is codes.UNAVAILABLE
