"""Orders as the API shows them."""

from __future__ import annotations

from cse.domain.enumerations import CloseReason, OrderType
from cse.engine import wire
from cse.engine.models import ClosedOrder, Past
from cse.trading.views.orders import of_closed, order_view
from tests.unit.trading.small_exchange import TEXTS


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
