"""The connections of a process that hear channels."""

from __future__ import annotations

from collections.abc import Callable

from cse.runtime.http.route import ChooseAccount
from cse.streams.connections import Connections, Verify, VerifyKey
from cse.streams.hub import Hub
from cse.streams.limits import Limits
from cse.streams.peer import Connection
from cse.streams.session import Session


class ChannelConnections(Connections[Session]):
    """The sessions there are. It is what they share."""

    def __init__(
        self,
        hub: Hub,
        limits: Limits,
        verify: Verify,
        verify_key: VerifyKey,
        choose_account: ChooseAccount,
        *,
        now_s: Callable[[], float],
        wall_us: Callable[[], int],
    ) -> None:
        super().__init__(limits, verify, verify_key, choose_account, now_s=now_s, wall_us=wall_us)
        self.hub = hub

    def make(self, connection: Connection, address: str) -> Session:
        """A new session."""
        return Session(self, connection, address)

    @property
    def sequence(self) -> int:
        """The journal's, as far as it has been told."""
        return self.hub.place.stamp.sequence

    @property
    def subscriptions(self) -> int:
        """How many all of them have."""
        return sum(session.subscriptions for bucket in self._buckets for session in bucket)
