"""A connection that carries orders: what it is answered, how much of it is taken, and how it ends."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.scopes import KeyScope
from cse.engine.models import Reading
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.route import Caller, Reply
from cse.streams.orders.desk import OrderDesk
from cse.streams.orders.limits import CANCELS_OF_GUARD, FREE_PARTS, OrderLimits
from cse.streams.orders.operations import REQUESTS
from cse.streams.presence import BUCKETS
from cse.trading.answers.placements import Placement
from cse.trading.api import TradingApi
from cse.trading.guard_files import Guard
from cse.trading.guards import Armed
from cse.trading.models import CANCELLED_MAX, PLACED_MAX
from cse.trading.rate import CancelRate, OrderRate
from cse.trading.reads.api import AccountReadsApi
from tests.streams.client import split

ACCOUNT = 7
ORDER = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "1"}
LIMITS = OrderLimits(in_flight=4, messages_per_second=20, messages_at_once=100)


class FakeTrading:
    """Places orders when it is told to."""

    def __init__(self) -> None:
        self.placed: list[tuple[str | None, Any]] = []
        self.order: list[str | None] = []
        self.counted: list[tuple[str | None, str | None]] = []

    def knows(self, market: str) -> bool:
        return True

    def place_then(self, order: Any, account: int, then: Any) -> None:
        assert account == ACCOUNT
        self.placed.append((order.client_order_id, then))
        self.order.append(order.client_order_id)

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
    """A desk with one connection, and time that passes when it is told to."""

    def __init__(self, limits: OrderLimits = LIMITS) -> None:
        self.now_s, self.wall_s = 100.0, 1_700_000_000.0
        self.trading, self.guards = FakeTrading(), FakeGuards()
        rates = OrderRate(clock_s=lambda: self.now_s), CancelRate(clock_s=lambda: self.now_s)
        self.tokens: dict[str, Caller] = {}
        self.cancels = rates[1]
        routes = TradingApi(cast(Any, self.trading), cast(Any, self.trading), *rates).routes()
        routes += AccountReadsApi(cast(Any, None), cast(Any, None)).routes()
        application = Application(routes, cast(Any, None), ClientAddresses([]), lambda *_: None)
        self.desk = OrderDesk(
            application,
            cast(Any, self.guards),
            self.cancels,
            cast(Any, FakeListing()),
            limits,
            self._verify,
            self._verify_key,
            now_s=lambda: self.now_s,
            wall_us=lambda: int(self.wall_s * 1_000_000),
        )
        self.connection = FakeConnection()
        self.session = self.desk.arrive(self.connection, "10.0.0.1")
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

    def pass_time(self, seconds: int) -> None:
        for _ in range(seconds):
            self.now_s += 1
            self.wall_s += 1
            for _ in range(BUCKETS):
                self.desk.sweep()

    def _verify(self, headers: Any) -> Caller:
        token = headers.get(b"authorization", b"").removeprefix(b"Bearer ").decode()
        if token not in self.tokens or self.tokens[token].expires_at_s <= self.wall_s:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return self.tokens[token]

    async def _verify_key(self, claim: Any, address: str) -> Caller:
        raise CodedError(codes.SIGNATURE_INVALID)


@pytest.fixture
def exchange() -> Exchange:
    return Exchange().sign_in()


async def turn() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def ids(told: list[dict[str, Any]]) -> list[str]:
    return [message["id"] for message in told]


def test_every_operation_of_the_table_has_its_route() -> None:
    assert Exchange().desk.operations.keys() == REQUESTS.keys()


def test_it_is_told_its_bounds() -> None:
    (welcome,) = Exchange().take()
    assert welcome["op"] == "welcome"
    assert welcome["limits"]["in_flight"] == 4


def test_a_request_is_answered_as_over_http_under_its_id(exchange: Exchange) -> None:
    exchange.place("a", "b")
    exchange.trading.answer(1)
    exchange.trading.answer(0)
    first, second = exchange.take()
    assert first == {"op": "answer", "id": "b", "status": 201, "sequence": "9", "body": {"order": "b"}}
    assert second["id"] == "a"


def test_a_refusal_is_the_problem_that_http_gives(exchange: Exchange) -> None:
    exchange.send(op="place", id="1", body={**ORDER, "price": 1})
    (told,) = exchange.take()
    assert (told["op"], told["id"], told["status"]) == ("answer", "1", 400)
    assert (told["body"]["code"], told["body"]["field"]) == ("invalid_decimal", "price")
    assert told["body"]["instance"].startswith("request:")


async def test_a_query_stands_beside_the_body(exchange: Exchange) -> None:
    exchange.send(op="cancel_all", id="1", query={"market": "LAB-USDC"})
    await turn()
    (told,) = exchange.take()
    assert exchange.trading.counted == [("LAB-USDC", None)]
    assert told["body"] == {"cancelled": 3, "sequence": "41"}


@pytest.mark.parametrize(
    ("message", "status", "code"),
    [
        ({"op": "cancel_all", "query": {"markte": "LAB-USDC"}}, 400, "unknown_field"),
        ({"op": "cancel_all", "order_id": "1"}, 400, "unknown_field"),
        ({"op": "cancel_all", "markets": ["LAB-USDC"]}, 400, "unknown_field"),
        ({"op": "cancel_all", "body": {"market": "LAB-USDC"}}, 400, "unknown_field"),
        ({"op": "cancel_all", "enabled": True}, 400, "unknown_field"),
        ({"op": "cancel_all", "access_token": "good"}, 400, "unknown_field"),
        ({"op": "place", "body": ORDER, "query": {"market": "LAB-USDC"}}, 400, "unknown_field"),
        ({"op": "place", "body": ORDER, "grace_ms": 0}, 400, "unknown_field"),
        ({"op": "cancel", "order_id": "1", "body": {}}, 400, "unknown_field"),
        ({"op": "cancel_timer", "query": {}}, 400, "unknown_field"),
        ({"op": "cancel"}, 400, "missing_field"),
        ({"op": "cancel", "order_id": "1", "client_order_id": "a"}, 400, "missing_field"),
        ({"op": "cancel", "order_id": "1/2"}, 404, "order_unknown"),
        ({"op": "place"}, 400, "malformed_json"),
        ({"op": "orders", "query": {"limit": 501}}, 400, "invalid_field"),
        ({"op": "orders", "query": {"limit": "many"}}, 400, "invalid_field"),
    ],
    ids=str,
)
async def test_what_is_no_request_is_refused(
    exchange: Exchange, message: dict[str, Any], status: int, code: str
) -> None:
    exchange.send(id="1", **message)
    await turn()
    (told,) = exchange.take()
    assert (told["op"], told["status"], told["body"]["code"]) == ("answer", status, code)
    assert exchange.trading.order == []


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ({"op": "what"}, "unknown_op"),
        ({"op": "cancel_all", "qeury": {"market": "LAB-USDC"}}, "malformed_message"),
        ({"op": "cancel_on_disconnect", "markets": []}, "malformed_message"),
        ({"op": "cancel_on_disconnect", "grace_ms": 60_001}, "malformed_message"),
        ({"op": "cancel_on_disconnect", "resume": "../../x"}, "malformed_message"),
        ({"op": "authenticate"}, "malformed_message"),
        ({"op": "authenticate", "access_token": "good", "body": {}}, "unknown_field"),
        ({"op": "cancel_on_disconnect", "query": {"market": "LAB-USDC"}}, "unknown_field"),
        ({"op": "cancel_on_disconnect", "body": {"markets": ["LAB-USDC"]}}, "unknown_field"),
        ({"op": "ping", "markets": ["LAB-USDC"]}, "unknown_field"),
    ],
    ids=str,
)
def test_what_is_no_message_is_refused_by_name(
    exchange: Exchange, message: dict[str, Any], code: str
) -> None:
    exchange.send(**message)
    (told,) = exchange.take()
    assert (told["op"], told["code"]) == ("error", code)
    assert not exchange.session.is_closed


@pytest.mark.parametrize(
    "payload",
    [
        b'{"op":"cancel_all","id":"1","query":{"market":"LAB-USDC"},"query":{}}',
        b'{"op":"cancel_all","id":"1","query":{"market":"LAB-USDC","market":"BTC-USDC"}}',
        b'{"op":"cancel","id":"1","order_id":"1","order_\\u0069d":"2"}',
        b'{"op":"place","id":"{}","body":{},"body":{}}',
    ],
)
def test_nothing_is_said_twice_in_a_message(exchange: Exchange, payload: bytes) -> None:
    """The last one would win: a filter that is given once more must not cancel all."""
    exchange.session.take(payload)
    (told,) = exchange.take()
    assert (told["op"], told["code"]) == ("error", "duplicate_field")
    assert not exchange.trading.placed


def test_who_has_not_signed_in_is_refused_as_over_http() -> None:
    exchange = Exchange()
    exchange.take()
    exchange.place("1")
    (told,) = exchange.take()
    assert (told["status"], told["body"]["code"]) == (401, "not_authenticated")
    exchange.send(op="cancel_on_disconnect")
    assert exchange.take()[0]["code"] == "not_authenticated"


def test_what_nobodys_rates_have_paid_for_is_paid_for_by_the_connection() -> None:
    exchange = Exchange()
    for _ in range(200):
        exchange.send(op="cancel_all", markets=["LAB-USDC"])
    assert exchange.take()[-1]["code"] == "message_rate"


async def test_a_sign_in_that_has_ended_counts_for_nothing_before_it_is_told(exchange: Exchange) -> None:
    exchange.wall_s += 900
    exchange.place("a")
    exchange.send(op="cancel_all", id="b")
    exchange.send(op="cancel_on_disconnect", id="c")
    await turn()
    told = exchange.take()
    assert [(one["id"], one.get("status")) for one in told] == [("a", 401), ("b", 401), ("c", None)]
    assert told[2]["code"] == "not_authenticated"
    assert (exchange.trading.order, exchange.guards.armed) == ([], {})
    assert not exchange.session.is_closed, "nobody has looked after it yet"


async def test_who_may_not_cancel_guards_nothing_that_would() -> None:
    """Otherwise a key that may only read cancels everything by hanging up."""
    exchange = Exchange()
    exchange.tokens["good"] = exchange.tokens["good"]._replace(
        key=UUID(int=1), scopes=frozenset({KeyScope.READ})
    )
    exchange.sign_in()
    exchange.send(op="cancel_on_disconnect", id="1")
    exchange.send(op="cancel_all", id="2")
    await turn()
    guard, cancel = exchange.take()
    assert (guard["op"], guard["code"]) == ("error", "scope_missing")
    assert (cancel["status"], cancel["body"]["code"]) == (403, "scope_missing")
    exchange.desk.depart(exchange.session)
    assert (exchange.guards.armed, exchange.guards.ended) == ({}, [])


def test_beyond_its_bound_nothing_is_taken_until_something_is_answered(exchange: Exchange) -> None:
    exchange.place(*"abcdef")
    assert [name for name, _ in exchange.trading.placed] == list("abcd")
    assert not exchange.connection.is_read
    exchange.trading.answer(2)
    assert [name for name, _ in exchange.trading.placed] == list("abcde")
    for number in (0, 1, 3, 4, 5):
        exchange.trading.answer(number)
    assert ids(exchange.take()) == list("cabdef")
    assert exchange.connection.is_read


@pytest.mark.parametrize(("op", "weight"), [("place_batch", PLACED_MAX), ("cancel_batch", CANCELLED_MAX)])
def test_a_batch_counts_as_many_as_it_may_have(op: str, weight: int, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = Exchange(OrderLimits(in_flight=2 * weight)).sign_in()
    under_way: list[Any] = []
    monkeypatch.setattr(exchange.desk, "serve", lambda *request: under_way.append(request))
    for _ in range(3):
        exchange.send(op=op, body={"orders": []})
    assert len(under_way) == 2
    assert not exchange.connection.is_read
    under_way[0][-1](Reply(b"{}"))
    assert len(under_way) == 3


async def test_what_needs_no_task_does_not_overtake_what_does(exchange: Exchange) -> None:
    exchange.place("a")
    exchange.send(op="cancel_all", id="b")
    exchange.place("c")
    exchange.send(op="cancel_all", id="d")
    assert ([name for name, _ in exchange.trading.placed], exchange.trading.counted) == (["a"], [])
    await turn()
    assert exchange.trading.order == ["a", "cancel", "c", "cancel"]
    assert exchange.connection.is_read


def test_who_does_not_read_answers_gets_no_more_taken_and_is_closed(exchange: Exchange) -> None:
    exchange.session.buffer_full()
    exchange.place("a")
    assert not exchange.connection.is_read
    assert exchange.trading.placed == []
    exchange.session.buffer_free()
    assert [name for name, _ in exchange.trading.placed] == ["a"]
    assert exchange.connection.is_read
    exchange.session.buffer_full()
    exchange.pass_time(12)
    assert exchange.take()[-1]["code"] == "slow_reader"


def test_requests_cost_none_of_a_connections_messages_and_all_else_does(exchange: Exchange) -> None:
    for number in range(500):
        exchange.place(str(number))
        exchange.trading.answer(number)
    assert not exchange.session.is_closed
    for _ in range(200):
        exchange.send(op="ping")
    assert exchange.take()[-1]["code"] == "message_rate"


def test_a_request_in_some_parts_costs_none_and_one_in_many_does(exchange: Exchange) -> None:
    for _ in range(200):
        assert all(exchange.session.heard(part) for part in range(1, FREE_PARTS + 1))
    for part in range(FREE_PARTS + 1, FREE_PARTS + 200):
        exchange.session.heard(part)
    assert exchange.take()[-1]["code"] == "message_rate"


async def test_what_it_guards_is_cancelled_when_it_ends(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", id="1", markets=["LAB-USDC"], grace_ms=500)
    await turn()
    (told,) = exchange.take()
    name = told.pop("guard")
    assert told == {
        "op": "cancel_on_disconnect",
        "id": "1",
        "markets": ["LAB-USDC"],
        "grace_ms": 500,
        "resumed": False,
    }
    exchange.desk.depart(exchange.session)
    exchange.desk.depart(exchange.session)
    assert exchange.guards.ended == [(name, Guard(ACCOUNT, [5], 500))]


async def test_it_guards_what_it_was_told_last(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", id="1", markets=["LAB-USDC"])
    exchange.send(op="cancel_on_disconnect", id="2")
    exchange.send(op="cancel_on_disconnect", id="3", markets=["NO-SUCH"])
    await turn()
    first, second, third = exchange.take()
    assert first["guard"] == second["guard"]
    assert (third["op"], third["code"]) == ("error", "market_unknown")
    assert list(exchange.guards.armed.values()) == [Guard(ACCOUNT, None, 0)]
    exchange.send(op="cancel_on_disconnect", id="4", enabled=False)
    await turn()
    assert exchange.take()[0]["guard"] is None
    exchange.desk.depart(exchange.session)
    assert (exchange.guards.armed, exchange.guards.ended) == ({}, [])


async def test_a_market_that_is_named_twice_is_guarded_once(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"] * 100)
    await turn()
    assert exchange.take()[0]["markets"] == ["LAB-USDC"]
    assert list(exchange.guards.armed.values()) == [Guard(ACCOUNT, [5], 0)]


async def test_what_is_guarded_already_is_not_written_again(exchange: Exchange) -> None:
    for id_ in "123":
        exchange.send(op="cancel_on_disconnect", id=id_, markets=["LAB-USDC"])
    await turn()
    first, *others = exchange.take()
    assert [other | {"id": "1"} for other in others] == [first, first]
    assert exchange.guards.written == 1
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"], grace_ms=1)
    await turn()
    assert exchange.guards.written == 2


async def test_a_guard_and_its_end_are_paid_for_by_the_accounts_cancels(exchange: Exchange) -> None:
    before = exchange.cancels.left(ACCOUNT)
    exchange.send(op="cancel_on_disconnect", markets=["LAB-USDC"])
    await turn()
    cost = before - exchange.cancels.left(ACCOUNT)
    assert cost == CANCELS_OF_GUARD + 1
    exchange.cancels.take(ACCOUNT, exchange.cancels.left(ACCOUNT) - cost + 1)
    exchange.take()
    exchange.send(op="cancel_on_disconnect", id="2")
    await turn()
    (told,) = exchange.take()
    assert (told["op"], told["id"], told["code"]) == ("error", "2", "rate_limited")
    exchange.desk.depart(exchange.session)
    (ended,) = exchange.guards.ended
    assert ended[1] == Guard(ACCOUNT, [5], 0), "what was guarded still is"


async def test_a_guard_that_is_there_no_more_is_a_new_one(exchange: Exchange) -> None:
    names = "a" * 32, "b" * 32
    exchange.guards.resumable = {names[0]}
    for name in names:
        exchange.send(op="cancel_on_disconnect", resume=name)
        await turn()
    resumed, new = exchange.take()
    assert (resumed["guard"], resumed["resumed"]) == (names[0], True)
    assert new["resumed"] is False
    assert new["guard"] not in names[1:]
    assert len(exchange.guards.armed) == 1


async def test_a_guard_that_is_set_while_the_connection_ends_counts(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect")
    exchange.desk.depart(exchange.session)
    await turn()
    assert len(exchange.guards.ended) == 1


async def test_a_guard_that_another_resumes_in_that_moment_is_told_as_lost(exchange: Exchange) -> None:
    exchange.guards.rival = exchange.session.guard_lost
    exchange.send(op="cancel_on_disconnect", id="1")
    await turn()
    assert [told["guard"] for told in exchange.take()] == [next(iter(exchange.guards.armed)), None]
    exchange.desk.depart(exchange.session)
    assert exchange.guards.ended == []


async def test_what_has_not_gone_out_does_not_come_after_the_cancels(exchange: Exchange) -> None:
    exchange.send(op="cancel_on_disconnect")
    await turn()
    exchange.send(op="cancel_all")
    exchange.desk.depart(exchange.session)
    await turn()
    assert exchange.trading.counted == []


@pytest.mark.parametrize("why", ["expired", "ended", "silent", "another account", "nobody"])
async def test_it_ends_with_its_sign_in(why: str) -> None:
    exchange = Exchange()
    if why != "nobody":
        exchange.issue("good", life_s=5)
        exchange.sign_in()
        exchange.send(op="cancel_on_disconnect")
        await turn()
    code = "not_authenticated"
    if why == "ended":
        exchange.desk.end_sign_in("good")
        code = "session_ended"
    elif why == "silent":
        exchange.issue("good")
        exchange.sign_in()
        exchange.pass_time(17)
        code = "heartbeat_missed"
    elif why == "another account":
        exchange.issue("other", account=8)
        exchange.send(op="authenticate", access_token="other")
    else:
        exchange.pass_time(12)
    assert exchange.take()[-1]["code"] == code
    assert exchange.connection.is_closed
    assert len(exchange.guards.ended) == (why != "nobody")


async def test_a_renewed_token_keeps_it(exchange: Exchange) -> None:
    exchange.issue("newer", life_s=1_800)
    exchange.send(op="authenticate", access_token="newer")
    for _ in range(200):
        exchange.pass_time(5)
        exchange.send(op="ping")
    assert not exchange.session.is_closed
    exchange.place("a")
    assert len(exchange.trading.placed) == 1


def test_a_guard_has_a_name_in_which_no_path_hides(exchange: Exchange) -> None:
    for name in ("/", "..", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"):
        exchange.send(op="cancel_on_disconnect", resume=name)
        assert exchange.take()[-1]["code"] == "malformed_message", name
