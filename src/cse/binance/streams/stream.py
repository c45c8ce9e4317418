"""What every stream has in common: who listens, and how a payload becomes the same bytes for all of them."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import Final

from cse.streams.channels.channel import Place, Write
from cse.streams.frames import text_frame


def combined(name: str, payload: bytes) -> bytes:
    """A payload as connections of several streams get it: with the name of its own."""
    return b'{"stream":"%s","data":%s}' % (name.encode(), payload)


class Stream:
    """One stream. A payload is framed once for those that hear it plain, and once for the others."""

    def __init__(self, name: str, place: Place) -> None:
        self.name: Final = name
        self._place = place
        self._plain: dict[Hashable, Write] = {}
        self._combined: dict[Hashable, Write] = {}

    @property
    def is_heard(self) -> bool:
        """Whether anybody listens."""
        return bool(self._plain or self._combined)

    def join(self, listener: Hashable, write: Write, *, is_combined: bool) -> None:
        """From now on it is told to this one, in this form."""
        self.leave(listener)
        (self._combined if is_combined else self._plain)[listener] = write

    def leave(self, listener: Hashable) -> None:
        """From now on it is told to this one no more."""
        self._plain.pop(listener, None)
        self._combined.pop(listener, None)

    def now(self, now_us: int) -> bytes | None:
        """What whoever comes is told at once; None where a stream tells changes alone."""
        return None

    def tick(self, number: int, now_us: int) -> None:
        """A tenth of a second has passed, the how manieth `number` says."""

    def framed(self, payload: bytes, *, is_combined: bool) -> bytes:
        """A payload as a frame of one of the two forms."""
        return text_frame(combined(self.name, payload) if is_combined else payload)

    def tell(self, payloads: Sequence[bytes]) -> None:
        """Tells all who listen, one message for each payload."""
        for listeners, is_combined in ((self._plain, False), (self._combined, True)):
            if not listeners:
                continue
            frames = b"".join([self.framed(payload, is_combined=is_combined) for payload in payloads])
            # A copy, for whoever cannot take any more leaves meanwhile.
            writes = tuple(listeners.values())
            for write in writes:
                write(frames)
            self._place.deliveries += len(writes) * len(payloads)


class WholeStream(Stream):
    """A stream that tells a state as a whole, whenever it is another one, every so many ticks.

    `state` gives what is looked at to tell whether it is, and `payload` what is told of it.
    """

    def __init__(
        self,
        name: str,
        place: Place,
        ticks: int,
        state: Callable[[], object],
        payload: Callable[[int], bytes],
    ) -> None:
        super().__init__(name, place)
        self._ticks = ticks
        self._state = state
        self._payload = payload
        self._told: object = None

    def join(self, listener: Hashable, write: Write, *, is_combined: bool) -> None:
        """From now on it is told; the first that comes is told by `now`."""
        if not self.is_heard:
            self._told = self._state()
        super().join(listener, write, is_combined=is_combined)

    def now(self, now_us: int) -> bytes:
        """The state."""
        return self._payload(now_us)

    def tick(self, number: int, now_us: int) -> None:
        if number % self._ticks == 0:
            self.look(now_us)

    def look(self, now_us: int) -> None:
        """Tells the state if it is another one than the last that was told."""
        if not self.is_heard:
            return
        state = self._state()
        if state != self._told:
            self._told = state
            self.tell([self._payload(now_us)])
