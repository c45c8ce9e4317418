"""Guards: orders are cancelled once, by whoever is left, and not at all where a guard is resumed."""

from __future__ import annotations

import asyncio
import os
import threading
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
        # What comes of the next commands; None is an answer.
        self.failures: list[Exception | None] = []
        self.asked: list[str] = []

    async def submit(self, command: bytes) -> Answer:
        failure = self.failures.pop(0) if self.failures else None
        if failure is not None:
            raise failure
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


class Connection:
    """Whoever holds a guard."""

    def __init__(self, process: Process, guard: Guard = ALL) -> None:
        self.process, self.guard = process, guard
        self.lost, self.spent = list[str](), 0
        self.name: str | None = None
        self.resumed = False

    async def arm(self, resume: str | None = None) -> Connection:
        self.name, self.resumed = await self.process.guards.arm(self.guard, self, self.name, resume)
        return self

    @property
    def is_held(self) -> bool:
        return self.name is not None and self.process.guards.is_held(self.name, self)

    def end(self) -> None:
        assert self.name is not None
        self.process.guards.end(self.name, self.guard, self)

    def guard_lost(self, name: str) -> None:
        self.lost.append(name)

    def guard_spent(self) -> None:
        self.spent += 1


async def guarded(process: Process, guard: Guard = ALL, resume: str | None = None) -> Connection:
    """A new connection that guards orders."""
    return await Connection(process, guard).arm(resume)


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
    connection = await guarded(here)
    assert leader.cancelled == []
    connection.end()
    connection.end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert list(here.files.own.glob("*.*")) == [], "nothing is left to be cancelled again"


async def test_only_in_the_markets_that_were_named(here: Process, leader: Leader) -> None:
    (await guarded(here, Guard(ACCOUNT, [3, 5], 0))).end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 3), (ACCOUNT, 5)]


async def test_more_than_one_command_cancels_are_cancelled_too(here: Process, leader: Leader) -> None:
    leader.open = CANCELS_MAX + 1
    (await guarded(here)).end()
    await settled()
    assert leader.open == 0


async def test_what_is_left_is_cancelled_when_the_leader_is_back(
    here: Process, leader: Leader, clock: Clock
) -> None:
    leader.open = CANCELS_MAX + 1
    leader.failures = [None, Unavailable("away")]
    (await guarded(here)).end()
    await settled()
    assert leader.open == 1, "some are cancelled and others are not"
    await clock.pass_time(1)
    assert leader.open == 0


async def test_a_guard_that_was_taken_away_cancels_nothing(here: Process, leader: Leader) -> None:
    connection = await guarded(here)
    assert connection.name is not None
    await here.guards.disarm(connection.name, connection)
    connection.end()
    await settled()
    assert leader.cancelled == []
    assert list(here.files.own.glob("*.*")) == []


async def test_what_is_said_again_replaces_what_was_said(here: Process, leader: Leader) -> None:
    connection = await guarded(here)
    name, connection.guard = connection.name, Guard(ACCOUNT, [3], 0)
    assert (await connection.arm()).name == name
    connection.end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 3)]


async def test_it_is_asked_until_the_leader_answers(here: Process, leader: Leader, clock: Clock) -> None:
    leader.failures = [Unavailable("away"), OutcomeUnknown("lost"), Unavailable("away")]
    (await guarded(here)).end()
    for _ in range(3):
        assert leader.cancelled == []
        await clock.pass_time(2)
    assert leader.cancelled == [(ACCOUNT, 0)]


async def test_within_its_grace_it_is_resumed_and_nothing_is_cancelled(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    for process in (there, here):
        first = await guarded(here, guard)
        first.end()
        await clock.pass_time(4)
        second = await guarded(process, guard, first.name)
        assert (second.resumed, second.name) == (True, first.name)
        await clock.pass_time(60)
        assert leader.cancelled == []
        second.end()
        await clock.pass_time(6)
        assert leader.cancelled == [(ACCOUNT, 0)], "what was resumed guards as before"
        leader.cancelled.clear()


async def test_after_its_grace_it_is_not(here: Process, there: Process, leader: Leader, clock: Clock) -> None:
    first = await guarded(here, Guard(ACCOUNT, None, 5_000))
    first.end()
    await clock.pass_time(6)
    assert leader.cancelled == [(ACCOUNT, 0)]
    second = await guarded(there, resume=first.name)
    assert not second.resumed
    assert second.name != first.name


async def test_a_connection_that_is_gone_unnoticed_cancels_nothing_of_who_has_come_back(
    here: Process, there: Process, leader: Leader
) -> None:
    for process in (there, here):
        old = await guarded(here)
        new = await guarded(process, resume=old.name)
        assert new.resumed
        here.guards.look()
        assert old.lost == [new.name]
        old.end()
        await settled()
        assert leader.cancelled == []
        new.end()
        await settled()
        assert leader.cancelled == [(ACCOUNT, 0)]
        leader.cancelled.clear()


async def test_of_many_who_resume_it_at_the_same_moment_one_has_it(
    here: Process, there: Process, leader: Leader
) -> None:
    for round_ in range(10):
        first = await guarded(here)
        processes = (here, there, here, there)[round_ % 2 :]
        many = await asyncio.gather(*(guarded(process, resume=first.name) for process in processes))
        assert all(connection.resumed for connection in many), "each after the other"
        here.guards.look()
        there.guards.look()
        holding = [connection for connection in many if connection.is_held]
        assert len(holding) == 1
        for connection in many:
            if connection not in holding:
                connection.end()
        await settled()
        assert leader.cancelled == [], "those that have lost it guard nothing"
        holding[0].end()
        await settled()
        assert leader.cancelled == [(ACCOUNT, 0)]
        leader.cancelled.clear()
        assert [*here.files.own.glob("*.*"), *there.files.own.glob("*.*")] == []


async def test_who_loses_it_while_he_says_something_else_does_not_take_it_back(
    here: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = await guarded(here)
    old.guard = Guard(ACCOUNT, [3], 0)
    prepare, may_go_on = here.files.prepare, threading.Event()

    def slowly(guard: Guard) -> Path:
        if guard == old.guard:
            may_go_on.wait()
        return prepare(guard)

    monkeypatch.setattr(here.files, "prepare", slowly)
    saying_again = asyncio.create_task(old.arm())
    new = await guarded(here, resume=old.name)
    may_go_on.set()
    await saying_again
    assert new.is_held
    assert old.is_held
    assert old.name != new.name


async def test_a_resumption_waits_for_cancels_that_have_begun(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    first = await guarded(here)
    first.end()
    resuming = asyncio.create_task(guarded(there, resume=first.name))
    await settled()
    assert not resuming.done()
    await clock.pass_time(1)
    await clock.pass_time(1)
    assert not (await resuming).resumed
    assert leader.cancelled == [(ACCOUNT, 0)]


async def test_nobody_resumes_what_is_anothers(here: Process, there: Process) -> None:
    own = await guarded(here)
    assert not (await guarded(there, Guard(OTHER, None, 0), own.name)).resumed
    assert not (await guarded(there, ALL, "0" * 32)).resumed
    here.guards.look()
    assert own.is_held


async def test_another_process_cancels_for_a_dead_one(here: Process, there: Process, leader: Leader) -> None:
    await guarded(there)
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
    await guarded(dead)
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
    connection = await guarded(there, Guard(ACCOUNT, None, 60_000))
    assert connection.name is not None
    there.files.make_due(connection.name)
    there.die()
    here.guards.look()
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)], "its grace is over already"


@pytest.mark.parametrize("files", [(".held",), (".held", ".json")], ids=str)
async def test_one_that_a_dead_process_was_writing_anew_is_there_once(
    here: Process, there: Process, leader: Leader, files: tuple[str, ...]
) -> None:
    connection = await guarded(there)
    armed = there.files.own / f"{connection.name}.json"
    said = armed.read_bytes()
    armed.unlink()
    for state in files:
        armed.with_suffix(state).write_bytes(said)
    there.die()
    here.guards.look()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)]


async def test_a_dead_processes_guard_can_be_resumed_within_its_grace(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    first = await guarded(there, guard)
    there.die()
    here.guards.look()
    await clock.pass_time(4)
    assert (await guarded(here, guard, first.name)).resumed
    await clock.pass_time(60)
    assert leader.cancelled == []


async def test_a_guard_that_comes_back_has_its_whole_grace(
    here: Process, there: Process, leader: Leader, clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    guard = Guard(ACCOUNT, None, 8_000)
    first = await guarded(here, guard)
    first.end()
    await clock.pass_time(1)
    assert (await guarded(there, guard, first.name)).resumed
    await clock.pass_time(3)
    there.die()
    here.guards.look()
    await clock.pass_time(7)
    assert leader.cancelled == [], "the first wait, of eight seconds, is over; the second is not"
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


def stall(onlooker: Process) -> None:
    """Looks on until it finds the others stalled, which have not looked meanwhile."""
    for _ in range(STALLED_LOOKS + 2):
        onlooker.guards.look()


async def test_a_process_that_does_nothing_is_not_waited_for(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    connection = await guarded(there)
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
    connection.end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)] * 2, "and what came meanwhile is cancelled"


async def test_what_was_cancelled_because_of_that_is_not_resumed(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    connection = await guarded(there)
    stall(here)
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    assert not (await guarded(here, resume=connection.name)).resumed
    connection.end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)], "who has come back has orders of his own by now"


async def test_a_stalled_processs_guard_can_be_resumed_within_its_grace(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    guard = Guard(ACCOUNT, None, 5_000)
    first = await guarded(there, guard)
    stall(here)
    await clock.pass_time(4)
    assert (await guarded(here, guard, first.name)).resumed, "none of its orders is cancelled"
    await clock.pass_time(60)
    assert leader.cancelled == []


async def test_after_its_grace_it_is_cancelled_before_anybody_is_told_that_it_was(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    leader.failures = [Unavailable("away")]
    first = await guarded(there, Guard(ACCOUNT, None, 5_000))
    stall(here)
    await clock.pass_time(5)
    resuming = asyncio.create_task(guarded(here, resume=first.name))
    await settled()
    assert (leader.cancelled, resuming.done()) == ([], False)
    await clock.pass_time(1)
    assert leader.cancelled == [(ACCOUNT, 0)]
    await clock.pass_time(1)
    assert not (await resuming).resumed


async def test_all_who_look_on_cancel_once(
    tmp_path: Path, here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    third = Process(tmp_path, leader, clock)
    await guarded(there, Guard(ACCOUNT, None, 5_000))
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
    connection = await guarded(there)
    stall(here)
    await settled()
    there.guards.look()
    connection.end()
    await clock.pass_time(1)
    await clock.pass_time(1)
    assert leader.asked == ["cancel", "status", "cancel"], "what it sent meanwhile comes before the second"
    assert [*here.files.own.glob("*.*"), *there.files.own.glob("*.*")] == []


async def test_with_grace_too_what_came_meanwhile_is_cancelled_at_once(
    here: Process, there: Process, leader: Leader, clock: Clock
) -> None:
    connection = await guarded(there, Guard(ACCOUNT, None, 5_000))
    stall(here)
    await clock.pass_time(5)
    there.guards.look()
    connection.end()
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)] * 2


async def test_a_process_that_stops_cancels_what_it_can_and_leaves_the_rest(
    tmp_path: Path, leader: Leader, clock: Clock
) -> None:
    stopping, after = (Process(tmp_path, leader, clock) for _ in range(2))
    connections = [await guarded(stopping, guard) for guard in (ALL, Guard(OTHER, None, 5_000))]
    for connection in connections:
        connection.end()
    await stopping.guards.close()
    assert leader.cancelled == [(ACCOUNT, 0)]
    after.guards.look()
    await clock.pass_time(6)
    assert leader.cancelled == [(ACCOUNT, 0), (OTHER, 0)]
    await after.guards.close()


async def test_it_is_durable_before_anybody_is_told(here: Process, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[str] = []

    def noted(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        # What a directory's entries are when they are made durable.
        synced.append(" ".join(entry.suffix for entry in path.glob("*.*")) if path.is_dir() else path.suffix)

    monkeypatch.setattr(os, "fsync", noted)
    connection = await guarded(here)
    assert synced == [".new", ".json"], "first what it says, then that it is there"
    synced.clear()
    await guarded(here, resume=connection.name)
    assert synced == [".new", ".json"]


async def test_without_a_disk_there_is_no_guard_and_what_there_was_stays(
    here: Process, there: Process, leader: Leader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError("no space left on device")

    connection = await guarded(there)
    monkeypatch.setattr(here.files, "prepare", full)
    for resume in (None, connection.name):
        with pytest.raises(CodedError) as refused:
            await guarded(here, resume=resume)
        assert refused.value.code is codes.UNAVAILABLE
    there.guards.look()
    assert connection.is_held
    assert leader.cancelled == []


async def test_what_may_not_have_become_durable_is_nobodys(
    here: Process, there: Process, leader: Leader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("input/output error")

    connection = await guarded(there)
    with monkeypatch.context() as patched:
        patched.setattr(here.files, "sync", broken)
        with pytest.raises(CodedError):
            await guarded(here)
        assert list(here.files.own.glob("*.*")) == [], "orders that nobody was told are guarded are not"
        with pytest.raises(CodedError):
            await guarded(here, resume=connection.name)
    await settled()
    assert leader.cancelled == [(ACCOUNT, 0)], "orders that were guarded are cancelled: nobody has them now"
