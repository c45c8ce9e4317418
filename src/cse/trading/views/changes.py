"""What an event makes of an order that is known."""

from __future__ import annotations

from cse.domain.enumerations import OrderType, SelfTradePrevention, TriggerPhase
from cse.domain.orders import LIMIT_TYPES
from cse.engine import wire
from cse.trading.views.orders import OrderRecord


def after(record: OrderRecord, event: wire.AnyMessage, time_us: int) -> OrderRecord | None:
    """The order after an event; None where the event changes nothing of it.

    Like REST, its time stays that of its beginning while it is open.
    """
    match event:
        case wire.Traded():
            return _filled(record, event)
        case wire.SelfTradePrevented():
            return _decremented(record, event)
        case wire.OrderAmended(order_id=record.order_id):
            return record._replace(
                price=event.price,
                quantity=event.quantity,
                remaining_quantity=event.remaining_quantity,
                display_quantity=event.display_quantity,
                stop_price=event.stop_price,
            )
        case wire.OrderActivated(order_id=record.order_id):
            return record._replace(
                quantity=event.quantity,
                remaining_quantity=event.quantity,
                stop_price=event.stop_price,
                phase=TriggerPhase.WAITING if event.stop_price else 0,
            )
        case wire.OrderTriggered(order_id=record.order_id):
            return _triggered(record, event, time_us)
        case wire.OrdersLinked() if record.order_id in (event.first, event.second, event.third):
            return record._replace(list_id=event.first)
        case wire.OrderClosed(order_id=record.order_id):
            return record._replace(
                reason=event.reason,
                filled_quantity=event.filled_quantity,
                filled_notional=event.filled_notional,
                remaining_quantity=event.remaining_quantity,
                fee=event.fee,
                updated_at_us=time_us,
                phase=0,
            )
    return None


def _triggered(record: OrderRecord, fired: wire.OrderTriggered, time_us: int) -> OrderRecord:
    """What it is from now on."""
    record = record._replace(phase=0, triggered_at_us=time_us, stop_price=fired.stop_price)
    if record.order_type in LIMIT_TYPES:
        return record._replace(order_type=OrderType.LIMIT, stop_price=0)
    return record


def _filled(record: OrderRecord, traded: wire.Traded) -> OrderRecord | None:
    if traded.maker_order_id == record.order_id:
        fee = traded.maker_fee
    elif traded.taker_order_id == record.order_id:
        fee = traded.taker_fee
    else:
        return None
    return record._replace(
        filled_quantity=record.filled_quantity + traded.quantity,
        filled_notional=record.filled_notional + traded.notional,
        remaining_quantity=record.remaining_quantity - traded.quantity if record.quantity else 0,
        fee=record.fee + fee,
    )


def _decremented(record: OrderRecord, prevented: wire.SelfTradePrevented) -> OrderRecord | None:
    if prevented.self_trade_prevention != SelfTradePrevention.DECREMENT:
        return None
    if record.order_id not in (prevented.maker_order_id, prevented.taker_order_id):
        return None
    return record._replace(
        quantity=record.quantity - prevented.quantity,
        remaining_quantity=record.remaining_quantity - prevented.quantity,
    )
