"""What a connection may ask for, and what becomes of one that misbehaves or does not read."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from cse.streams.limits import Limits
from tests.small_market import BUYER, SELLER, buy, sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"


@pytest.fixture
def engine() -> Engine:
    return Engine()


@pytest.fixture
def process(engine: Engine) -> FakeProcess:
    return FakeProcess(engine)


@pytest.fixture
def visitor(process: FakeProcess) -> Visitor:
    return process.connect()


def last(visitor: Visitor) -> dict[str, Any]:
    return visitor.client.control[-1]


def test_it_is_welcomed(visitor: Visitor) -> None:
    (welcome,) = visitor.client.control
    assert welcome["op"] == "welcome"
    assert welcome["heartbeat_s"] == 5
    assert welcome["limits"]["subscriptions"] == 200
    assert len(welcome["session"]) == 16


@pytest.mark.parametrize(
    ("message", "answer"),
    [
        ({"op": "ping", "id": "7"}, {"op": "pong", "id": "7"}),
        ({"op": "ping"}, {"op": "pong", "id": None}),
        (
            {"op": "subscribe", "id": "1", "channels": [BOOK]},
            {"op": "subscribed", "id": "1", "channels": [BOOK]},
        ),
        (
            {"op": "unsubscribe", "id": "2", "channels": [BOOK]},
            {"op": "unsubscribed", "id": "2", "channels": []},
        ),
        ({"op": "ping", "id": "7", "more": {"is": ["left", "alone"]}}, {"op": "pong", "id": "7"}),
    ],
)
def test_an_answer(visitor: Visitor, message: dict[str, Any], answer: dict[str, Any]) -> None:
    visitor.send(json.dumps(message))
    assert {key: last(visitor)[key] for key in answer} == answer


def test_a_pong_tells_where_the_journal_is(visitor: Visitor, process: FakeProcess) -> None:
    visitor.send('{"op": "ping"}')
    assert last(visitor)["journal_sequence"] == str(process.hub.place.stamp.sequence)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("", "malformed_message"),
        ("{", "malformed_message"),
        ("[]", "malformed_message"),
        ("null", "malformed_message"),
        ("[" * 10_000, "malformed_message"),
        ('{"a":' * 2_000, "malformed_message"),
        ('{"op":1}', "malformed_message"),
        ('{"id":"1"}', "malformed_message"),
        ('{"op":"ping","id":1}', "malformed_message"),
        ('{"op":"ping","id":"%s"}' % ("x" * 65), "malformed_message"),
        ('{"op":"what"}', "unknown_op"),
        ('{"op":""}', "unknown_op"),
        ('{"op":"%s"}' % ("x" * 5_000), "unknown_op"),
        ('{"op":"subscribe"}', "malformed_message"),
        ('{"op":"subscribe","channels":[]}', "malformed_message"),
        ('{"op":"subscribe","channels":"trades"}', "malformed_message"),
        ('{"op":"subscribe","channels":[1]}', "malformed_message"),
        ('{"op":"subscribe","channels":["what"]}', "channel_unknown"),
        ('{"op":"subscribe","channels":["orderbook.NO-WAY"]}', "channel_unknown"),
        ('{"op":"subscribe","channels":["candles.LAB-USDC.7m"]}', "interval_unknown"),
        ('{"op":"subscribe","channels":[{"channel":"x","epoch":"1"}]}', "malformed_message"),
        ('{"op":"subscribe","channels":[{"channel":"x","epoch":"-1","sequence":"0"}]}', "malformed_message"),
        ('{"op":"subscribe","channels":[{"channel":"x","epoch":"1","sequence":"1.5"}]}', "malformed_message"),
        ('{{"op":"subscribe","channels":[{}]}}'.format(",".join(['"x"'] * 101)), "malformed_message"),
        ('{"op":"subscribe","channels":["user.orders"]}', "not_authenticated"),
        ('{"op":"authenticate"}', "malformed_message"),
        ('{"op":"authenticate","access_token":""}', "not_authenticated"),
        ('{"op":"authenticate","access_token":"\\ud800"}', None),
        ('{"op":"authenticate","access_token":"eyJ.eyJ.x"}', "not_authenticated"),
    ],
)  # fmt: skip
def test_what_is_refused_by_name(visitor: Visitor, message: str, code: str | None) -> None:
    visitor.send(message)
    assert not visitor.session.is_closed
    assert visitor.client.codes()[0] == (code or visitor.client.codes()[0])
    refused = next(told for told in visitor.client.control if "code" in told)
    assert len(json.dumps(refused)) < 500
    visitor.send('{"op":"ping","id":"still here"}')
    assert last(visitor)["id"] == "still here"


@pytest.mark.parametrize(
    ("message", "code", "close_code"),
    [
        (b'{"op":"ping","id":"\xff"}', "malformed_message", 1_007),
        (b"\x80", "malformed_message", 1_007),
        (b" " * 16_385, "message_too_large", 1_009),
    ],
)
def test_what_ends_the_connection(visitor: Visitor, message: bytes, code: str, close_code: int) -> None:
    visitor.send(message)
    assert last(visitor)["op"] == "closing"
    assert last(visitor)["code"] == code
    assert visitor.client.close_code == close_code
    assert visitor.connection.is_closed


def test_a_binary_message_ends_it(visitor: Visitor) -> None:
    visitor.session.receive_binary()
    visitor.take()
    assert (last(visitor)["code"], visitor.client.close_code) == ("malformed_message", 1_003)


def test_of_a_list_each_channel_is_judged_on_its_own(visitor: Visitor) -> None:
    visitor.send(f'{{"op":"subscribe","id":"1","channels":["{BOOK}","nope","{TRADES}","user.fills"]}}')
    assert visitor.client.ops() == ["welcome", "error", "error", "subscribed"]
    assert [told.get("channel") for told in visitor.client.control[1:3]] == ["nope", "user.fills"]
    assert last(visitor)["channels"] == [BOOK, TRADES]


def test_subscriptions_are_bounded(engine: Engine) -> None:
    process = FakeProcess(engine, Limits(subscriptions=1))
    visitor = process.connect()
    visitor.subscribe(BOOK)
    visitor.subscribe(TRADES)
    assert visitor.client.codes() == ["subscription_limit"]
    assert visitor.session.subscriptions == 1
    visitor.subscribe(BOOK)
    assert visitor.client.codes() == ["subscription_limit"], "one it has already takes no room"


def test_a_flood_is_closed(visitor: Visitor, process: FakeProcess) -> None:
    for _ in range(10_000):
        visitor.send('{"op":"ping"}')
    assert last(visitor)["code"] == "message_rate"
    assert visitor.client.close_code == 1_008
    assert visitor.client.ops().count("pong") == process.connections.limits.messages_at_once


def test_refusals_count_double(visitor: Visitor) -> None:
    for _ in range(60):
        visitor.send('{"op":"what"}')
    assert last(visitor)["code"] == "message_rate"


def test_messages_with_positions_count_six_times(visitor: Visitor) -> None:
    position = {"channel": f"ticker.{NAME}", "epoch": "1", "sequence": "1"}
    for channels, most in (([BOOK], 40), ([BOOK, position], 10)):
        for _ in range(most):
            visitor.send(json.dumps({"op": "subscribe", "channels": channels}))
        assert not visitor.session.is_closed
    visitor.send(json.dumps({"op": "subscribe", "channels": [BOOK, position]}))
    assert last(visitor)["code"] == "message_rate"


def test_a_flood_of_channels_in_one_message_is_closed(visitor: Visitor) -> None:
    for _ in range(2):
        visitor.send(json.dumps({"op": "subscribe", "channels": [f"nope{n}" for n in range(100)]}))
    assert last(visitor)["code"] == "message_rate"
    assert visitor.client.codes().count("channel_unknown") < 101


def test_who_asks_at_a_steady_rate_is_let_be(visitor: Visitor, process: FakeProcess) -> None:
    for _ in range(60):
        for _ in range(process.connections.limits.messages_per_second):
            visitor.send('{"op":"ping"}')
        process.now_s += 1
    assert not visitor.session.is_closed


def test_unsubscribed_means_silence(engine: Engine, process: FakeProcess, visitor: Visitor) -> None:
    visitor.subscribe(BOOK)
    visitor.send(json.dumps({"op": "unsubscribe", "channels": [BOOK]}))
    engine.run(sell(110))
    process.turn()
    visitor.take()
    assert visitor.client.channels[BOOK].updates == 0
    assert process.hub.place.deliveries == 1


def test_subscribing_anew_begins_anew(visitor: Visitor) -> None:
    visitor.subscribe(BOOK)
    visitor.send(json.dumps({"op": "subscribe", "channels": [BOOK]}))
    visitor.process.turn()
    visitor.take()
    assert visitor.client.channels[BOOK].snapshots == 2
    assert visitor.session.subscriptions == 1


class TestTime:
    """Heartbeats both ways."""

    def test_a_quiet_connection_gets_heartbeats(self, visitor: Visitor, process: FakeProcess) -> None:
        process.pass_time(14, lambda: visitor.send('{"op":"unsubscribe","channels":["x"]}'))
        before = visitor.client.ops().count("heartbeat")
        assert before == 0, "there was something else to tell"
        process.pass_time(15)
        visitor.take()
        assert visitor.client.ops().count("heartbeat") == 3
        assert last(visitor)["journal_sequence"] == str(process.hub.place.stamp.sequence)

    def test_one_that_gets_data_gets_none(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        visitor.subscribe(BOOK)

        def trade() -> None:
            engine.run(sell(110))
            process.turn()

        process.pass_time(20, trade)
        visitor.take()
        assert "heartbeat" not in visitor.client.ops()
        assert visitor.client.channels[BOOK].updates == 20

    def test_a_silent_one_is_asked_and_then_closed(self, visitor: Visitor, process: FakeProcess) -> None:
        process.pass_time(39)
        visitor.take()
        assert visitor.client.pings == 2
        assert not visitor.session.is_closed
        process.pass_time(3)
        visitor.take()
        assert (last(visitor)["code"], visitor.client.close_code) == ("heartbeat_missed", 1_008)

    def test_one_that_answers_stays(self, visitor: Visitor, process: FakeProcess) -> None:
        process.pass_time(300, lambda: visitor.session.heard())
        assert not visitor.session.is_closed


class TestSlowReaders:
    """Merged, told, dropped; never waited for."""

    def test_what_it_missed_comes_as_one(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        quantities = fill(engine, process, 3_000)
        assert visitor.connection.peak < process.connections.limits.buffer_bytes + 10_000
        visitor.connection.read()
        visitor.take()
        book = visitor.client.channels[BOOK]
        assert (book.snapshots, book.gaps) == (1, 0)
        assert book.updates < 1_000
        assert len(book.asks) == len(quantities)
        assert book.sequence == engine.depth().book_sequence

    def test_nobody_else_is_touched(self, engine: Engine) -> None:
        process = FakeProcess(engine, Limits(buffer_bytes=8_000))
        others = [process.connect(f"10.0.1.{number}") for number in range(20)]
        stuck = process.connect()
        for one in (*others, stuck):
            one.subscribe(BOOK)
        stuck.connection.reads_at_once = False
        fill(engine, process, 300)
        for other in others:
            other.take()
            assert other.client.channels[BOOK].updates == 300
            assert other.client.channels[BOOK].gaps == 0
        assert stuck.connection.peak < process.connections.limits.buffer_bytes + 1_000
        assert stuck.connection.writes < 100

    def test_it_is_told_and_closed(self, engine: Engine, process: FakeProcess, visitor: Visitor) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        fill(engine, process, 3_000)
        process.pass_time(9, lambda: None)
        assert not visitor.session.is_closed
        process.pass_time(3)
        assert visitor.connection.is_closed
        visitor.connection.received += b"".join(visitor.connection.unsent)
        visitor.take()
        assert (last(visitor)["code"], visitor.client.close_code) == ("slow_reader", 1_008)
        assert process.connections.refusals["slow_reader"] == 1

    def test_answers_do_not_pile_up_either(self, process: FakeProcess, engine: Engine) -> None:
        process = FakeProcess(
            engine, Limits(messages_at_once=1 << 20, buffer_bytes=1_000, buffer_bytes_max=5_000)
        )
        visitor = process.connect()
        visitor.connection.reads_at_once = False
        for _ in range(1_000):
            visitor.send('{"op":"ping"}')
        assert visitor.connection.peak < 6_000
        assert visitor.session.is_closed

    def test_a_subscription_waits_for_room(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        visitor.subscribe(BOOK)
        visitor.connection.reads_at_once = False
        fill(engine, process, 3_000)
        writes = visitor.connection.writes
        visitor.send(json.dumps({"op": "subscribe", "channels": [TRADES]}))
        process.turn()
        assert visitor.connection.writes == writes + 1, "only that it is subscribed"
        visitor.connection.read()
        visitor.take()
        assert visitor.client.channels[TRADES].snapshots == 1


class TestPrivateChannels:
    """Only for whoever is signed in, and only as long."""

    def test_another_account_hears_nothing_of_it(self, engine: Engine, process: FakeProcess) -> None:
        process.issue("buyer", BUYER)
        process.issue("seller", SELLER)
        seller, buyer = process.connect(), process.connect()
        seller.send('{"op":"authenticate","id":"1","access_token":"seller"}')
        buyer.send('{"op":"authenticate","id":"1","access_token":"buyer"}')
        for one in (seller, buyer):
            one.subscribe("user.orders", "user.fills", "user.balances")
        engine.run(sell(110), sell(111), buy(110, 5))
        process.turn()
        seller.take()
        buyer.take()
        assert {order["account"] for order in seller.client.channels["user.orders"].items} == {str(SELLER)}
        assert {order["account"] for order in buyer.client.channels["user.orders"].items} == {str(BUYER)}
        assert [fill["liquidity"] for fill in buyer.client.channels["user.fills"].items] == ["taker"]
        assert [fill["liquidity"] for fill in seller.client.channels["user.fills"].items] == ["maker"]

    def test_a_renewal_changes_nothing_but_the_end(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("one", BUYER, session="s", life_s=10)
        process.issue("two", BUYER, session="s", life_s=100)
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.orders")
        process.pass_time(8)
        visitor.send('{"op":"authenticate","access_token":"two"}')
        process.pass_time(20)
        visitor.take()
        assert "unsubscribed" not in visitor.client.ops()
        assert process.connections.signed_in == 1

    def test_expiry_ends_private_channels_and_no_others(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("one", BUYER, life_s=10)
        visitor.send('{"op":"authenticate","access_token":"one"}')
        visitor.subscribe("user.orders", BOOK)
        process.pass_time(11)
        visitor.take()
        ended = next(told for told in visitor.client.control if told["op"] == "unsubscribed")
        assert ended == {"op": "unsubscribed", "channels": ["user.orders"], "code": "not_authenticated"}
        assert visitor.session.subscriptions == 1
        assert process.connections.signed_in == 0
        assert not process.hub.accounts.listening
        visitor.subscribe("user.orders")
        assert visitor.client.codes()[-1] == "not_authenticated"

    def test_the_end_of_a_sign_in_ends_them_at_once(self, process: FakeProcess) -> None:
        process.issue("here", BUYER, session="ends")
        process.issue("there", BUYER, session="stays")
        here, there = process.connect(), process.connect()
        here.send('{"op":"authenticate","access_token":"here"}')
        there.send('{"op":"authenticate","access_token":"there"}')
        for one in (here, there):
            one.subscribe("user.orders", "user.balances")
        process.connections.end_sign_in("ends")
        here.take()
        there.take()
        assert last(here)["code"] == "session_ended"
        assert last(here)["channels"] == ["user.orders", "user.balances"]
        assert "unsubscribed" not in there.client.ops()
        process.connections.end_sign_in("never heard of")

    def test_another_account_on_the_same_socket_ends_those_of_the_first(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.issue("seller", SELLER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        visitor.send('{"op":"authenticate","access_token":"seller"}')
        assert visitor.client.ops()[-2:] == ["unsubscribed", "authenticated"]
        assert not process.hub.accounts.listening

    def test_a_position_is_of_no_use_to_another_account(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("buyer", BUYER)
        process.issue("buyer again", BUYER)
        process.issue("seller", SELLER)

        def snapshots_after(*tokens: str) -> dict[str, int]:
            for token in tokens:
                visitor.send(f'{{"op":"authenticate","access_token":"{token}"}}')
            visitor.subscribe("user.balances", BOOK)
            return {name: channel.snapshots for name, channel in visitor.client.channels.items()}

        assert snapshots_after("buyer") == {"user.balances": 1, BOOK: 1}
        assert snapshots_after("buyer again") == {"user.balances": 1, BOOK: 1}
        process.connections.end_sign_in("buyer again")
        assert snapshots_after("seller") == {"user.balances": 2, BOOK: 1}
        # The first one's picture may be older than the second's, or be it.
        assert snapshots_after("buyer") == {"user.balances": 3, BOOK: 1}

    def test_a_bad_token_leaves_things_as_they_are(self, process: FakeProcess, visitor: Visitor) -> None:
        process.issue("buyer", BUYER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        visitor.send('{"op":"authenticate","access_token":"forged"}')
        assert visitor.session.subscriptions == 1
        assert visitor.client.codes() == ["not_authenticated"]

    def test_nothing_is_kept_of_an_account_that_nobody_listens_to(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.orders", "user.fills", "user.balances")
        assert list(process.hub.accounts.listening) == [BUYER]
        visitor.leave()
        assert not process.hub.accounts.listening
        assert process.connections.signed_in == 0
        assert process.connections.count == 0


def fill(engine: Engine, process: FakeProcess, count: int) -> set[int]:
    """Changes the book that often, each time in a turn of its own; returns the levels there are."""
    for number in range(count):
        engine.run(sell(1_000 + number % 100, 1))
        process.turn()
    return set(range(100))


class TestChosenAccounts:
    """A person hears any of their accounts, one on each connection."""

    async def sign_in(self, visitor: Visitor, account: int | str, token: str = "buyer") -> None:
        visitor.send(f'{{"op":"authenticate","access_token":"{token}","account":"{account}"}}')
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()

    async def test_the_chosen_one_is_heard_and_no_other(
        self, engine: Engine, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        await self.sign_in(visitor, SELLER)
        assert last(visitor)["account"] == str(SELLER)
        visitor.subscribe("user.orders")
        engine.run(sell(110), buy(90))
        process.turn()
        visitor.take()
        assert {order["account"] for order in visitor.client.channels["user.orders"].items} == {str(SELLER)}
        # What was looked up once is known.
        visitor.send(f'{{"op":"authenticate","access_token":"buyer","account":"{SELLER}"}}')
        assert visitor.client.ops()[-1] == "authenticated"
        assert "unsubscribed" not in visitor.client.ops()

    @pytest.mark.parametrize("account", [SELLER, 0, "x", 4_000_000_000])
    async def test_anothers_is_answered_like_one_that_is_not_there(
        self, process: FakeProcess, visitor: Visitor, account: int | str
    ) -> None:
        process.issue("buyer", BUYER)
        await self.sign_in(visitor, account)
        assert visitor.client.codes() == ["account_unknown"]
        assert visitor.session.caller is None

    async def test_who_chooses_another_hears_no_more_of_the_first(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        visitor.send('{"op":"authenticate","access_token":"buyer"}')
        visitor.subscribe("user.balances")
        await self.sign_in(visitor, SELLER)
        assert visitor.client.ops()[-2:] == ["unsubscribed", "authenticated"]
        assert not process.hub.accounts.listening

    async def test_a_sign_in_that_ended_while_its_account_was_looked_up_opens_nothing(
        self, process: FakeProcess, visitor: Visitor
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains[SELLER] = BUYER
        visitor.send(f'{{"op":"authenticate","access_token":"buyer","account":"{SELLER}"}}')
        del process.callers["buyer"]
        process.connections.end_sign_in("buyer")
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()
        assert visitor.client.codes() == ["not_authenticated"]
        assert (visitor.session.caller, process.connections.signed_in) == (None, 0)

    @pytest.mark.parametrize("last_account", [BUYER, 9, None])
    async def test_of_two_in_a_row_the_later_one_holds_however_long_the_first_takes(
        self, process: FakeProcess, visitor: Visitor, last_account: int | None
    ) -> None:
        process.issue("buyer", BUYER)
        process.owners.mains |= {SELLER: BUYER, 9: BUYER}
        process.owners.held[SELLER] = asyncio.Event()
        await self.sign_in(visitor, SELLER)
        chosen = "" if last_account is None else f',"account":"{last_account}"'
        visitor.send(f'{{"op":"authenticate","access_token":"buyer"{chosen}}}')
        for _ in range(4):
            await asyncio.sleep(0)
        visitor.take()
        assert "authenticated" not in visitor.client.ops(), "each in its turn"
        process.owners.held[SELLER].set()
        for _ in range(16):
            await asyncio.sleep(0)
        visitor.take()
        answers = [one["account"] for one in visitor.client.control if one["op"] == "authenticated"]
        assert answers == [str(SELLER), str(last_account or BUYER)]
        assert visitor.session.caller is not None
        assert visitor.session.caller.account == (last_account or BUYER)
