"""Orders as Binance's clients write them, as ours."""

from __future__ import annotations

from typing import Any

import pytest

from cse.binance.order_entry import new_order, oco, oco_of_old, response_of
from cse.binance.order_models import NewOrderQuery, OcoQuery, OldOcoQuery
from cse.domain.errors import CodedError

MARKET = "LAB-USDC"


def query(**fields: Any) -> NewOrderQuery:
    return NewOrderQuery(**{"symbol": "LABUSDC", "side": "BUY", "new_client_order_id": "one"} | fields)


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (
            {"type": "LIMIT", "time_in_force": "IOC", "price": "1", "quantity": "2"},
            {"type": "limit", "time_in_force": "ioc", "price": "1", "quantity": "2", "post_only": False},
        ),
        (
            {"type": "LIMIT_MAKER", "price": "1", "quantity": "2", "iceberg_qty": "1"},
            {"type": "limit", "time_in_force": None, "post_only": True, "display_quantity": "1"},
        ),
        ({"type": "MARKET", "quote_order_qty": "5"}, {"type": "market", "quote_amount": "5"}),
        (
            {"type": "STOP_LOSS", "side": "SELL", "stop_price": "1", "quantity": "2"},
            {"type": "stop_loss", "side": "sell", "stop_price": "1"},
        ),
        (
            {"type": "STOP_LOSS_LIMIT", "time_in_force": "GTC", "stop_price": "1", "price": "2", "quantity": "2"},
            {"type": "stop_limit", "time_in_force": "gtc", "price": "2"},
        ),
        ({"type": "TAKE_PROFIT", "stop_price": "1", "quantity": "2"}, {"type": "take_profit"}),
        (
            {"type": "TAKE_PROFIT_LIMIT", "time_in_force": "FOK", "stop_price": "1", "price": "2"},
            {"type": "take_profit_limit", "time_in_force": "fok"},
        ),
        (
            {"type": "STOP_LOSS", "side": "SELL", "trailing_delta": "125", "quantity": "2"},
            {"type": "trailing_stop", "trailing_percent": "1.25", "stop_price": None},
        ),
        (
            {"type": "MARKET", "quantity": "1", "self_trade_prevention_mode": "EXPIRE_BOTH"},
            {"self_trade_prevention": "cancel_both", "client_order_id": "one"},
        ),
    ],
)  # fmt: skip
def test_each_type_is_one_of_ours(fields: dict[str, Any], expected: dict[str, Any]) -> None:
    order = new_order(query(**fields), MARKET)
    assert {name: getattr(order, name) for name in expected} == expected
    assert order.market == MARKET


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "limit"}, "order_type_unavailable"),
        ({"type": "MARKET", "side": "buy"}, "invalid_side"),
        ({"type": "LIMIT", "price": "1", "quantity": "2"}, "missing_field"),
        ({"type": "LIMIT", "time_in_force": "GTX"}, "invalid_time_in_force"),
        ({"type": "MARKET", "time_in_force": "GTC"}, "post_only_not_allowed"),
        ({"type": "STOP_LOSS", "quantity": "1"}, "missing_field"),
        ({"type": "TAKE_PROFIT", "trailing_delta": "10"}, "order_type_unavailable"),
        ({"type": "STOP_LOSS", "stop_price": "1", "trailing_delta": "10"}, "order_type_unavailable"),
        ({"type": "STOP_LOSS", "trailing_delta": "0"}, "invalid_trailing_delta"),
        ({"type": "STOP_LOSS", "trailing_delta": "1.5"}, "invalid_trailing_delta"),
        ({"type": "MARKET", "self_trade_prevention_mode": "TRANSFER"}, "invalid_self_trade_prevention"),
        ({"type": "MARKET", "new_client_order_id": "a b"}, "invalid_client_order_id"),
    ],
)
def test_what_is_refused_before_it_is_one_of_ours(fields: dict[str, Any], code: str) -> None:
    with pytest.raises(CodedError) as refused:
        new_order(query(**fields), MARKET)
    assert refused.value.code.name == code


def test_without_a_client_order_id_each_order_gets_one_of_its_own() -> None:
    made = {
        new_order(query(type="MARKET", quantity="1", new_client_order_id=None), MARKET).client_order_id
        for _ in range(20)
    }
    assert len(made) == 20


def test_orders_that_rest_or_trade_are_answered_in_full_and_others_in_short() -> None:
    assert [response_of(kind, None) for kind in ("LIMIT", "MARKET", "LIMIT_MAKER", "STOP_LOSS")] == [
        "FULL", "FULL", "ACK", "ACK",
    ]  # fmt: skip
    assert response_of("LIMIT", "RESULT") == "RESULT"
    with pytest.raises(CodedError):
        response_of("LIMIT", "full")


@pytest.mark.parametrize(("side", "limit_is"), [("SELL", "above"), ("BUY", "below")])
def test_the_order_that_rests_comes_first_in_a_list(side: str, limit_is: str) -> None:
    stop_is = "below" if limit_is == "above" else "above"
    legs: dict[str, Any] = {
        f"{limit_is}_type": "LIMIT_MAKER", f"{limit_is}_price": "3",
        f"{stop_is}_type": "STOP_LOSS_LIMIT", f"{stop_is}_stop_price": "2", f"{stop_is}_price": "1",
        f"{stop_is}_time_in_force": "GTC",
    }  # fmt: skip
    listed = oco(OcoQuery(symbol="LABUSDC", side=side, quantity="5", **legs), MARKET)
    assert [(order.type, order.price, order.quantity) for order in listed.orders] == [
        ("limit", "3", "5"),
        ("stop_limit", "1", "5"),
    ]
    turned = legs | {f"{limit_is}_type": "STOP_LOSS", f"{stop_is}_type": "LIMIT_MAKER"}
    with pytest.raises(CodedError):
        oco(OcoQuery(symbol="LABUSDC", side=side, quantity="5", **turned), MARKET)


def test_the_older_form_of_a_list_is_the_same_list() -> None:
    old = OldOcoQuery(symbol="LABUSDC", side="SELL", quantity="5", price="3", stop_price="2")
    assert [order.type for order in oco_of_old(old, MARKET).orders] == ["limit", "stop_loss"]
