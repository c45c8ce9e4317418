"""Orders over one connection and no exchange behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine.models import Reading
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller
from cse.streams.connections import BUCKETS
from cse.streams.orders.connections import OrderConnections
from cse.streams.orders.limits import OrderLimits
from cse.trading.answers.placements import Placement
from cse.trading.api import TradingApi
from cse.trading.guard_files import Guard
from cse.trading.guards import Armed
from cse.trading.reads.api import AccountReadsApi
from tests.streams.accounts import FakeOwners
from tests.streams.client import split

ACCOUNT = 7
PERSON = UUID(int=ACCOUNT)
ORDER = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "1"}
LIMITS = OrderLimits(in_flight=4, messages_per_second=20, messages_at_once=100)


class FakeTrading:
    """Places orders when it is told to."""

    def __init__(self) -> None:
        self.placed: list[tuple[str | None, Any]] = []
        self.order: list[str | None] = []
        self.accounts: list[int] = []
        self.counted: list[tuple[str | None, str | None]] = []

    def knows(self, market: str) -> bool:
        return True

    def place_then(self, order: Any, account: int, then: Any) -> None:
        self.placed.append((order.client_order_id, then))
        self.order.append(order.client_order_id)
        self.accounts.append(account)

    async def cancel_all(self, account: int, market: str | None, side: str | None) -> Reading[int]:
        self.counted.append((market, side))
        self.order.append("cancel")
        return Reading(41, 3)

    def answer(self, number: int, sequence: int = 9) -> None:
        name, then = self.placed[number]
        then(Placement(json.dumps({"order": name}).encode(), sequence, False))


class FakeGuards:
    """Notes what is guarded."""

    def __init__(self) -> None:
        self.armed: dict[str, Guard] = {}
        self.written = 0
        self.ended: list[tuple[str, Guard]] = []
        self.resumable: set[str] = set()
        # Told of each guard before the connection that asked for it is, and has it from then on.
        self.rival: Callable[[str], None] | None = None

    async def arm(
        self, guard: Guard, holder: Any, held: str | None = None, resume: str | None = None
    ) -> Armed:
        self.written += 1
        resumed = resume in self.resumable
        name = resume if resume is not None and resumed else held or f"{len(self.armed):032x}"
        if held is not None and held != name:
            del self.armed[held]
        self.armed[name] = guard
        if self.rival is not None:
            self.rival(name)
        return Armed(name, resumed)

    def is_held(self, name: str, holder: Any) -> bool:
        return self.rival is None

    async def disarm(self, name: str, holder: Any) -> None:
        del self.armed[name]

    def end(self, name: str, guard: Guard, holder: Any) -> None:
        self.ended.append((name, guard))


class FakeListing:
    async def market(self, name: str) -> Any:
        if name != "LAB-USDC":
            raise CodedError(codes.MARKET_UNKNOWN, field="market")
        return type("Market", (), {"id": 5})()


class FakeConnection:
    """Keeps what is written, and whether it is read from."""

    def __init__(self) -> None:
        self.sent = bytearray()
        self.is_read = True
        self.is_closed = False
        self.unsent = 0

    def write(self, frame: bytes) -> None:
        assert not self.is_closed, "nothing is written to a closed connection"
        self.sent += frame

    def buffered(self) -> int:
        return self.unsent

    def take_in(self, *, on: bool) -> None:
        self.is_read = on

    def close(self, frames: bytes) -> None:
        self.write(frames)
        self.is_closed = True


class Exchange:
    """One connection, and time that passes when it is told to."""

    def __init__(self, limits: OrderLimits = LIMITS) -> None:
        self.now_s, self.wall_s = 100.0, 1_700_000_000.0
        self.trading, self.guards = FakeTrading(), FakeGuards()
        rates = Rates(clock_s=lambda: self.now_s)
        self.tokens: dict[str, Caller] = {}
        self.owners = FakeOwners()
        self.cancels = rates.cancels
        routes = TradingApi(cast(Any, self.trading), cast(Any, self.trading), rates, cast(Any, None)).routes()
        routes += AccountReadsApi(cast(Any, None), cast(Any, None)).routes()
        application = Application(
            routes, cast(Any, None), ClientAddresses([]), lambda *_: None, rates=rates,
            choose_account=self.owners,
        )  # fmt: skip
        self.connections = OrderConnections(
            application,
            cast(Any, self.guards),
            rates,
            cast(Any, FakeListing()),
            limits,
            self._verify,
            self._verify_key,
            self.owners,
            now_s=lambda: self.now_s,
            wall_us=lambda: int(self.wall_s * 1_000_000),
        )
        self.connection = FakeConnection()
        self.session = self.connections.arrive(self.connection, "10.0.0.1")
        self.told: list[dict[str, Any]] = []
        self.issue("good")

    def issue(self, token: str, account: int = ACCOUNT, life_s: float = 900) -> None:
        self.tokens[token] = Caller(UUID(int=account), token, account, self.wall_s + life_s)

    def send(self, **message: Any) -> None:
        if self.session.heard(part=1):
            self.session.receive(json.dumps(message).encode())

    def sign_in(self) -> Exchange:
        self.send(op="authenticate", access_token="good")
        self.take()
        return self

    def place(self, *names: str) -> None:
        for name in names:
            self.send(op="place", id=name, body={**ORDER, "client_order_id": name})

    def take(self) -> list[dict[str, Any]]:
        """What has come since."""
        data, found = bytes(self.connection.sent), []
        self.connection.sent.clear()
        while data:
            (opcode, payload), data = split(data)
            if opcode == 1:
                found.append(json.loads(payload))
        self.told += found
        return found

    def is_read(self) -> bool:
        """Whether what the connection brings is taken in."""
        return self.connection.is_read

    def pass_time(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now_s += 1
            self.wall_s += 1
            for _ in range(BUCKETS):
                self.connections.sweep()

    def _verify(self, headers: Any) -> Caller:
        token = headers.get(b"authorization", b"").removeprefix(b"Bearer ").decode()
        if token not in self.tokens or self.tokens[token].expires_at_s <= self.wall_s:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return self.tokens[token]

    async def _verify_key(self, claim: Any, address: str) -> Caller:
        raise CodedError(codes.SIGNATURE_INVALID)


async def turn() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def ids(told: list[dict[str, Any]]) -> list[str]:
    return [message["id"] for message in told]
