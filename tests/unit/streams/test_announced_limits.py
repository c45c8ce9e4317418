"""What a welcome says a connection may do is what it may do, and not one more."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cse.streams.limits import Limits
from tests.streams.engine import NAME, Engine
from tests.streams.process import FakeProcess, Visitor, last

SMALL = Limits(
    connections_per_address=5,
    connections_per_account=3,
    subscriptions=4,
    channels_per_message=3,
    messages_per_second=2,
    messages_at_once=20,
    message_bytes=300,
)


def announced(process: FakeProcess) -> dict[str, int]:
    visitor = process.connect("10.9.9.9")
    limits: dict[str, int] = last(visitor)["limits"]
    visitor.leave()
    return limits


def an_address(process: FakeProcess, count: int) -> list[str]:
    return [code for _ in range(count) for code in process.connect("10.0.0.7").client.codes()]


def an_account(process: FakeProcess, count: int) -> list[str]:
    process.issue("token", 7)
    visitors = [process.connect(f"10.0.1.{number}") for number in range(count)]
    for visitor in visitors:
        visitor.send('{"op":"authenticate","access_token":"token"}')
        # Again on the same connection is no other one.
        visitor.send('{"op":"authenticate","access_token":"token"}') if visitor is visitors[0] else None
    return [code for visitor in visitors for code in visitor.client.codes()]


def subscriptions(process: FakeProcess, count: int) -> list[str]:
    visitor = process.connect()
    names = [f"candles.{NAME}.{interval}" for interval in ("1m", "5m", "15m", "1h", "4h", "1d")][:count]
    for name in names:
        visitor.send(json.dumps({"op": "subscribe", "channels": [name]}))
    return visitor.client.codes()


def channels(process: FakeProcess, count: int) -> list[str]:
    return said(process, {"op": "subscribe", "channels": [f"trades.{NAME}"] * count})


def messages_at_once(process: FakeProcess, count: int) -> list[str]:
    visitor = process.connect()
    for _ in range(count):
        visitor.send('{"op":"ping"}')
    return visitor.client.codes()


def messages_each_second(process: FakeProcess, count: int) -> list[str]:
    """All that may come at once is spent; from then on so many come in each second."""
    visitor = process.connect()
    for _ in range(SMALL.messages_at_once):
        visitor.send('{"op":"ping"}')
    for _ in range(20):
        process.now_s += 1
        for _ in range(count):
            visitor.send('{"op":"ping"}')
    return visitor.client.codes()


def message_bytes(process: FakeProcess, count: int) -> list[str]:
    visitor = process.connect()
    visitor.send('{"op":"ping"}'.ljust(count))
    return visitor.client.codes()


def said(process: FakeProcess, message: dict[str, Any]) -> list[str]:
    visitor: Visitor = process.connect()
    visitor.send(json.dumps(message))
    return visitor.client.codes()


CASES: dict[str, tuple[Callable[[FakeProcess, int], list[str]], str]] = {
    "connections_per_address": (an_address, "connection_limit"),
    "connections_per_account": (an_account, "connection_limit"),
    "subscriptions": (subscriptions, "subscription_limit"),
    "channels_per_message": (channels, "malformed_message"),
    "messages_at_once": (messages_at_once, "message_rate"),
    "messages_per_second": (messages_each_second, "message_rate"),
    "message_bytes": (message_bytes, "message_too_large"),
}


def test_all_that_is_announced_is_tried(engine: Engine) -> None:
    assert announced(FakeProcess(engine, SMALL)).keys() == CASES.keys()


@pytest.mark.parametrize("name", CASES)
def test_the_number_announced_is_the_one_enforced(engine: Engine, name: str) -> None:
    attempt, code = CASES[name]
    limit = announced(FakeProcess(engine, SMALL))[name]
    assert attempt(FakeProcess(engine, SMALL), limit) == []
    assert set(attempt(FakeProcess(engine, SMALL), limit + 1)) == {code}


def test_of_an_account_that_has_one_less_another_may_come(engine: Engine) -> None:
    process = FakeProcess(engine, SMALL)
    process.issue("token", 7)
    visitors = [process.connect(f"10.0.1.{number}") for number in range(4)]
    for visitor in visitors:
        visitor.send('{"op":"authenticate","access_token":"token"}')
    assert visitors[3].client.codes() == ["connection_limit"]
    visitors[0].leave()
    visitors[3].send('{"op":"authenticate","access_token":"token"}')
    assert last(visitors[3])["op"] == "authenticated"
