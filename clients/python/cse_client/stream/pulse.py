"""Whether a connection lives: what was heard when, how long answers take, how far the clocks differ."""

from __future__ import annotations

import statistics
from collections import deque
from typing import Final

from cse_client.stream.times import seconds_of

_WELCOME_S: Final = 10.0
_HEARTBEATS_MISSED: Final = 3
_PING_EVERY_S: Final = 10.0
_LATENCIES_KEPT: Final = 30


class Pulse:
    """Of the connection there is now; figures are kept over a loss.

    Attributes:
        heartbeat_s: the server is silent for no longer.
    """

    def __init__(self) -> None:
        self.heartbeat_s = 5.0
        self._latencies_s: deque[float] = deque(maxlen=_LATENCIES_KEPT)
        self._heard_at: float | None = None
        self._is_first = True
        self._pinged: tuple[str, float] | None = None
        self._ping_at = 0.0
        self._server_ahead_s = 0.0

    @property
    def latency_s(self) -> float | None:
        """How long an answer takes: the median of the last ones. None before the first."""
        return statistics.median(self._latencies_s) if self._latencies_s else None

    def begin(self, now: float) -> None:
        """A connection begins."""
        self._heard_at = self._ping_at = now
        self._is_first = True
        self._pinged = None

    def end(self) -> None:
        """It is gone."""
        self._heard_at = None

    def heard(self, now: float) -> None:
        """Something came."""
        self._heard_at = now
        self._is_first = False

    def is_lost(self, now: float) -> bool:
        """Whether nothing came for so long that nothing will."""
        if self._heard_at is None:
            return False
        limit_s = _WELCOME_S if self._is_first else self.heartbeat_s * _HEARTBEATS_MISSED
        return now - self._heard_at > limit_s

    def is_due(self, now: float) -> bool:
        """Whether it is time for a ping."""
        return now >= self._ping_at

    def sent(self, ping: str, now: float) -> str:
        """A ping goes out."""
        self._pinged = (ping, now)
        self._ping_at = now + _PING_EVERY_S
        return ping

    def answered(self, ping: str | None, time: str, now: float) -> None:
        """Its answer came."""
        if self._pinged is not None and self._pinged[0] == ping:
            latency_s = now - self._pinged[1]
            self._latencies_s.append(latency_s)
            self._pinged = None
            self.note_server_time(time, now - latency_s / 2)

    def note_server_time(self, time: str, now: float) -> None:
        """The server's clock showed `time` then."""
        if at := seconds_of(time):
            self._server_ahead_s = at - now

    def server_time(self, now: float) -> float:
        """What the server's clock shows, in seconds since 1970."""
        return now + self._server_ahead_s
