"""How the exchange is, as a streams process tells it to who listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from cse.desk.incidents import Banner
from cse.domain import codes
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time
from cse.streams.channels.system import Condition, Stop, SystemChannel, SystemData, Told

LOOK_S: Final = 1.0
# So long before the connections end those who listen are told.
GRACE_S: Final = 1.0
_MICROSECONDS: Final = 1_000_000


class SystemWatch:
    """Looks at what there is to tell, once a second, and only while somebody listens."""

    def __init__(
        self, channel: SystemChannel, banner: Banner, is_whole: Callable[[], bool], now_s: Callable[[], float]
    ) -> None:
        """`is_whole` says whether leader and replica answer."""
        self._channel = channel
        self._banner = banner
        self._is_whole = is_whole
        self._now_s = now_s
        self._wanted = asyncio.Event()
        self._told: Told | None = None
        self._stop: Stop | None = None
        channel.want = self._wanted.set

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            await self._wanted.wait()
            self._wanted.clear()
            while self._channel.listeners:
                incident = await self._banner.current()
                self._told = None
                if incident is not None:
                    begun_at = format_time(incident.begun_at_us)
                    self._told = Told(incident.severity, incident.texts, begun_at)
                self._tell()
                await asyncio.sleep(LOOK_S)
            self._channel.forget()

    async def stop(self) -> None:
        """Tells those who listen that their connections are about to end, and leaves them a moment."""
        if not self._channel.is_heard:
            return
        closes_at_us = wall_us() + int(GRACE_S * _MICROSECONDS)
        code = codes.SHUTTING_DOWN
        self._stop = Stop(code.name, code.sentence, format_time(closes_at_us))
        self._tell()
        await asyncio.sleep(GRACE_S)

    def _tell(self) -> None:
        condition: Condition = "up" if self._is_whole() else "degraded"
        data = SystemData("stopping" if self._stop else condition, self._told, self._stop)
        self._channel.tell(data, wall_us(), self._now_s())
