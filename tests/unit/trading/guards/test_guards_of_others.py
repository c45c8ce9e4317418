"""Guards of processes that die, stop or do nothing: whoever is left cancels, once."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cse.engine.models import Unavailable
from cse.trading.guard_files import Guard
from cse.trading.guards import STALLED_LOOKS
from tests.unit.trading.guards.processes import (
    ACCOUNT,
    ALL,
    OTHER,
    Clock,
    Leader,
    Process,
    guarded,
    settled,
)


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
