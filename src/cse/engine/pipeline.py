"""One connection to the leader or the replica, on which any number of calls are under way at a time."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from cse.domain import codes
from cse.engine.conversation import Conversation, Unsettled
from cse.engine.message import Malformed
from cse.engine.models import EngineError, EngineRefused, OutcomeUnknown, Unavailable
from cse.engine.transport import Link

IN_FLIGHT_MAX: Final = 65_536
DEADLINE_STEP_S: Final = 0.05

# What becomes of a call: the frame of its reply, or why there is none.
Outcome: TypeAlias = bytes | EngineError
Waiter: TypeAlias = Callable[[Outcome], None]


class Pipeline:
    """Pipelined calls over one link: one write for all calls of a turn of the event loop."""

    def __init__(self, path: str | Path) -> None:
        self._conversation: Conversation[Waiter] = Conversation()
        self._link = Link(path, self)
        self._deadlines: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._flush_due = False

    @property
    def connected(self) -> bool:
        return self._link.connected

    @property
    def next_number(self) -> int:
        """The number that the frame of the next call must carry."""
        return self._conversation.next_number

    def open(self) -> None:
        """Begins to connect; calls fail with `Unavailable` until that is done."""
        self._link.open()
        if self._deadlines is None:
            self._loop = asyncio.get_running_loop()
            self._deadlines = self._loop.create_task(self._watch_deadlines(self._loop))

    async def wait_connected(self) -> None:
        await self._link.wait_connected()

    async def close(self) -> None:
        if self._deadlines is not None:
            self._deadlines.cancel()
            await asyncio.gather(self._deadlines, return_exceptions=True)
            self._deadlines = None
        await self._link.close()

    def call(self, frame: Iterable[bytes], timeout_s: float) -> asyncio.Future[bytes]:
        """Sends one frame. The future gets the frame of the reply, or fails; raises as `call_then`."""
        future: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self.call_then(frame, partial(_resolve, future), timeout_s)
        return future

    def call_then(self, frame: Iterable[bytes], waiter: Waiter, timeout_s: float) -> None:
        """Sends one frame; `waiter` is called once, with what becomes of it.

        Raises `Unavailable` without a connection, `EngineRefused` when too many calls wait.
        """
        loop = self._loop
        if loop is None or not self._link.connected:
            raise Unavailable("not connected to the engine")
        if self._conversation.in_flight >= IN_FLIGHT_MAX:
            raise EngineRefused(codes.OVERLOADED.number)
        self._conversation.ask(frame, waiter, loop.time() + timeout_s)
        if not self._flush_due:
            self._flush_due = True
            loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._flush_due = False
        data = self._conversation.outgoing()
        if data:
            self._link.write(data)

    async def _watch_deadlines(self, loop: asyncio.AbstractEventLoop) -> None:
        while True:
            await asyncio.sleep(DEADLINE_STEP_S)
            _settle(self._conversation.expired(loop.time()), "no answer in time")

    def link_made(self) -> None: ...

    def link_received(self, data: bytes) -> None:
        try:
            replies = self._conversation.receive(data)
        except Malformed:
            self._link.drop()
            return
        for waiter, frame in replies:
            waiter(frame)

    def link_lost(self) -> None:
        _settle(self._conversation.lost(), "the connection to the engine was lost")


def _settle(unsettled: list[Unsettled[Waiter]], why: str) -> None:
    for waiter, sent in unsettled:
        waiter(OutcomeUnknown(why) if sent else Unavailable(why))


def _resolve(future: asyncio.Future[bytes], outcome: Outcome) -> None:
    if future.done():
        # Whoever waited has given up.
        return
    if isinstance(outcome, EngineError):
        future.set_exception(outcome)
    else:
        future.set_result(outcome)
