"""Orders that wait for a trade, and lists: from their text to the command, and from events to answers."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain.enumerations import CloseReason, OrderListKind, OrderType, TimeInForce, TriggerPhase
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_TRAILING_PPM
from cse.engine import wire
from cse.engine.models import ClosedOrder, Past
from cse.trading.answers import Repeated, placed_list
from cse.trading.models import AmendedOrder, NewOrder, NewOrderList, PlacedOrder, PlacedOrderList
from cse.trading.order_lists import list_command, place_order_list
from cse.trading.orders import amend_order, place_order, refuse_amend
from cse.trading.views import of_closed, order_view
from tests.unit.trading.small_exchange import ORDER, TEXTS, Exchange

STOP = {"type": "stop_loss", "price": None, "stop_price": "9"}
SELL_STOP = STOP | {"side": "sell"}


def command(**fields: Any) -> wire.PlaceOrder:
    return place_order(msgspec.convert(ORDER | fields, NewOrder), TEXTS, 7)


def sell(**fields: Any) -> dict[str, Any]:
    """An exit of a bracket, or what is to be added to make an order."""
    return {"market": ORDER["market"], "side": "sell"} | fields


def the_list(exchange: Exchange, kind: str, *orders: dict[str, Any]) -> PlacedOrderList | Repeated:
    listed = msgspec.convert({"kind": kind, "orders": list(orders)}, NewOrderList)
    orders = place_order_list(listed, TEXTS, exchange.traders[0])
    events = exchange.apply(list_command(listed, orders))
    return placed_list(events, exchange.sequence, exchange.time_us, TEXTS)


def test_what_fires_an_order_becomes_ticks_or_parts_per_million() -> None:
    stop = command(**SELL_STOP, time_in_force="day")
    assert (stop.order_type, stop.stop_price, stop.price) == (OrderType.STOP_LOSS, 900, 0)
    assert stop.time_in_force == TimeInForce.DAY
    limit = command(type="take_profit_limit", stop_price="11.05", display_quantity="0.5")
    assert (limit.order_type, limit.stop_price, limit.display_quantity) == (
        OrderType.TAKE_PROFIT_LIMIT,
        1_105,
        500,
    )
    amount = command(type="take_profit", price=None, quantity=None, quote_amount="2", stop_price="9")
    assert (amount.quantity, amount.quote_amount) == (0, 2_000_000)
    ticks = command(type="trailing_stop", side="sell", price=None, trailing_delta="0.5")
    assert (ticks.trailing_delta, ticks.flags) == (50, 0)
    percent = command(type="trailing_stop", side="sell", price=None, trailing_percent="7.0001")
    assert (percent.trailing_delta, percent.flags) == (70_001, FLAG_TRAILING_PPM)
    assert amend_order(AmendedOrder(stop_price="9.5"), TEXTS, 7, 3).stop_price == 950


@pytest.mark.parametrize(
    ("fields", "code", "field"),
    [
        ({"type": "stop_limit"}, "missing_field", "stop_price"),
        ({"type": "stop_limit", "price": None, "stop_price": "9"}, "missing_field", "price"),
        ({"type": "stop_limit", "stop_price": "9.005"}, "price_off_tick", "stop_price"),
        ({"type": "stoploss"}, "order_type_unavailable", "type"),
        ({"stop_price": "9"}, "order_type_unavailable", "stop_price"),
        (STOP | {"trailing_delta": "1"}, "order_type_unavailable", "trailing_delta"),
        (STOP | {"quote_amount": "1"}, "quantity_or_quote_amount", "quantity"),
        (STOP, "quantity_or_quote_amount", "price"),
        (SELL_STOP | {"quote_amount": "1"}, "quantity_or_quote_amount", "quote_amount"),
        (SELL_STOP | {"quantity": None}, "missing_field", "quantity"),
        (SELL_STOP | {"time_in_force": "ioc"}, "invalid_time_in_force", "time_in_force"),
        (STOP | {"post_only": True}, "post_only_not_allowed", "post_only"),
        (
            {"type": "stop_limit", "stop_price": "9", "quantity": None, "quote_amount": "1"},
            "quantity_or_quote_amount",
            "quote_amount",
        ),
        ({"type": "trailing_stop"}, "invalid_trailing_delta", "trailing_delta"),
        (
            {"type": "trailing_stop", "trailing_delta": "1", "trailing_percent": "5"},
            "invalid_trailing_delta",
            "trailing_percent",
        ),
        (
            {"type": "trailing_stop", "trailing_delta": "1", "stop_price": "9"},
            "invalid_stop_price",
            "stop_price",
        ),
        (
            {"type": "trailing_stop", "trailing_percent": "100"},
            "number_out_of_range",
            "trailing_percent",
        ),
        (
            {"type": "trailing_stop", "trailing_percent": "0.00001"},
            "too_many_decimals",
            "trailing_percent",
        ),
    ],
)
def test_what_cannot_fire_is_refused(fields: dict[str, Any], code: str, field: str) -> None:
    with pytest.raises(CodedError) as caught:
        command(**fields)
    assert (caught.value.code.name, caught.value.details["field"]) == (code, field)
    assert "{" not in caught.value.sentence


@pytest.mark.parametrize(
    ("fields", "needed"),
    [
        (STOP, "a buy of type stop_loss has a quote_amount, or a quantity and the price"),
        (SELL_STOP | {"quote_amount": "1"}, "a sell of type stop_loss has a quantity, and no quote_amount"),
        (SELL_STOP | {"time_in_force": "fok"}, "must be gtc, gtd or day for an order of type stop_loss"),
        (
            {"type": "market", "price": None, "time_in_force": "gtc"},
            "must be ioc for an order of type market",
        ),
        (
            {"type": "stop_limit", "stop_price": "9.005"},
            "stop_price must be a multiple of the tick size 0.01",
        ),
        ({"type": "stoploss"}, "type is one of limit, market, stop_loss, stop_limit, take_profit"),
        (
            {"stop_price": "9"},
            "stop_price belongs to stop_loss, stop_limit, take_profit and take_profit_limit",
        ),
        ({"type": "trailing_stop"}, "either trailing_delta, a difference of prices"),
    ],
)
def test_a_refusal_says_what_is_needed(fields: dict[str, Any], needed: str) -> None:
    with pytest.raises(CodedError) as caught:
        command(**fields)
    assert needed in caught.value.sentence


def waiting(order_type: OrderType, quote_amount: int = 0) -> wire.TriggerState:
    terms = (1, 1, 0, 0, 5, quote_amount, 900, 0, 0, 5, 0, 0, 1, 0, 0, TriggerPhase.WAITING, 0, "")
    return wire.TriggerState(3, 7, 1, 2, order_type, *terms)


def test_an_amend_is_refused_where_the_order_has_no_such_field() -> None:
    resting = wire.OrderState(3, 7, 1, 2, 1, 1, 0, 900, 5, 0, 0, 0, 0, 5, 0, 0, 1, 0, 0, 0, 5, "")
    stop = waiting(OrderType.STOP_LOSS)
    refuse_amend(AmendedOrder(stop_price="9.5", quantity="1"), stop)
    refuse_amend(AmendedOrder(price="9.5", quantity="1"), resting)
    for state, amended, code, field in (
        (resting, AmendedOrder(stop_price="9"), "order_type_unavailable", "stop_price"),
        (
            waiting(OrderType.TRAILING_STOP),
            AmendedOrder(stop_price="9"),
            "order_type_unavailable",
            "stop_price",
        ),
        (
            waiting(OrderType.STOP_LOSS, 5),
            AmendedOrder(quantity="1"),
            "quantity_or_quote_amount",
            "quantity",
        ),
    ):
        with pytest.raises(CodedError) as caught:
            refuse_amend(amended, state)
        assert (caught.value.code.name, caught.value.details["field"]) == (code, field)


def test_an_order_that_waits_says_so() -> None:
    exchange = Exchange()
    seller, _ = exchange.traders
    waiting = exchange.place(seller, side="sell", **STOP)
    assert isinstance(waiting, PlacedOrder)
    order = waiting.order
    assert (order.status, order.trigger, order.type) == ("open", "waiting", "stop_loss")
    assert (order.stop_price, order.trailing_delta, order.price) == ("9", None, None)
    trailing = exchange.place(seller, side="sell", type="trailing_stop", price=None, trailing_percent="7")
    assert isinstance(trailing, PlacedOrder)
    assert (trailing.order.trailing_percent, trailing.order.stop_price) == ("7", None)


def test_the_orders_of_a_list_are_shown_as_they_are_afterwards() -> None:
    exchange = Exchange()
    limit = sell(type="limit", price="12", quantity="1", client_order_id="a")
    stop = sell(type="stop_loss", quantity="1", stop_price="9")
    both = the_list(exchange, "oco", limit, stop)
    assert isinstance(both, PlacedOrderList)
    assert [(order.status, order.trigger) for order in both.orders] == [("open", None), ("open", "waiting")]
    first = both.orders[0].id
    assert [order.list_id for order in both.orders] == [first, first]
    again = the_list(exchange, "oco", limit, stop)
    assert again == Repeated(int(both.sequence))
    with pytest.raises(CodedError) as caught:
        the_list(exchange, "oco", limit | {"client_order_id": "b"}, stop | {"quantity": "2"})
    assert caught.value.code.name == "invalid_order_list"


def test_the_exits_of_a_bracket_take_the_quantity_of_their_entry() -> None:
    exchange = Exchange()
    _, other = exchange.traders
    exchange.place(other, side="sell", price="10", quantity="2")
    entry = {"market": ORDER["market"], "side": "buy", "type": "market", "quantity": "2"}
    profit = sell(type="limit", price="11")
    stop = sell(type="trailing_stop", trailing_delta="0.5")
    placed = the_list(exchange, "bracket", entry, profit, stop)
    assert isinstance(placed, PlacedOrderList)
    bought, exit_limit, exit_stop = placed.orders
    assert (bought.status, bought.filled_quantity) == ("filled", "2")
    assert (exit_limit.status, exit_limit.quantity, exit_limit.trigger) == ("open", "2", None)
    assert (exit_stop.quantity, exit_stop.stop_price, exit_stop.trigger) == ("2", "9.5", "waiting")
    assert [fill.quantity for fill in placed.fills] == ["2"]
    attached = the_list(exchange, "bracket", entry | {"type": "limit", "price": "9.9"}, profit, stop)
    assert isinstance(attached, PlacedOrderList)
    assert [order.trigger for order in attached.orders] == [None, "attached", "attached"]
    assert attached.orders[1].quantity is None


def test_a_closed_order_is_shown_as_what_became_of_it() -> None:
    accepted = wire.OrderAccepted(
        3, 7, 1, 2, OrderType.STOP_LIMIT, 1, 1, 0, 890, 5, 0, 0, 0, 930, 0, 2, 0, ""
    )
    closed = wire.OrderClosed(3, 7, 1, CloseReason.CANCELLED, 2, 880, 0, 4, 0, 0)
    past = Past(list_id=2, triggered_at_us=1_893_456_000_000_000, stop_price=920, display_quantity=3)
    order = order_view(of_closed(ClosedOrder(9, 1, accepted, 10, 2, closed, past)), TEXTS)
    assert (order.type, order.stop_price, order.price, order.quantity) == (
        "stop_limit",
        "9.2",
        "8.8",
        "0.004",
    )
    assert (order.display_quantity, order.list_id) == ("0.003", "2")
    assert order.triggered_at == "2030-01-01T00:00:00.000000Z"
    asked = order_view(of_closed(ClosedOrder(9, 1, accepted, 10, 2, closed)), TEXTS)
    assert (asked.stop_price, asked.display_quantity, asked.triggered_at) == ("9.3", "0.002", None)


LIMIT_EXIT = sell(type="limit", price="11")
STOP_EXIT = sell(type="stop_loss", stop_price="9")
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
    the_list(exchange, "bracket" if kind == "bracket" else "oco", *orders)
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
    assert len(made) == wire.PlaceOrderList.WIDTH + 3 * wire.PlaceOrder.WIDTH
