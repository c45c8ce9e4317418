"""A streams process without sockets: a hub, and connections whose readers may be slow."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar
from uuid import UUID

from cse.accounts.api_keys.signed_text import Claim
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.models import Reading
from cse.runtime.http.route import Caller
from cse.streams.accounts import Private
from cse.streams.channel_connections import ChannelConnections
from cse.streams.channels.balances import BalancesChannel
from cse.streams.channels.fills import FillsChannel
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.channels.orders import OrdersChannel
from cse.streams.channels.preventions import PreventionsChannel
from cse.streams.channels.transfers import TransfersChannel
from cse.streams.connections import BUCKETS
from cse.streams.follower import GROUPS_A_TURN
from cse.streams.hub import Hub
from cse.streams.limits import Limits
from cse.streams.order_changes import order_changes
from cse.streams.session import Session
from tests.streams.accounts import FakeOwners
from tests.streams.client import Client
from tests.streams.engine import Engine

T = TypeVar("T")


class FakeConnection:
    """A connection whose other side reads when it is told to; its buffer is bounded as a transport's."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.session: Session | None = None
        self.unsent: list[bytes] = []
        self.reads_at_once = True
        self.received = bytearray()
        self.peak = 0
        self.writes = 0
        self.is_closed = False
        self._full = False

    def write(self, frame: bytes) -> None:
        assert not self.is_closed, "nothing is written to a closed connection"
        self.writes += 1
        if self.reads_at_once:
            self.received += frame
            return
        self.unsent.append(frame)
        self.peak = max(self.peak, self.buffered())
        if self.buffered() > self.limits.buffer_bytes and not self._full:
            self._full = True
            assert self.session is not None
            self.session.buffer_full()

    def buffered(self) -> int:
        return sum(map(len, self.unsent))

    def read(self) -> None:
        """The other side reads all there is, as often as it gets more."""
        while self.unsent:
            self.received += b"".join(self.unsent)
            self.unsent.clear()
            if self._full:
                self._full = False
                assert self.session is not None
                self.session.buffer_free()

    def take_in(self, *, on: bool) -> None:
        raise AssertionError("who hears channels is read at any time")

    def close(self, frames: bytes) -> None:
        self.write(frames)
        self.is_closed = True


class FakeProcess:
    """One process on an engine. Time passes when it is told to."""

    def __init__(self, engine: Engine, limits: Limits | None = None, back: int = 1_000) -> None:
        self.engine = engine
        self.back = back
        self.now_s = 100.0
        self.wall_s = 1_700_000_000.0
        start = engine.start(back)
        self.hub = Hub(
            start.stamp,
            start.assets,
            start.markets,
            watermark=lambda: engine.feed.watermark,
            now_s=lambda: self.now_s,
        )
        self.wanted: list[Private] = []
        self.hub.accounts.want = self.wanted.append
        self.wanted_orders: list[MarketOrdersChannel] = []
        self.hub.market_orders.want = self.wanted_orders.append
        self.callers: dict[str, Caller] = {}
        self.owners = FakeOwners()
        self.connections = ChannelConnections(
            self.hub,
            limits or Limits(),
            self._verify,
            self._verify_key,
            self.owners,
            now_s=lambda: self.now_s,
            wall_us=lambda: int(self.wall_s * 1_000_000),
        )

    def connect(self, address: str = "10.0.0.1") -> Visitor:
        """A new connection."""
        return Visitor(self, address)

    def turn(self) -> None:
        """Tells all that is durable, and reads what accounts want."""
        while True:
            groups = self.engine.feed.read_bytes(self.hub.place.stamp.sequence, GROUPS_A_TURN)
            self.hub.turn(groups)
            if not groups:
                break
        self.load()

    def load(self) -> None:
        """Reads the state of the channels that want one."""
        wanted, self.wanted[:] = list(self.wanted), []
        for channel in wanted:
            assert channel.begin(self.reading(channel))
            self.hub.accounts.begun(channel)
        wanted_orders, self.wanted_orders[:] = list(self.wanted_orders), []
        for orders in wanted_orders:
            reading = self.engine.market_orders()
            earlier = finished(order_changes(self.engine.feed, orders.market.id, reading, self.back))
            assert orders.begin(reading, earlier)
            orders.let_in()

    def reading(self, channel: Private) -> Any:
        """What the replica says to a channel."""
        if isinstance(channel, OrdersChannel):
            return self.engine.open_orders(channel.account)
        if isinstance(channel, BalancesChannel):
            return self.engine.balances(channel.account)
        if isinstance(channel, PreventionsChannel):
            return Reading(channel.sequence, None)
        if isinstance(channel, TransfersChannel):
            return Reading(channel.sequence, [])
        assert isinstance(channel, FillsChannel)
        return self.engine.fills(channel.account)

    def issue(self, token: str, account: int, session: str = "", life_s: float = 900) -> None:
        """A token that is good from now on."""
        self.callers[token] = Caller(UUID(int=account), session or token, account, self.wall_s + life_s)

    def pass_time(self, seconds: float, each: Callable[[], object] = lambda: None) -> None:
        """Lets time pass, second by second."""
        for _ in range(int(seconds)):
            self.now_s += 1
            self.wall_s += 1
            each()
            for _ in range(BUCKETS):
                self.connections.sweep()

    def _verify(self, headers: Any) -> Caller:
        token = headers[b"authorization"].removeprefix(b"Bearer ").decode()
        if token not in self.callers:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return self.callers[token]

    async def _verify_key(self, claim: Claim, address: str) -> Caller:
        caller = self.callers.get(str(claim.key))
        if caller is None:
            raise CodedError(codes.SIGNATURE_INVALID)
        return caller


def finished(work: Coroutine[Any, Any, T]) -> T:
    """What comes of work that waits for nothing, with a loop or without."""
    while True:
        try:
            work.send(None)
        except StopIteration as done:
            value: T = done.value
            return value


class Visitor:
    """A client with one connection to a process, one after another."""

    def __init__(self, process: FakeProcess, address: str = "10.0.0.1") -> None:
        self.client = Client()
        self.address = address
        self.join(process)

    def join(self, process: FakeProcess) -> None:
        """Connects to a process."""
        self.process = process
        self.connection = FakeConnection(process.connections.limits)
        self.session = process.connections.arrive(self.connection, self.address)
        self.connection.session = self.session
        self.take()

    def send(self, message: str | bytes) -> None:
        """Sends a message."""
        if self.session.heard():
            self.session.receive(message.encode() if isinstance(message, str) else message)
        self.take()

    def subscribe(self, *channels: str) -> None:
        """Subscribes, going on where it stands, and is caught up."""
        self.send(self.client.subscription(*channels))
        self.process.turn()
        self.take()

    def take(self) -> None:
        """Takes what has come."""
        data, self.connection.received = bytes(self.connection.received), bytearray()
        self.client.take(data)

    def leave(self) -> None:
        """Is gone."""
        self.process.connections.depart(self.session)


def last(visitor: Visitor) -> dict[str, Any]:
    """What the process said last that is of no channel."""
    return visitor.client.control[-1]
