"""What everybody is told is told whatever the database does: it may be the very incident."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import cast

from cse.desk.incidents import GOOD_FOR_S, Banner
from cse.runtime.postgres import Pool


class HangingPool:
    """A server that answers nothing, and of which a request cannot be given up either."""

    def __init__(self) -> None:
        self.asked = 0
        self.back = asyncio.Event()

    @asynccontextmanager
    async def connection(self) -> AsyncIterator[None]:
        self.asked += 1
        try:
            await self.back.wait()
        except asyncio.CancelledError:
            # As a driver that tells the server of it first, and waits for that.
            await self.back.wait()
            raise
        yield


async def test_nobody_waits_for_a_server_that_hangs() -> None:
    now_s = [0.0]
    pool = HangingPool()
    banner = Banner(cast("Pool", pool), lambda: now_s[0])
    for _ in range(3):
        now_s[0] += GOOD_FOR_S
        # It hangs for as long as the test: that it is answered is all that is asked.
        async with asyncio.timeout(60):
            assert await banner.current() is None
    assert pool.asked == 1, "what is under way is not asked for again"
    pool.back.set()
