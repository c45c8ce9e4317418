"""Who works out a statement now, and who waits."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final
from weakref import WeakValueDictionary

from cse.domain import codes
from cse.domain.errors import CodedError

AT_ONCE: Final = 2
"""Statements that an edge works out at once; the others wait, and hold nothing meanwhile."""
OF_AN_ACCOUNT_MAX: Final = 3
"""Requests of an account under way, of which one is worked out."""
_AGAIN_AFTER_S: Final = 2


class Turns:
    """Gives each account one turn at a time, and all of them together `AT_ONCE`."""

    def __init__(self) -> None:
        self._all = asyncio.Semaphore(AT_ONCE)
        self._own: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._under_way: Counter[int] = Counter()

    @asynccontextmanager
    async def of(self, account: int) -> AsyncIterator[None]:
        """The account's turn.

        Raises:
            CodedError: `rate_limited`, where as many of the account are under way as may be.
        """
        if self._under_way[account] >= OF_AN_ACCOUNT_MAX:
            raise CodedError(codes.RATE_LIMITED, seconds=_AGAIN_AFTER_S)
        self._under_way[account] += 1
        try:
            # Who waits for their own takes nobody's place among all.
            async with self._own.setdefault(account, asyncio.Lock()), self._all:
                yield
        finally:
            self._under_way[account] -= 1
            if not self._under_way[account]:
                del self._under_way[account]
