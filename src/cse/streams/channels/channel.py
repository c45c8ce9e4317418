"""What every channel has in common: who listens to it, and who has missed something of it.

A subscriber in step has got every message of the channel, so that all of them are sent the same bytes.
One that is not (it has just come, or did not read for a while) is brought up to date first, with one
message that covers all it missed, or with a snapshot.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeAlias

from cse.streams.channels.envelope import Stamp
from cse.streams.channels.epochs import Epochs

Write: TypeAlias = Callable[[bytes], None]

_FRAMES_KEPT: Final = 64


class Subscriber(Protocol):
    """A connection, as far as a channel is concerned."""

    @property
    def write(self) -> Write:
        """Hands a frame to the connection's buffer."""

    def catch_up(self) -> None:
        """Is told what it missed, as far as that is there."""


@dataclass(slots=True)
class Place:
    """Where the process stands in the journal; one for all its channels."""

    stamp: Stamp
    deliveries: int = 0
    """Messages with data that were handed to connections."""


class Channel(ABC):
    """One channel. `sequence` is the number of its last message, which all in step have.

    Numbers are taken from the journal, so that every process counts alike: the change of the book, the
    trade id, or the journal's own sequence. `listeners` counts the subscribers, in step or not.
    """

    def __init__(self, name: str, place: Place, epochs: Epochs, sequence: int) -> None:
        self.name = name
        self.sequence = sequence
        self.published_at_s = 0.0
        self.listeners = 0
        self._place = place
        self._epochs = epochs
        self._in_step: dict[Subscriber, Write] = {}
        self._frames: dict[int | None, bytes | None] = {}
        # Subscribers that came before there was a state.
        self._awaited_by: dict[Subscriber, None] = {}

    @property
    def ready(self) -> bool:
        """Whether its state is there."""
        return True

    @property
    def is_heard(self) -> bool:
        """Whether anybody is in step with it."""
        return bool(self._in_step)

    @abstractmethod
    def _snapshot(self) -> bytes:
        """The whole state as a frame, at `sequence`."""

    @abstractmethod
    def _update(self, previous: int) -> bytes | None:
        """All that changed behind `previous` as a frame, at `sequence`; None if that is not known."""

    def wait(self, subscriber: Subscriber) -> None:
        """It is told all there is as soon as there is a state."""
        self._awaited_by[subscriber] = None

    def let_in(self) -> None:
        """The state is there: whoever waits for it gets it."""
        awaited_by, self._awaited_by = self._awaited_by, {}
        for subscriber in awaited_by:
            subscriber.catch_up()

    def join(self, subscriber: Subscriber) -> None:
        """From now on it gets every message; it has had all up to `sequence`."""
        self._in_step[subscriber] = subscriber.write

    def leave(self, subscriber: Subscriber) -> bool:
        """From now on it gets none; returns whether it was in step."""
        self._awaited_by.pop(subscriber, None)
        return self._in_step.pop(subscriber, None) is not None

    def publish(self, sequence: int, now_s: float = 0.0) -> None:
        """The state has changed and is that of `sequence`: tells all who are in step."""
        previous, self.sequence = self.sequence, sequence
        self._frames.clear()
        if not self._in_step:
            return
        self.published_at_s = now_s
        frame = self._frame_since(previous)
        if frame is None:
            frame = self._frame_of_all()
        # A copy, for whoever cannot take any more leaves meanwhile.
        writes = tuple(self._in_step.values())
        for write in writes:
            write(frame)
        self._place.deliveries += len(writes)

    def resumed(self, epoch: int, sequence: int) -> int | None:
        """Where a subscriber with this position goes on; None where it needs a snapshot."""
        return sequence if self._epochs.holds(epoch, sequence, self.sequence) else None

    def missed_since(self, sequence: int | None) -> bytes | None:
        """What a subscriber at `sequence` has missed, or the snapshot; None if that is nothing."""
        if sequence == self.sequence:
            return None
        frame = None if sequence is None else self._frame_since(sequence)
        self._place.deliveries += 1
        return self._frame_of_all() if frame is None else frame

    def _frame_of_all(self) -> bytes:
        frame = self._frames.get(None)
        if frame is None:
            frame = self._frames[None] = self._snapshot()
        return frame

    def _frame_since(self, previous: int) -> bytes | None:
        if previous in self._frames:
            return self._frames[previous]
        frame = self._update(previous)
        if len(self._frames) < _FRAMES_KEPT:
            self._frames[previous] = frame
        return frame


class JournalChannel(Channel):
    """A channel that is numbered by the journal: its number is that of the command that changed it last.

    A process that began later may have given a higher number to the same state. Whoever comes from there
    brings it along, and the channel goes on from it.
    """

    @property
    def stamp(self) -> Stamp:
        """Where the journal stood: its state may come from a reading that was ahead of the events."""
        stamp = self._place.stamp
        return stamp if stamp.sequence >= self.sequence else stamp._replace(sequence=self.sequence)

    def resumed(self, epoch: int, sequence: int) -> int | None:
        now = self._place.stamp.sequence
        if not self._epochs.holds(epoch, sequence, now):
            return None
        if sequence > self.sequence:
            self.publish(sequence)
        return sequence
