"""Requests as messages of the socket, and its answers as those of HTTP."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse_client.errors import ApiError, MarketRefused, RequestRefused, ServiceRefused, SessionRefused
from cse_client.http.patience import comes_again
from cse_client.http.socket_messages import answer_of, message_of, refusal_of


@pytest.mark.parametrize(
    ("method", "target", "message"),
    [
        ("POST", "/api/orders", {"op": "place"}),
        ("POST", "/api/orders/batch", {"op": "place_batch"}),
        ("DELETE", "/api/orders", {"op": "cancel_all"}),
        ("GET", "/api/orders/cancel-after", {"op": "cancel_timer"}),
        ("DELETE", "/api/orders?market=LAB-USDC", {"op": "cancel_all", "query": {"market": "LAB-USDC"}}),
        ("DELETE", "/api/orders/7", {"op": "cancel", "order_id": "7"}),
        ("PATCH", "/api/orders/by-client-id/a%3A1", {"op": "amend", "client_order_id": "a:1"}),
        (
            "GET",
            "/api/orders?status=open&limit=5",
            {"op": "orders", "query": {"status": "open", "limit": "5"}},
        ),
        ("GET", "/api/orders/7", {"op": "order", "order_id": "7"}),
        ("GET", "/api/fees", None),
        ("POST", "/api/auth/refresh", None),
        ("GET", "/api/ordersx", None),
        ("PUT", "/api/orders/7", None),
    ],
)
def test_a_request_is_a_message(method: str, target: str, message: dict[str, Any] | None) -> None:
    assert message_of(method, target, {}, b"") == message


def test_a_body_goes_as_it_is() -> None:
    message = message_of("POST", "/api/orders", {"cse-min-sequence": "5"}, b'{"a": 1}')
    assert msgspec.json.decode(msgspec.json.encode(message)) == {
        "op": "place",
        "body": {"a": 1},
        "min_sequence": "5",
    }


def test_an_answer_is_that_of_http() -> None:
    told = {"op": "answer", "id": "1", "status": 429, "sequence": "9", "retry_after_s": 2, "body": {"a": 1}}
    status, headers, body = answer_of(told)
    assert (status, dict(headers), body) == (429, {"cse-sequence": "9", "retry-after": "2"}, b'{"a":1}')


def test_a_message_that_was_refused_is_a_refusal_without_effect() -> None:
    answer = answer_of({"op": "error", "code": "unknown_op", "message": "There is no operation x."})
    problem = msgspec.json.decode(answer.body)
    assert (answer.status, problem["code"], problem["money"]) == (400, "unknown_op", "none")


@pytest.mark.parametrize(
    ("code", "kind", "retryable"),
    [
        ("market_unknown", MarketRefused, False),
        ("scope_missing", SessionRefused, False),
        ("message_rate", RequestRefused, True),
        ("unavailable", ServiceRefused, True),
    ],
)
def test_an_error_is_the_refusal_of_its_code(code: str, kind: type[ApiError], retryable: bool) -> None:
    refused = refusal_of({"op": "error", "code": code, "message": "why"})
    assert (type(refused), refused.code, refused.sentence) == (kind, code, "why")
    assert (refused.money, refused.retryable, comes_again(refused)) == ("none", retryable, retryable)
