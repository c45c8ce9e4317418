"""The answer to a placement, written by hand, is what the encoder makes of the views."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from cse.domain.enumerations import SelfTradePrevention
from cse.engine import wire
from cse.engine.models import DatedTrade
from cse.trading.answers.placements import placed
from cse.trading.entry.orders import place_order
from cse.trading.models import NewOrder, PlacedOrder
from cse.trading.views.fills import fill_view, prevented_view
from cse.trading.views.orders import of_accepted, order_view
from tests.unit.trading.small_exchange import ORDER, TEXTS, Exchange

MARKET = {"type": "market", "price": None}
DECREMENT = SelfTradePrevention.DECREMENT


def viewed(events: bytes, sequence: int, time_us: int) -> bytes:
    """What the encoder makes of the same events."""
    accepted = wire.OrderAccepted.decode(events)
    found = [wire.decode_any(events, offset) for _, offset, _ in wire.messages(events)]
    trades = [one for one in found if isinstance(one, wire.Traded)]
    closings = [one for one in found if isinstance(one, wire.OrderClosed)]
    closed = next((one for one in closings if one.order_id == accepted.order_id), None)
    record = of_accepted(accepted, time_us, trades, closed)
    record = record._replace(revision=sequence - 1)
    met = [one for one in found if isinstance(one, wire.SelfTradePrevented)]
    for prevented in met:
        if prevented.self_trade_prevention == DECREMENT:
            record = record._replace(
                quantity=record.quantity - prevented.quantity,
                remaining_quantity=record.remaining_quantity - prevented.quantity,
            )
    if closed is not None:
        record = record._replace(remaining_quantity=closed.remaining_quantity)
    fills = [fill_view(DatedTrade(sequence, time_us, one), accepted.account, TEXTS) for one in trades]
    not_traded = [prevented_view(one, sequence, time_us, TEXTS) for one in met]
    return msgspec.json.encode(PlacedOrder(order_view(record, TEXTS), fills, not_traded, str(sequence)))


@pytest.mark.parametrize(
    "fields",
    [
        {"price": "9"},
        {"price": "9", "client_order_id": "a:b/c.d_e-1"},
        {"price": "9", "post_only": True},
        {"price": "10", "quantity": "1"},
        {"price": "10", "quantity": "0.101"},
        {"price": "10.07", "quantity": "2.5"},
        {"price": "10.07", "quantity": "20"},
        {"price": "10.07", "quantity": "20", "time_in_force": "ioc"},
        {"price": "10.07", "quantity": "20", "time_in_force": "fok"},
        {"price": "9", "time_in_force": "ioc"},
        {"price": "9", "time_in_force": "gtd", "expires_at": "2030-01-01T00:00:00.000001Z"},
        {"price": "9", "time_in_force": "day"},
        {"price": "11", "post_only": True, "reprice": True},
        {"price": "10.07", "quantity": "20", "display_quantity": "2.5"},
        {"price": "10.07", "quantity": "20", "self_trade_prevention": "cancel_oldest"},
        {"price": "10.07", "quantity": "20", "self_trade_prevention": "cancel_both"},
        {"price": "10.07", "quantity": "20", "self_trade_prevention": "decrement"},
        {"price": "10.01", "quantity": "2", "self_trade_prevention": "decrement"},
        {"type": "market", "price": "10.01", "quantity": "20"},
        MARKET | {"quantity": "2"},
        MARKET | {"quantity": "100"},
        MARKET | {"quantity": None, "quote_amount": "25.123456"},
        {"side": "sell", "price": "8", "quantity": "4"},
    ],
    ids=str,
)
def test_it_is_what_the_encoder_makes_of_the_views(fields: dict[str, Any]) -> None:
    exchange = Exchange()
    maker, taker = exchange.traders
    exchange.place(taker, side="sell", price="10.01", quantity="1")
    for price, quantity in (("10", "1.5"), ("10.05", "0.777"), ("10.07", "3")):
        exchange.place(maker, side="sell", price=price, quantity=quantity)
    exchange.place(maker, price="8.50", quantity="2")
    events = exchange.run(place_order(msgspec.convert(ORDER | fields, NewOrder), TEXTS, taker))
    written = placed(events, exchange.sequence, exchange.time_us, TEXTS)
    assert written == viewed(events, exchange.sequence, exchange.time_us)
