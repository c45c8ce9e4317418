"""Batches, the cancel timer and own rates over HTTP."""

from __future__ import annotations

from typing import Any

import pytest

from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

pytestmark = pytest.mark.usefixtures("quiet")


def bid(price: str, client_order_id: str) -> dict[str, Any]:
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": price, "quantity": "100"}
    return order | {"client_order_id": client_order_id}


def test_a_batch_is_placed_once_each_for_itself_and_cancelled(trader: Person) -> None:
    orders = [bid("0.01", "a"), bid("0.02", "b") | {"price": 1}, bid("0.03", "c"), bid("0.03", "c")]
    first = trader.send("POST", "/api/orders/batch", json={"orders": orders})
    assert first.status_code == 200, first.text
    items = first.json()["items"]
    assert [item["placed"] and item["placed"]["order"]["client_order_id"] for item in items] == [
        "a",
        None,
        "c",
        "c",
    ]
    refusal = items[1]["refusal"]
    single = trader.place(**orders[1]).json()
    assert refusal == {name: single[name] for name in refusal}
    again = trader.send("POST", "/api/orders/batch", json={"orders": orders}).json()["items"]
    assert again == items
    open_ids = {order["client_order_id"] for order in trader.get("/api/orders")["items"]}
    assert open_ids == {"a", "c"}

    names = [
        {"id": items[0]["placed"]["order"]["id"]},
        {"client_order_id": "c"},
        {"client_order_id": "z"},
        {},
    ]
    cancelled = trader.send("POST", "/api/orders/cancel-batch", json={"orders": names}).json()["items"]
    assert [item["order"] and item["order"]["status"] for item in cancelled] == [
        "cancelled",
        "cancelled",
        None,
        None,
    ]
    assert [item["refusal"] and item["refusal"]["code"] for item in cancelled[2:]] == [
        "order_unknown",
        "missing_field",
    ]
    assert trader.get("/api/orders")["items"] == []


def test_an_order_is_amended_by_the_clients_id(trader: Person) -> None:
    trader.limit("buy", "0.01", "100", client_order_id="mine")
    changed = trader.send("PATCH", "/api/orders/by-client-id/mine", json={"quantity": "130"})
    assert changed.json()["order"]["quantity"] == "130"
    none = trader.send("PATCH", "/api/orders/by-client-id/nobodys", json={"quantity": "130"})
    assert problem(none) == (404, "order_unknown")


def test_a_cancel_timer_is_set_and_taken_away(trader: Person) -> None:
    for timeout_ms in (1, 999, 86_400_001):
        refused = trader.send("POST", "/api/orders/cancel-after", json={"timeout_ms": timeout_ms})
        assert problem(refused) == (400, "invalid_cancel_timer")
    armed = trader.send("POST", "/api/orders/cancel-after", json={"timeout_ms": 86_400_000}).json()
    assert armed["fires_at"].endswith("Z")
    assert trader.send("POST", "/api/orders/cancel-after", json={"timeout_ms": 0}).json()["fires_at"] is None


def test_a_cancel_timer_that_is_not_set_again_cancels_all(trader: Person) -> None:
    order = trader.limit("buy", "0.01", "100")["order"]
    trader.send("POST", "/api/orders/cancel-after", json={"timeout_ms": 1_000})
    wait_until(
        lambda: trader.get(f"/api/orders/{order['id']}")["order"]["status"] == "cancelled",
        "the timer has cancelled the order",
    )


def test_what_did_not_trade_is_in_the_answer(trader: Person) -> None:
    resting = trader.limit("sell", "2", "10")["order"]
    answer = trader.limit("buy", "2", "4")
    (prevented,) = answer["prevented"]
    assert (answer["order"]["close_reason"], prevented["maker_order_id"]) == ("self_trade", resting["id"])
    assert (prevented["quantity"], prevented["self_trade_prevention"]) == ("4", "cancel_newest")


def test_an_operator_sets_tiers_and_promotions(exchange: RunningExchange, trader: Person) -> None:
    market = "KIKO-USDC"

    def rates() -> tuple[int, int, bool]:
        (found,) = [item for item in trader.get("/api/fees")["items"] if item["market"] == market]
        return found["maker_fee_ppm"], found["taker_fee_ppm"], found["promotion_ends_at"] is not None

    lines = [
        (
            ("market", "fees", market, "--maker-fee-ppm=100", "--taker-fee-ppm=800", "--tier=1"),
            (1_000, 2_000, False),
        ),
        (("account", "tier", trader.email, "1"), (100, 800, False)),
        (("market", "promotion", "begin", market, "--taker-fee-ppm=500", "--hours=1"), (0, 500, True)),
        (("market", "promotion", "end", market), (100, 800, False)),
    ]
    for line, expected in lines:
        done = exchange.admin(*line)
        assert done.returncode == 0, done.stderr
        assert rates() == expected, line
    refused = exchange.admin("market", "promotion", "begin", market, "--maker-fee-ppm=-1")
    assert refused.returncode == 1
    assert "invalid_market" in refused.stderr


def test_own_rates_are_those_of_the_market_where_there_is_no_tier(trader: Person) -> None:
    fees = trader.get("/api/fees")
    assert fees["tier"] == 0
    (lab,) = [item for item in fees["items"] if item["market"] == "LAB-USDC"]
    assert (lab["maker_fee_ppm"], lab["taker_fee_ppm"]) == (1_000, 2_000)
    assert lab["promotion_ends_at"] is None
