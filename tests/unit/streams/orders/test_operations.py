"""Which request of the API a message stands for, and what it is answered."""

from __future__ import annotations

from typing import Any

import pytest

from cse.runtime.http.route import Reply
from cse.streams.orders.limits import OrderLimits
from cse.streams.orders.operations import REQUESTS
from cse.trading.models import CANCELLED_MAX, PLACED_MAX
from tests.streams.orders import ORDER, Exchange, turn


def test_every_operation_of_the_table_has_its_route() -> None:
    assert Exchange().connections.operations.keys() == REQUESTS.keys()


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
        ({"op": "cancel", "order_id": "1", "client_order_id": "a"}, 400, "invalid_field"),
        ({"op": "cancel", "order_id": "1/2"}, 404, "order_unknown"),
        ({"op": "place"}, 400, "missing_field"),
        ({"op": "place", "body": None}, 400, "malformed_json"),
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


@pytest.mark.parametrize(("op", "weight"), [("place_batch", PLACED_MAX), ("cancel_batch", CANCELLED_MAX)])
def test_a_batch_counts_as_many_as_it_may_have(op: str, weight: int, monkeypatch: pytest.MonkeyPatch) -> None:
    exchange = Exchange(OrderLimits(in_flight=2 * weight)).sign_in()
    under_way: list[Any] = []
    monkeypatch.setattr(exchange.connections, "serve", lambda *request: under_way.append(request))
    for _ in range(3):
        exchange.send(op=op, body={"orders": []})
    assert len(under_way) == 2
    assert not exchange.is_read()
    under_way[0][-1](Reply(b"{}"))
    assert len(under_way) == 3
