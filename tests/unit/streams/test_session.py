"""What a connection may ask for, and what becomes of one that misbehaves."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cse.streams.limits import Limits
from tests.small_market import sell
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor, last

BOOK, TRADES = f"orderbook.{NAME}", f"trades.{NAME}"


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
    ("message", "id_"),
    [
        ('{"op":"subscribe","id":"7","channels":[1]}', "7"),
        ('{"op":1,"id":"7"}', "7"),
        ('{"op":"ping","id":7}', None),
        ('{"op":"ping","id":"%s"}' % ("x" * 65), None),
        ('{"op":"ping","id":"7"', None),
    ],
)  # fmt: skip
def test_a_refusal_has_the_id_of_the_message(visitor: Visitor, message: str, id_: str | None) -> None:
    visitor.send(message)
    assert (last(visitor)["code"], last(visitor).get("id")) == ("malformed_message", id_)


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
