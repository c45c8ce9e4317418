"""Processes that hold guards on the same files, and a leader and a clock for them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

from cse.domain.limits import CANCELS_MAX
from cse.engine import wire
from cse.engine.models import Answer
from cse.trading.guard_files import Guard, GuardFiles
from cse.trading.guards import Guards

ACCOUNT, OTHER = 7, 8
ALL = Guard(ACCOUNT, None, 0)
TURNS = 200
_PAUSE_S = 0.001
ToThread = Callable[..., Awaitable[object]]


class Threads:
    """Those that work for a loop."""

    def __init__(self, to_thread: ToThread) -> None:
        self._to_thread = to_thread
        self.at_work = 0

    async def run(self, work: Callable[..., object], *arguments: object) -> object:
        """In place of `asyncio.to_thread`."""
        self.at_work += 1
        try:
            return await self._to_thread(work, *arguments)
        finally:
            self.at_work -= 1


THREADS = Threads(asyncio.to_thread)


async def settled() -> None:
    """Lets tasks, and the threads they wait for, come to where only time helps."""
    while True:
        for _ in range(TURNS):
            await asyncio.sleep(0)
        if not THREADS.at_work:
            return
        await asyncio.sleep(_PAUSE_S)


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
