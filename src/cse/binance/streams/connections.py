"""The connections of a process in this dialect, and the paths by which they come."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, unquote

from cse.binance.streams.api_session import ApiSession
from cse.binance.streams.feeds import Feeds
from cse.binance.streams.market_session import MarketSession
from cse.binance.streams.stream import Stream
from cse.runtime.http.route import ChooseAccount
from cse.streams.connections import Connections, Verify, VerifyKey
from cse.streams.hub import Hub
from cse.streams.limits import Limits
from cse.streams.peer import Connection
from cse.streams.sockets import Arrivals

_PLAIN: Final = "/binance/ws"
_COMBINED: Final = "/binance/stream"
_API: Final = "/binance/ws-api/v3"


class MarketConnections(Connections[MarketSession]):
    """The sessions there are. It is what they share, and the door by which they come."""

    def __init__(
        self,
        feeds: Feeds,
        limits: Limits,
        verify: Verify,
        verify_key: VerifyKey,
        choose_account: ChooseAccount,
        *,
        now_s: Callable[[], float],
        wall_us: Callable[[], int],
    ) -> None:
        super().__init__(limits, verify, verify_key, choose_account, now_s=now_s, wall_us=wall_us)
        self.feeds = feeds

    @property
    def connections(self) -> MarketConnections:
        """All that come by this door."""
        return self

    @property
    def sequence(self) -> int:
        """The journal's, as far as it has been told."""
        return self.feeds.hub.place.stamp.sequence

    @property
    def subscriptions(self) -> int:
        """How many all of them have."""
        return sum(session.subscriptions for bucket in self._buckets for session in bucket)

    def make(self, connection: Connection, address: str) -> MarketSession:
        """A new session."""
        return MarketSession(self, connection, address)

    def behind(self, target: str) -> Arrivals | None:
        """Where a connection comes to that asks for this; `channel_unknown` if it names no stream."""
        path, _, query = target.partition("?")
        if path == _PLAIN or path.startswith(f"{_PLAIN}/"):
            names = unquote(path.removeprefix(_PLAIN)).split("/")
            return _Streams(self, self._found(names), is_combined=False)
        if path == _COMBINED or path.startswith(f"{_COMBINED}/"):
            named = "/".join(parse_qs(query).get("streams", [])) + unquote(path.removeprefix(_COMBINED))
            return _Streams(self, self._found(named.split("/")), is_combined=True)
        return None

    def _found(self, names: list[str]) -> list[Stream]:
        # ccxt numbers its connections, and puts the number where a stream would stand.
        return [self.feeds.find(name) for name in dict.fromkeys(names) if name and not name.isdecimal()]


class _Streams:
    """Where connections come to that have named streams in their address."""

    def __init__(self, connections: MarketConnections, streams: list[Stream], *, is_combined: bool) -> None:
        self.limits = connections.limits
        self.depart = connections.depart
        self._connections = connections
        self._streams = streams
        self._is_combined = is_combined

    def arrive(self, connection: Connection, address: str) -> MarketSession:
        """Takes a connection in, which is told at once what it has named."""
        session = self._connections.arrive(connection, address)
        session.begin(self._streams, is_combined=self._is_combined)
        return session


class ApiConnections(Connections[ApiSession]):
    """Those of the WebSocket API. It is what they share, and the door by which they come."""

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

    @property
    def connections(self) -> ApiConnections:
        """All that come by this door."""
        return self

    @property
    def sequence(self) -> int:
        """The journal's, as far as it has been told."""
        return self.hub.place.stamp.sequence

    def make(self, connection: Connection, address: str) -> ApiSession:
        """A new session."""
        return ApiSession(self, connection, address)

    def behind(self, target: str) -> Arrivals | None:
        """These, for their one path."""
        return self if target.partition("?")[0] == _API else None
