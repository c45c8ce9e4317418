"""What the channels of one account have in common, which only its owner may hear.

Each begins with a reading of the replica at some sequence and goes on with the events behind it. What
comes while the reading is under way is kept aside.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable
from typing import Final, Generic, NamedTuple, TypeAlias, TypeVar

import msgspec

from cse.engine import wire
from cse.engine.models import Reading
from cse.streams.channels.changes import ChangeLog
from cse.streams.channels.channel import JournalChannel, Place
from cse.streams.channels.envelope import piece, snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs

CHANGES_KEPT: Final = 1_000
# What may come while a reading is under way; with more, it is read again.
ASIDE_MAX: Final = 50_000

State = TypeVar("State")


class MovedLeg(NamedTuple):
    """A leg of a transfer that took effect; they are numbered from 0."""

    transfer: int
    number: int
    leg: wire.TransferLeg


# What concerns an account: an event, or a part of one.
AccountEvent: TypeAlias = wire.AnyMessage | MovedLeg


class AccountChannel(JournalChannel, Generic[State]):
    """A channel of an account. It has no state until `begin`."""

    def __init__(self, name: str, account: int, place: Place, epochs: Epochs) -> None:
        super().__init__(name, place, epochs, place.stamp.sequence)
        self.account = account
        self._log: ChangeLog | None = None
        self._from = 0
        self._last = 0
        self._aside: list[tuple[int, int, AccountEvent]] | None = []

    @property
    def ready(self) -> bool:
        return self._log is not None

    def begin(self, reading: Reading[State]) -> bool:
        """Takes the state as of a sequence, and what came behind it.

        False when so much has come meanwhile that some of it was not kept: read again.
        """
        aside, self._aside = self._aside, []
        if aside is None:
            return False
        self._from = self._last = self.sequence = reading.sequence
        self._log = ChangeLog(reading.sequence, CHANGES_KEPT)
        self._take(reading.value)
        for sequence, time_us, event in aside:
            self.hear(sequence, time_us, event)
        self._settle()
        self.sequence = self._last
        return True

    def hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        """Takes an event that concerns the account; returns whether there is something to tell."""
        if self._log is None:
            if self._aside is not None:
                self._aside.append((sequence, time_us, event))
                if len(self._aside) > ASIDE_MAX:
                    self._aside = None
            return False
        if sequence <= self._from or not self._hear(sequence, time_us, event):
            return False
        self._last = sequence
        return True

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        self._settle()
        self.publish(max(self._last, self.sequence), now_s)

    @abstractmethod
    def _take(self, state: State) -> None:
        """Begins with a state."""

    @abstractmethod
    def _hear(self, sequence: int, time_us: int, event: AccountEvent) -> bool:
        """Takes an event behind the state; returns whether it changed something."""

    @abstractmethod
    def _of_all(self) -> object:
        """The data of a snapshot."""

    @abstractmethod
    def _of_changed(self, changed: list[msgspec.Raw]) -> object:
        """The data of an update."""

    def _settle(self) -> None:
        """Notes in the log what events since the last time come to."""

    def _note(self, sequence: int, key: Hashable, view: object) -> None:
        assert self._log is not None, "nothing is noted before there is a state"
        self._log.add(sequence, key, piece(view))

    def _snapshot(self) -> bytes:
        return snapshot_frame(self.name, self.stamp, self.sequence, self._of_all())

    def _update(self, previous: int) -> bytes | None:
        changed = None if self._log is None else self._log.since(previous)
        if changed is None:
            return None
        return update_frame(self.name, self.stamp, previous, self.sequence, self._of_changed(changed))
