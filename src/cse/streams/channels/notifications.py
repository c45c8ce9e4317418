"""The channel of what a person is told of, which is the person's and not one account's."""

from __future__ import annotations

from uuid import UUID

import msgspec

from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import snapshot_frame
from cse.streams.channels.epochs import Epochs


class NotificationsData(msgspec.Struct, frozen=True):
    """How many notifications are not read, at most 100. The list itself is read over HTTP."""

    unread: int


class NotificationsChannel(Channel):
    """`user.notifications`. Each message is all there is, so that nothing is missed by missing one.

    Notifications are no part of the journal: its numbers are times, in microseconds since 1970, so that no
    process gives a lower one than another did before. No position is good.
    """

    def __init__(self, name: str, person: UUID, place: Place, epochs: Epochs) -> None:
        super().__init__(name, place, epochs, 0)
        self.person = person
        self._unread: int | None = None

    @property
    def ready(self) -> bool:
        return self._unread is not None

    def tell(self, unread: int, at_us: int, now_s: float) -> None:
        """Something has come or was read, and so many are not read at `at_us`; `now_s` is of any clock."""
        is_first = not self.ready
        self._unread = unread
        self.publish(max(self.sequence + 1, at_us), now_s)
        if is_first:
            self.let_in()

    def resumed(self, epoch: int, sequence: int) -> int | None:
        return None

    def _snapshot(self) -> bytes:
        assert self._unread is not None, "nobody is in step before there is a state"
        return snapshot_frame(self.name, self._place.stamp, self.sequence, NotificationsData(self._unread))

    def _update(self, previous: int) -> bytes | None:
        return None
