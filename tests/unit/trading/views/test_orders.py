"""Orders as the API shows them."""

from __future__ import annotations

from typing import Any

from cse.domain.enumerations import CloseReason, OrderType, TriggerPhase
from cse.engine import wire
from cse.engine.models import ClosedOrder, OpenOrder, Past
from cse.trading.views.orders import of_closed, of_open, order_view
from tests.unit.trading.small_exchange import TEXTS


def test_a_closed_order_is_shown_as_what_became_of_it() -> None:
    accepted = wire.OrderAccepted(
        3, 7, 1, 2, OrderType.STOP_LIMIT, 1, 1, 0, 890, 5, 0, 0, 0, 930, 0, 2, 0, ""
    )
    closed = wire.OrderClosed(3, 7, 1, CloseReason.CANCELLED, 2, 880, 4, 0, 0, 0)
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
    assert order.revision == "10"
    asked = order_view(of_closed(ClosedOrder(9, 1, accepted, 10, 2, closed)), TEXTS)
    assert (asked.stop_price, asked.display_quantity, asked.triggered_at) == ("9.3", "0.002", None)


TERMS: dict[str, Any] = {
    "order_id": 3, "account": 7, "market": 1, "side": 2, "time_in_force": 1, "self_trade_prevention": 1,
    "price": 890, "quantity": 5, "accepted_at_us": 1_893_456_000_000_000, "client_order_id": "mine",
}  # fmt: skip


def test_an_order_that_rests_is_a_limit_order_with_what_it_has_filled() -> None:
    nothing = dict.fromkeys(wire.OrderState._fields, 0)
    filled = {"filled_quantity": 2, "maker_notional": 10_000, "taker_notional": 7_800, "fee": 20}
    order = order_view(of_open(OpenOrder(wire.OrderState(**nothing | TERMS | filled)), 12), TEXTS)
    assert (order.type, order.trigger, order.client_order_id) == ("limit", None, "mine")
    assert (order.quantity, order.filled_quantity, order.remaining_quantity) == ("0.005", "0.002", "0.003")
    assert (order.filled_notional, order.average_price, order.fee) == ("0.0178", "8.9", "0.00002")
    assert order.revision == "12"
    assert order.created_at == order.updated_at == "2030-01-01T00:00:00.000000Z"


def test_an_order_that_waits_is_of_its_type_and_has_filled_nothing() -> None:
    nothing = dict.fromkeys(wire.TriggerState._fields, 0)
    waits = {"order_type": OrderType.STOP_LIMIT, "stop_price": 920, "phase": TriggerPhase.WAITING}
    state = wire.TriggerState(**nothing | TERMS | waits)
    order = order_view(of_open(OpenOrder(state, Past(list_id=2)), 12), TEXTS)
    assert (order.type, order.trigger, order.stop_price, order.list_id) == (
        "stop_limit",
        "waiting",
        "9.2",
        "2",
    )
    assert (order.quantity, order.filled_quantity, order.remaining_quantity) == ("0.005", "0", "0.005")
