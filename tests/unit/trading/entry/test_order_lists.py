"""Lists of linked orders: from their text to the command."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain.enumerations import OrderListKind
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.trading.entry.order_lists import list_command, place_order_list
from cse.trading.models import NewOrderList
from tests.unit.trading.small_exchange import ORDER, TEXTS, Exchange, selling

LIMIT_EXIT = selling(type="limit", price="11")
STOP_EXIT = selling(type="stop_loss", stop_price="9")
OF_OCO = [LIMIT_EXIT | {"quantity": "1"}, STOP_EXIT | {"quantity": "1"}]
OF_BRACKET = [ORDER, LIMIT_EXIT, STOP_EXIT]
LATER = {"time_in_force": "gtd", "expires_at": "2030-01-01T00:00:00Z"}


@pytest.mark.parametrize(
    ("kind", "number", "change", "field"),
    [
        ("oto", 0, {}, "kind"),
        ("oco", 0, {"market": "NOVA-USDC"}, "market"),
        ("oco", 0, {"type": "take_profit"}, "type"),
        ("oco", 1, {"type": "take_profit"}, "type"),
        ("oco", 1, {"side": "buy", "price": "12"}, "side"),
        ("oco", 1, {"quantity": "2"}, "quantity"),
        ("oco", 1, {"time_in_force": "day"}, "time_in_force"),
        ("oco", 0, {"time_in_force": "ioc"}, "time_in_force"),
        ("oco", 1, LATER, "time_in_force"),
        ("oco", 0, {"post_only": True, "reprice": True}, "reprice"),
        ("bracket", 0, {"type": "stop_limit", "stop_price": "11"}, "type"),
        ("bracket", 0, {"side": "sell"}, "side"),
        ("bracket", 0, {"post_only": True, "reprice": True}, "reprice"),
        ("bracket", 1, {"type": "market"}, "type"),
        ("bracket", 1, {"side": "buy"}, "side"),
        ("bracket", 1, {"quantity": "1"}, "quantity"),
        ("bracket", 2, {"quantity": "1"}, "quantity"),
        ("bracket", 2, {"display_quantity": "1"}, "display_quantity"),
        ("bracket", 2, {"type": "limit"}, "type"),
        ("bracket", 2, {"self_trade_prevention": "decrement"}, "self_trade_prevention"),
        ("bracket", 2, {"time_in_force": "day"}, "time_in_force"),
    ],
)
def test_what_is_no_list_is_refused(kind: str, number: int, change: dict[str, Any], field: str) -> None:
    """Each is one that the core takes, but for a change in one order."""
    exchange = Exchange()
    exchange.place(exchange.traders[1], side="buy", price="8", quantity="1")
    orders = list(OF_BRACKET if kind == "bracket" else OF_OCO)
    exchange.place_list(exchange.traders[0], "bracket" if kind == "bracket" else "oco", *orders)
    orders[number] = orders[number] | change
    listed = msgspec.convert({"kind": kind, "orders": orders}, NewOrderList)
    with pytest.raises(CodedError) as caught:
        place_order_list(listed, TEXTS, 7)
    assert (caught.value.code.name, caught.value.details["field"]) == ("invalid_order_list", field)
    assert "{" not in caught.value.sentence


def test_a_list_has_as_many_orders_as_its_kind_and_names_of_their_own() -> None:
    named = [order | {"client_order_id": "a"} for order in OF_OCO]
    for kind, orders, field in (
        ("oco", OF_BRACKET, "orders"),
        ("bracket", OF_OCO, "orders"),
        ("oco", named, "client_order_id"),
    ):
        listed = msgspec.convert({"kind": kind, "orders": orders}, NewOrderList)
        with pytest.raises(CodedError) as caught:
            place_order_list(listed, TEXTS, 7)
        assert (caught.value.code.name, caught.value.details["field"]) == ("invalid_order_list", field)


def test_the_command_of_a_list_has_all_of_its_orders() -> None:
    listed = msgspec.convert({"kind": "bracket", "orders": OF_BRACKET}, NewOrderList)
    made = list_command(listed, place_order_list(listed, TEXTS, 7))
    assert wire.PlaceOrderList.decode(made).kind == OrderListKind.BRACKET
    kinds = [kind for kind, _, _ in wire.messages(wire.PlaceOrderList.tail(made))]
    assert kinds == 3 * [wire.PlaceOrder.KIND]
