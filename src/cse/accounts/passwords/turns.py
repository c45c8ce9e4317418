"""Who may go on next where only a few can at once."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TypeAlias

from cse.domain import codes
from cse.domain.errors import CodedError

_Waiting: TypeAlias = deque[asyncio.Future[None]]


class Turns:
    """Names take turns, so that many who wait under one name hold nobody up who comes under another.

    Args:
        at_once: how many have a turn at a time.
        waiting_max: how many wait for one, all names together.
    """

    def __init__(self, at_once: int, waiting_max: int) -> None:
        self._free = at_once
        self._waiting_max = waiting_max
        self._count = 0
        # In the order of their next turns.
        self._by_name: dict[str, _Waiting] = {}

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Waits for a turn, which lasts as long as the block.

        Raises:
            CodedError: `overloaded` when too many wait: the latest of the name under which most do.
        """
        await self._wait(name)
        try:
            yield
        finally:
            self._pass_on()

    async def _wait(self, name: str) -> None:
        if self._free:
            self._free -= 1
            return
        if self._count >= self._waiting_max:
            self._make_room(name)
        future = asyncio.get_running_loop().create_future()
        self._by_name.setdefault(name, deque()).append(future)
        self._count += 1
        try:
            await future
        except BaseException:
            if not self._leave(name, future) and not future.cancelled() and future.exception() is None:
                # The turn came in the moment in which it was given up.
                self._pass_on()
            raise

    def _make_room(self, name: str) -> None:
        most, waiting = max(self._by_name.items(), key=lambda item: len(item[1]))
        if len(self._by_name.get(name, ())) + 1 >= len(waiting):
            raise CodedError(codes.OVERLOADED)
        latest = waiting[-1]
        self._leave(most, latest)
        if not latest.done():
            latest.set_exception(CodedError(codes.OVERLOADED))

    def _leave(self, name: str, future: asyncio.Future[None]) -> bool:
        """Whether it waited until now."""
        waiting = self._by_name.get(name)
        if waiting is None or future not in waiting:
            return False
        waiting.remove(future)
        self._count -= 1
        if not waiting:
            del self._by_name[name]
        return True

    def _pass_on(self) -> None:
        while self._by_name:
            name = next(iter(self._by_name))
            waiting = self._by_name.pop(name)
            future = waiting.popleft()
            self._count -= 1
            if waiting:
                self._by_name[name] = waiting
            # Who was cancelled a moment ago has not left yet.
            if not future.done():
                future.set_result(None)
                return
        self._free += 1
