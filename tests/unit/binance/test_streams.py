"""Streams on the real core, without sockets: what is told, in which numbers, and to whom no more."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from cse.binance.streams.connections import ApiConnections, MarketConnections
from cse.binance.streams.feeds import Feeds
from cse.binance.streams.market_session import MarketSession
from cse.binance.streams.peer import LIMITS
from cse.domain.errors import CodedError
from tests.small_market import buy, sell
from tests.streams.engine import Engine
from tests.streams.process import FakeProcess

_STATES = 200


class Market:
    """A process with the dialect, and one connection to it that asks for streams by its address."""

    def __init__(self, engine: Engine, target: str = "/binance/ws") -> None:
        self.engine = engine
        self.process = FakeProcess(engine)
        self.feeds = Feeds(self.process.hub)
        named = (
            LIMITS, self.process._verify, self.process._verify_key, self.process.owners,
        )  # fmt: skip
        self.connections = MarketConnections(
            self.feeds, *named, now_s=lambda: self.process.now_s, wall_us=lambda: engine.time_us
        )
        arrivals = self.connections.behind(target)
        assert arrivals is not None
        self.connection = Wire()
        session = arrivals.arrive(self.connection, "10.0.0.1")
        assert isinstance(session, MarketSession)
        self.session = session

    def ask(self, text: str) -> None:
        """Sends a message."""
        if self.session.heard(1):
            self.session.receive(text.encode())

    def pass_tenths(self, count: int = 1) -> None:
        """Tells what is durable, and lets tenths of a second pass."""
        for _ in range(count):
            self.process.turn()
            self.feeds.tick(self.engine.time_us)

    def told(self) -> list[Any]:
        """What has come since the last time."""
        return self.connection.messages()


class Wire:
    """A socket that takes all frames, and reads those that have a text."""

    def __init__(self) -> None:
        self.is_closed = False
        self._received = b""

    def write(self, frame: bytes) -> None:
        self._received += frame

    def buffered(self) -> int:
        return 0

    def take_in(self, *, on: bool) -> None: ...

    def close(self, frames: bytes) -> None:
        self.is_closed = True

    def messages(self) -> list[Any]:
        data, self._received = self._received, b""
        found = []
        while data:
            length, start = data[1], 2
            if length == 126:
                length, start = int.from_bytes(data[2:4], "big"), 4
            found.append(json.loads(data[start : start + length]))
            data = data[start + length :]
        return found


class LocalBook:
    """A book as Binance's documents say that one is kept: a snapshot, then the events that go on from it."""

    def __init__(self, snapshot: tuple[int, dict[str, str], dict[str, str]]) -> None:
        self.last, self.bids, self.asks = snapshot
        self._has_begun = False

    def take(self, event: dict[str, Any]) -> bool:
        """Takes an event; False where it does not go on from the last."""
        if event["u"] <= self.last:
            return True
        if event["U"] > self.last + 1 or (self._has_begun and event["U"] != self.last + 1):
            return False
        self._has_begun = True
        for side, levels in ((self.bids, event["b"]), (self.asks, event["a"])):
            for price, quantity in levels:
                if float(quantity):
                    side[price] = quantity
                else:
                    side.pop(price, None)
        self.last = event["u"]
        return True


def snapshot(engine: Engine) -> tuple[int, dict[str, str], dict[str, str]]:
    """A book as REST shows it."""
    market, depth = engine.market(), engine.depth()
    bids, asks = (
        {market.fixed_price(price): market.fixed_quantity(lots) for price, lots in side}
        for side in (depth.bids, depth.asks)
    )
    return depth.book_sequence, bids, asks


@pytest.mark.parametrize("name", ["labusdc@depth@100ms", "labusdc@depth"])
def test_changes_go_on_where_a_snapshot_ends_and_a_lost_one_is_seen(engine: Engine, name: str) -> None:
    market = Market(engine, f"/binance/ws/{name}")
    chance = random.Random(name)
    book: LocalBook | None = None
    lost = gaps = 0
    for state in range(_STATES):
        for _ in range(chance.randrange(4)):
            price, lots = chance.randrange(1, 40), chance.randrange(1, 9)
            engine.run(buy(price, lots) if chance.random() < 0.5 else sell(price, lots))
        if book is None:
            # Between two events, wherever the stream stands.
            book = LocalBook(snapshot(engine))
        market.pass_tenths()
        for event in market.told():
            if state < _STATES - 20 and chance.random() < 0.25:
                lost += 1
            elif book is not None and not book.take(event):
                gaps += 1
                book = None
    market.pass_tenths(10)
    assert book is not None
    assert all(book.take(event) for event in market.told())
    assert (book.last, book.bids, book.asks) == snapshot(engine)
    assert lost > 0
    assert gaps > 0


def test_more_changes_than_are_kept_leave_numbers_out(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    market = Market(engine, "/binance/ws/labusdc@depth")
    engine.run(buy(10, 1))
    market.pass_tenths(10)
    (first,) = market.told()
    book = market.process.hub.markets[0].book
    with monkeypatch.context() as patched:
        patched.setattr(book, "since", lambda _: None)
        engine.run(buy(11, 1))
        market.pass_tenths(10)
        assert market.told() == []
    engine.run(buy(12, 1))
    market.pass_tenths(10)
    (second,) = market.told()
    assert second["U"] > first["u"] + 1


def test_changes_beyond_what_is_kept_are_told_before_their_time(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cse.binance.streams.market._CHANGES_MAX", 3)
    market = Market(engine, "/binance/ws/labusdc@depth")
    for price in range(10, 15):
        engine.run(buy(price, 1))
    market.pass_tenths()
    (event,) = market.told()
    assert event["u"] - event["U"] == 4


def test_what_is_told_at_once_is_told_in_the_turn_of_its_trade(engine: Engine) -> None:
    market = Market(engine, "/binance/stream?streams=labusdc@trade/labusdc@aggTrade/labusdc@bookTicker")
    assert [one["stream"] for one in market.told()] == ["labusdc@bookTicker"]
    engine.run(sell(100, 5))
    engine.run(buy(100, 2))
    engine.run(buy(100, 1))
    market.process.turn()
    told = market.told()
    assert [one["stream"] for one in told] == [
        "labusdc@trade", "labusdc@trade", "labusdc@aggTrade", "labusdc@aggTrade", "labusdc@bookTicker",
    ]  # fmt: skip
    assert [one["data"]["q"] for one in told[:2]] == ["0.02", "0.01"]
    assert (told[0]["data"]["m"], told[-1]["data"]["A"]) == (False, "0.02")


def test_a_kline_is_told_once_more_when_it_has_closed(engine: Engine) -> None:
    market = Market(engine, "/binance/ws/labusdc@kline_1s")
    assert market.told() == []
    engine.run(sell(100, 5))
    engine.run(buy(100, 2))
    market.pass_tenths(10)
    (running,) = market.told()
    assert (running["k"]["x"], running["k"]["n"]) == (False, 1)
    market.pass_tenths(10)
    assert market.told() == []
    engine.time_us += 2_000_000
    engine.run(buy(100, 1))
    market.pass_tenths(10)
    closed, newest = market.told()
    assert (closed["k"]["t"], closed["k"]["x"]) == (running["k"]["t"], True)
    assert (newest["k"]["x"], newest["k"]["f"]) == (False, 2)


def test_tickers_are_told_once_a_second_where_something_has_changed(engine: Engine) -> None:
    market = Market(engine, "/binance/ws/!miniTicker@arr/labusdc@ticker")
    assert len(market.told()) == 2
    engine.run(sell(100, 5))
    engine.run(buy(100, 2))
    market.pass_tenths(10)
    full, minis = market.told()
    assert (full["c"], full["A"], full["n"]) == ("0.0100", "0.03", 1)
    assert [one["c"] for one in minis] == ["0.0100"]
    market.pass_tenths(10)
    assert market.told() == []


def test_the_form_is_a_property_of_the_connection(engine: Engine) -> None:
    market = Market(engine, "/binance/ws/7/labusdc@trade")
    market.ask('{"method":"SET_PROPERTY","params":["combined",true],"id":1}')
    engine.run(sell(100, 5))
    engine.run(buy(100, 2))
    market.process.turn()
    assert market.told()[-1]["stream"] == "labusdc@trade"


def test_bounds_of_a_connection(engine: Engine) -> None:
    market = Market(engine)
    names = [f"labusdc@depth{count}{pace}" for count in (5, 10, 20) for pace in ("", "@100ms", "@1000ms")]
    market.connections.limits = LIMITS.__class__(subscriptions=8)
    market.ask(json.dumps({"method": "SUBSCRIBE", "params": names, "id": 1}))
    (refused,) = market.told()
    assert (refused["error"]["code"], market.session.subscriptions) == (2, 0)
    market.ask(json.dumps({"method": "SUBSCRIBE", "params": names[:8], "id": 1}))
    assert market.session.subscriptions == 8
    market.session.buffer_full()
    assert market.connection.is_closed
    assert market.session.subscriptions == 0
    talker = Market(engine)
    for _ in range(LIMITS.messages_at_once + 1):
        talker.ask('{"method":"LIST_SUBSCRIPTIONS","id":1}')
    assert talker.connection.is_closed


@pytest.mark.parametrize(
    "target",
    [
        "/binance/ws/labusdc@nothing", "/binance/ws/nosuch@trade", "/binance/ws/labusdc@kline_8h",
        "/binance/ws/labusdc@depth7", "/binance/ws/labusdc@depth@50ms", "/binance/stream?streams=labusdc",
        "/binance/stream?streams=labusdc@trade/!bookTicker",
    ],
)  # fmt: skip
def test_what_is_no_stream_opens_no_connection(engine: Engine, target: str) -> None:
    with pytest.raises(CodedError) as refused:
        Market(engine, target)
    assert refused.value.code.name == "channel_unknown"


def test_other_paths_are_other_doors(engine: Engine) -> None:
    market = Market(engine)
    assert market.connections.behind("/ws") is None
    assert market.connections.behind("/binance/wsx") is None
    api = ApiConnections(
        market.process.hub, LIMITS, market.process._verify, market.process._verify_key,
        market.process.owners, now_s=lambda: 0.0, wall_us=lambda: 0,
    )  # fmt: skip
    assert api.behind("/binance/ws-api/v3?timeUnit=MILLISECOND") is api
    assert api.behind("/binance/ws-api/v4") is None
