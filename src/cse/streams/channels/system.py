"""The channel of how the exchange is, which everyone may hear."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, TypeAlias

import msgspec

from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import snapshot_frame
from cse.streams.channels.epochs import Epochs

Condition: TypeAlias = Literal["up", "degraded", "stopping"]


class Told(msgspec.Struct, frozen=True):
    """What operators tell everybody just now: `notice` (of maintenance to come, say), `degraded` or
    `outage`. Texts are by language."""

    severity: Literal["notice", "degraded", "outage"]
    texts: dict[str, str]
    begun_at: str


class Stop(msgspec.Struct, frozen=True):
    """This connection ends at `closes_at`, and why; another one may be made at once."""

    code: str
    message: str
    closes_at: str


class SystemData(msgspec.Struct, frozen=True):
    """How the exchange is. `up`; `degraded` while orders are not taken or reads are old; `stopping`: this
    process ends, and the others go on."""

    status: Condition
    incident: Told | None
    stop: Stop | None


class SystemChannel(Channel):
    """`system`. Each message is all there is, so that nothing is missed by missing one.

    Like notifications it lies beside the journal: its numbers are times, in microseconds since 1970, and no
    position is good. `want` is called when somebody waits for its state.
    """

    def __init__(self, name: str, place: Place, epochs: Epochs) -> None:
        super().__init__(name, place, epochs, 0)
        self.want: Callable[[], None] = lambda: None
        self._data: SystemData | None = None

    @property
    def ready(self) -> bool:
        if self._data is None:
            self.want()
        return self._data is not None

    def tell(self, data: SystemData, at_us: int, now_s: float) -> None:
        """The exchange is so at `at_us`; what was told already is not told again. `now_s` is of any clock."""
        if data == self._data:
            return
        self._data = data
        self.publish(max(self.sequence + 1, at_us), now_s)
        self.let_in()

    def forget(self) -> None:
        """Nobody listens: who comes next is told anew."""
        self._data = None

    def resumed(self, epoch: int, sequence: int) -> int | None:
        return None

    def _snapshot(self) -> bytes:
        assert self._data is not None, "nobody is in step before there is a state"
        return snapshot_frame(self.name, self._place.stamp, self.sequence, self._data)

    def _update(self, previous: int) -> bytes | None:
        return None
