"""What is no message of the orders' socket."""

from __future__ import annotations

from typing import Any

import pytest

from tests.streams.orders import Exchange


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
    exchange.send(id="a", **message)
    (told,) = exchange.take()
    assert (told["op"], told["code"], told["id"]) == ("error", code, "a")
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
    assert told["id"] in ("1", "{}")
    assert not exchange.trading.placed


def test_a_guard_has_a_name_in_which_no_path_hides(exchange: Exchange) -> None:
    for name in ("/", "..", "A" * 32, "a" * 31, "a" * 33, "a" * 32 + "\n"):
        exchange.send(op="cancel_on_disconnect", resume=name)
        assert exchange.take()[-1]["code"] == "malformed_message", name
