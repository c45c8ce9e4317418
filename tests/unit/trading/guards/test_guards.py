"""Guards: orders are cancelled once when a connection ends, and not at all where a guard is resumed."""

from __future__ import annotations

import asyncio
import os
import threading
from pathlib import Path

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.limits import CANCELS_MAX
from cse.engine.models import OutcomeUnknown, Unavailable
from cse.trading.guard_files import Guard
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
