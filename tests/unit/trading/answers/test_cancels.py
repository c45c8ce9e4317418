"""What a cancel closed or why not, alone and as half of a replacement."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.trading.answers.cancels import Halves, cancelled, cancelled_count, halves
from cse.trading.answers.placements import Repeated, placed
from cse.trading.entry.orders import place_order, replace_order
from cse.trading.models import PlacedOrder, Replacement
from tests.unit.trading.small_exchange import ORDER, TEXTS, Exchange


@pytest.fixture
def exchange() -> Exchange:
    return Exchange()


def replaced(exchange: Exchange, mode: str, cancel_order: str, **fields: Any) -> Halves:
    fields = {"order": ORDER | fields, "cancel_order": cancel_order, "mode": mode}
    account = exchange.traders[0]
    replacement = msgspec.convert(fields, Replacement)
    order = place_order(replacement.order, TEXTS, account)
    return halves(exchange.apply(replace_order(replacement, order, account)))


def test_both_halves_of_a_replacement_are_told_apart(exchange: Exchange) -> None:
    first = exchange.place(exchange.traders[0], price="9")
    assert isinstance(first, PlacedOrder)
    both = replaced(exchange, "stop_on_failure", first.order.id, price="9.50", client_order_id="n")
    assert isinstance(both.cancelled, wire.OrderClosed)
    assert str(both.cancelled.order_id) == first.order.id
    answer = placed(both.placement, exchange.sequence, exchange.time_us, TEXTS)
    assert isinstance(answer, bytes)
    assert msgspec.json.decode(answer)["order"]["price"] == "9.5"
    neither = replaced(exchange, "stop_on_failure", first.order.id)
    assert neither == Halves(codes.ORDER_UNKNOWN.number, b"")
    one = replaced(exchange, "allow_failure", first.order.id)
    assert one.cancelled == codes.ORDER_UNKNOWN.number
    assert isinstance(placed(one.placement, exchange.sequence, exchange.time_us, TEXTS), bytes)
    again = replaced(exchange, "stop_on_failure", first.order.id, price="9.50", client_order_id="n")
    assert again.cancelled is None
    assert isinstance(placed(again.placement, exchange.sequence, exchange.time_us, TEXTS), Repeated)


def test_cancels_say_what_they_closed_or_why_not(exchange: Exchange) -> None:
    seller, buyer = exchange.traders
    placed_order = exchange.place(seller, side="sell")
    assert isinstance(placed_order, PlacedOrder)
    order_id = int(placed_order.order.id)
    assert cancelled(exchange.run(wire.CancelOrder(buyer, order_id, ""))) == codes.ORDER_UNKNOWN.number
    closed = cancelled(exchange.run(wire.CancelOrder(seller, order_id, "")))
    assert isinstance(closed, wire.OrderClosed)
    assert closed.order_id == order_id
    for _ in range(3):
        exchange.place(seller, side="sell")
    assert cancelled_count(exchange.run(wire.CancelAllOrders(seller, 0, 0))) == 3
    with pytest.raises(CodedError):
        cancelled_count(exchange.run(wire.CancelAllOrders(seller, 9, 0)))
