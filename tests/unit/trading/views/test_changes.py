"""What an event makes of an order that is known, and that it leaves others alone."""

from __future__ import annotations

from typing import Any

import pytest

from cse.domain.enumerations import CloseReason, OrderType, SelfTradePrevention, Side, TriggerPhase
from cse.engine import wire
from cse.trading.views.changes import after
from cse.trading.views.orders import OrderRecord, of_accepted

NOW_US = 1_893_456_000_000_000
ACCEPTED = wire.OrderAccepted(3, 7, 1, Side.BUY, OrderType.LIMIT, 1, 1, 0, 900, 10, 0, 0, 0, 0, 0, 0, 0, "")
ORDER = of_accepted(ACCEPTED, 1, [], None)
STOP = ORDER._replace(order_type=OrderType.STOP_LIMIT, stop_price=950, phase=TriggerPhase.WAITING)
EXIT = ORDER._replace(quantity=0, remaining_quantity=0, phase=TriggerPhase.ATTACHED)


def traded(maker: int, taker: int) -> wire.Traded:
    """4 lots for 3,600; the maker pays 2 and the taker 5."""
    return wire.Traded(9, 1, Side.SELL, 0, 900, 4, 3_600, maker, taker, 7, 8, 2, 5, 0, 1, 0, 6, 0)


def prevented(maker: int, taker: int, how: SelfTradePrevention) -> wire.SelfTradePrevented:
    return wire.SelfTradePrevented(maker, taker, 7, 7, 1, Side.SELL, how, 900, 4, 6, 1)


@pytest.mark.parametrize(
    ("order", "event", "changed"),
    [
        (
            ORDER,
            traded(3, 4),
            {"filled_quantity": 4, "filled_notional": 3_600, "remaining_quantity": 6, "fee": 2},
        ),
        (
            ORDER,
            traded(4, 3),
            {"filled_quantity": 4, "filled_notional": 3_600, "remaining_quantity": 6, "fee": 5},
        ),
        (
            ORDER,
            prevented(3, 4, SelfTradePrevention.DECREMENT),
            {"quantity": 6, "remaining_quantity": 6},
        ),
        (
            ORDER,
            wire.OrderAmended(3, 7, 1, 890, 12, 2, 0, 12, 1),
            {"price": 890, "quantity": 12, "remaining_quantity": 12, "display_quantity": 2},
        ),
        (
            EXIT,
            wire.OrderActivated(3, 7, 1, 4, 950),
            {"quantity": 4, "remaining_quantity": 4, "stop_price": 950, "phase": TriggerPhase.WAITING},
        ),
        (EXIT, wire.OrderActivated(3, 7, 1, 4, 0), {"quantity": 4, "remaining_quantity": 4, "phase": 0}),
        (
            STOP,
            wire.OrderTriggered(3, 7, 1, 950, 940),
            {"order_type": OrderType.LIMIT, "stop_price": 0, "phase": 0, "triggered_at_us": NOW_US},
        ),
        (
            STOP._replace(order_type=OrderType.STOP_LOSS),
            wire.OrderTriggered(3, 7, 1, 948, 940),
            {"stop_price": 948, "phase": 0, "triggered_at_us": NOW_US},
        ),
        (ORDER, wire.OrdersLinked(1, 7, 1, 2, 3, 0), {"list_id": 2}),
        (
            STOP,
            wire.OrderClosed(3, 7, 1, CloseReason.LINKED, Side.BUY, 900, 9, 1, 900, 4),
            {
                "reason": CloseReason.LINKED,
                "filled_quantity": 1,
                "filled_notional": 900,
                "remaining_quantity": 9,
                "fee": 4,
                "updated_at_us": NOW_US,
                "phase": 0,
            },
        ),
    ],
    ids=lambda value: type(value).__name__,
)
def test_an_event_changes_what_it_tells_of(
    order: OrderRecord, event: wire.AnyMessage, changed: dict[str, Any]
) -> None:
    assert after(order, event, NOW_US) == order._replace(**changed)


@pytest.mark.parametrize(
    "event",
    [
        traded(4, 5),
        prevented(4, 5, SelfTradePrevention.DECREMENT),
        prevented(3, 4, SelfTradePrevention.CANCEL_NEWEST),
        wire.OrderAmended(4, 7, 1, 890, 12, 2, 0, 12, 1),
        wire.OrderClosed(4, 7, 1, CloseReason.CANCELLED, Side.BUY, 900, 9, 0, 0, 0),
        wire.OrdersLinked(1, 7, 1, 4, 5, 0),
        wire.BalanceChanged(7, 1, 5, 0),
    ],
    ids=lambda value: type(value).__name__,
)
def test_of_others_it_changes_nothing(event: wire.AnyMessage) -> None:
    assert after(ORDER, event, NOW_US) is None
