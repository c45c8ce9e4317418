"""`system`: who listens is told how the exchange is, and when its connection is about to end."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest

from cse.desk.models import Incident
from cse.services import streams_system
from cse.services.streams_system import SystemWatch
from tests.streams.client import split
from tests.streams.engine import Engine
from tests.streams.process import FakeProcess, Visitor

AT_US = 1_700_000_000_000_000
MAINTENANCE = Incident(
    UUID(int=1), "notice", {"en": "On Sunday at 6:00 UTC nothing trades for an hour."}, AT_US, None
)
TIMEOUT_S = 30.0


class Board:
    """What operators tell everybody."""

    def __init__(self) -> None:
        self.incident: Incident | None = None
        self.looks = 0

    async def current(self) -> Incident | None:
        self.looks += 1
        return self.incident


class World:
    """A process whose `system` is watched."""

    def __init__(self) -> None:
        self.board = Board()
        self.is_whole = True
        self.process = FakeProcess(Engine())
        self.watch = SystemWatch(
            self.process.hub.system,
            self.board,  # type: ignore[arg-type]
            lambda: self.is_whole,
            lambda: self.process.now_s,
        )

    def listener(self) -> Visitor:
        visitor = self.process.connect()
        visitor.session.receive(b'{"op":"subscribe","channels":["system"]}')
        self.process.turn()
        return visitor


def told(visitor: Visitor) -> list[dict[str, Any]]:
    """What of the channel has come so far."""
    data, found = bytes(visitor.connection.received), []
    while data:
        (_, content), data = split(data)
        message = json.loads(content)
        if message.get("channel") == "system":
            assert message["type"] == "snapshot"
            found.append(message["data"])
    return found


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        while not condition():
            await asyncio.sleep(0.001)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams_system, "LOOK_S", 0.001)
    monkeypatch.setattr(streams_system, "GRACE_S", 0.01)


async def test_what_is_told_changes_with_what_there_is() -> None:
    world = World()
    work = asyncio.create_task(world.watch.run())
    visitor = world.listener()
    await until(lambda: len(told(visitor)) == 1)
    world.board.incident = MAINTENANCE
    await until(lambda: len(told(visitor)) == 2)
    world.is_whole = False
    await until(lambda: len(told(visitor)) == 3)
    incident = {
        "severity": "notice",
        "texts": {"en": "On Sunday at 6:00 UTC nothing trades for an hour."},
        "begun_at": "2023-11-14T22:13:20.000000Z",
    }
    assert told(visitor) == [
        {"status": "up", "incident": None, "stop": None},
        {"status": "up", "incident": incident, "stop": None},
        {"status": "degraded", "incident": incident, "stop": None},
    ]
    # Who comes later, from another process too, begins with all there is.
    assert told(world.listener()) == [told(visitor)[-1]]
    work.cancel()


async def test_nobody_is_asked_while_nobody_listens() -> None:
    world = World()
    work = asyncio.create_task(world.watch.run())
    visitor = world.listener()
    await until(lambda: len(told(visitor)) == 1)
    visitor.leave()
    await until(lambda: not world.process.hub.system.ready)
    looks = world.board.looks
    # A look at `ready` is what a listener has it do, so one more may follow.
    await asyncio.sleep(0.01)
    assert world.board.looks == looks
    world.board.incident = MAINTENANCE
    again = world.listener()
    await until(lambda: len(told(again)) == 1)
    assert told(again)[0]["incident"] is not None
    work.cancel()


async def test_who_listens_is_told_before_the_connection_ends() -> None:
    world = World()
    work = asyncio.create_task(world.watch.run())
    visitor = world.listener()
    await until(lambda: len(told(visitor)) == 1)
    await world.watch.stop()
    (stopping,) = told(visitor)[1:]
    assert stopping["status"] == "stopping"
    assert stopping["stop"]["code"] == "shutting_down"
    work.cancel()
