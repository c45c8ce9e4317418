"""Follows the event log: a turn whenever something has become durable, and a look now and then."""

from __future__ import annotations

import asyncio
from typing import Final, Protocol

from cse.streams.hub import Hub

GROUPS_A_TURN: Final = 2_048
# From the end of one turn to the next: what comes meanwhile is told together.
PACE_S: Final = 0.001
# Looks that find nothing become fewer, but while somebody listens, no fewer than this.
LOOK_LAST_S: Final = 0.005
IDLE_LOOK_LAST_S: Final = 0.02


class Feed(Protocol):
    """The event log, up to the durable watermark."""

    @property
    def watermark(self) -> int: ...

    def read_bytes(self, after_sequence: int, limit: int = ...) -> bytes: ...


class Follower:
    """Gives the hub its turns, until it fails."""

    def __init__(self, feed: Feed, hub: Hub) -> None:
        self._feed = feed
        self._hub = hub
        self._loop = asyncio.get_running_loop()
        self._timer: asyncio.TimerHandle | None = None
        self._pause_s = PACE_S
        # Its failure is that of the process: going on would tell what is not so.
        self.failed: asyncio.Future[None] = self._loop.create_future()
        # Whether somebody listens, as far as this matters to how often it looks.
        self.is_heard = False
        self.turns = 0

    @property
    def lag(self) -> int:
        """Commands that are durable and not told yet."""
        return max(self._feed.watermark - self._hub.place.stamp.sequence, 0)

    def start(self) -> None:
        """Begins with the next turn of the event loop."""
        self._hub.wake = self.wake
        self._timer = self._loop.call_later(0, self._turn)

    def stop(self) -> None:
        """No more turns."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def wake(self) -> None:
        """Has the next turn soon."""
        if self._timer is not None and self._pause_s > PACE_S:
            self._timer.cancel()
            self._pause_s = PACE_S
            self._timer = self._loop.call_later(PACE_S, self._turn)

    def _turn(self) -> None:
        try:
            more = self._follow()
        except Exception as error:
            self._timer = None
            if not self.failed.done():
                self.failed.set_exception(error)
            return
        if more:
            self._pause_s = PACE_S
        else:
            longest_s = LOOK_LAST_S if self.is_heard else IDLE_LOOK_LAST_S
            self._pause_s = min(2 * self._pause_s, longest_s)
        self._timer = self._loop.call_later(self._pause_s, self._turn)

    def _follow(self) -> bool:
        """One turn, if there is anything to do; returns whether there was."""
        hub = self._hub
        position = hub.place.stamp.sequence
        groups = b""
        # An earlier watermark is another journal: the reader says so.
        if self._feed.watermark != position:
            groups = self._feed.read_bytes(position, GROUPS_A_TURN)
        if not groups and not hub.has_comers:
            return False
        self.turns += 1
        hub.turn(groups)
        return True
