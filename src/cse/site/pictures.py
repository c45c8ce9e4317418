"""Keeps pictures of markets, and draws them beside the event loop, no more and no oftener than is good."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.rates import Rate
from cse.runtime.rate import Buckets
from cse.site.picture import Facts

FRESH_S: Final = 15
"""For how long a picture is given without looking at the market."""
KEPT_BYTES_MAX: Final = 16 << 20
DRAWN: Final = Rate("pictures", at_once=8, per_second=4)


class Picture(NamedTuple):
    """A PNG file and its entity tag, of what it shows, and when that was read."""

    facts: Facts
    png: bytes
    etag: str
    read_at_s: float


class Pictures:
    """The pictures of markets. One is drawn at a time, `DRAWN` of them in a second.

    Args:
        draw: makes the file; it is called in a thread of its own.
        clock_s: a clock that is never set.
    """

    def __init__(self, draw: Callable[[Facts], bytes], clock_s: Callable[[], float] = time.monotonic) -> None:
        self._draw = draw
        self._clock_s = clock_s
        self._thread = ThreadPoolExecutor(1, "pictures")
        self._pace: Buckets[str] = Buckets(DRAWN, clock_s, codes.OVERLOADED)
        self._kept: OrderedDict[str, Picture] = OrderedDict()
        self._kept_bytes = 0
        self._underway: dict[str, asyncio.Task[Picture]] = {}

    def close(self) -> None:
        """Ends the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)

    @property
    def kept_bytes(self) -> int:
        """How much memory the files take, never more than `KEPT_BYTES_MAX`."""
        return self._kept_bytes

    async def of(self, market: str, read: Callable[[], Awaitable[Facts]]) -> Picture:
        """The picture of a market that there is, made anew where `read` says something else.

        Who asks while it is made waits for the same. Where too many are drawn, the one before will do.

        Raises:
            CodedError: `overloaded`, and whatever `read` raises.
        """
        kept = self._kept.get(market)
        if kept is not None and self._clock_s() - kept.read_at_s < FRESH_S:
            self._kept.move_to_end(market)
            return kept
        making = self._underway.get(market)
        if making is None:
            making = self._underway[market] = asyncio.create_task(self._made(market, read))
            making.add_done_callback(lambda _: self._underway.pop(market))
        # Who goes away takes it from nobody else.
        return await asyncio.shield(making)

    async def _made(self, market: str, read: Callable[[], Awaitable[Facts]]) -> Picture:
        facts, read_at_s = await read(), self._clock_s()
        before = self._kept.get(market)
        if before is not None and before.facts == facts:
            return self._keep(market, before._replace(read_at_s=read_at_s))
        try:
            self._pace.take(DRAWN.name)
        except CodedError:
            if before is None:
                raise
            return before
        png = await asyncio.get_running_loop().run_in_executor(self._thread, self._draw, facts)
        etag = f'"{sha256(png).hexdigest()[:32]}"'
        return self._keep(market, Picture(facts, png, etag, read_at_s))

    def _keep(self, market: str, picture: Picture) -> Picture:
        before = self._kept.pop(market, None)
        self._kept[market] = picture
        self._kept_bytes += len(picture.png) - (0 if before is None else len(before.png))
        while self._kept_bytes > KEPT_BYTES_MAX:
            _, oldest = self._kept.popitem(last=False)
            self._kept_bytes -= len(oldest.png)
        return picture
