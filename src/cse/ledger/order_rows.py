"""Rows of orders. An order's quantity is what it has filled and what remains."""

from __future__ import annotations

from typing import Final

from cse.engine import wire
from cse.ledger import events
from cse.ledger.batch import Batch, Filled, Handler, Resting

_DECREMENT: Final = int(wire.SelfTradePrevention.DECREMENT)
_ACCEPTED_WIDTH: Final = wire.OrderAccepted.SHORT_WIDTH
_CLOSED_WIDTH: Final = wire.OrderClosed.SHORT_WIDTH
# Of a list, and of what fires it, an order's acceptance says nothing.
_HEAD_LINE: Final = "%d\t" * 17 + "0\t0\t" + "%s\t%d\t%s\t"
_CLOSED_LINE: Final = "%s%d\t%d\t%d\t%d\t%d\t%d\t%s\n"


def _order_accepted(batch: Batch, buffer: bytes, offset: int) -> None:
    (
        length,
        order_id,
        account,
        market,
        side,
        order_type,
        time_in_force,
        self_trade_prevention,
        flags,
        price,
        quantity,
        maker_fee_ppm,
        taker_fee_ppm,
    ) = events.ORDER_ACCEPTED.unpack_from(buffer, offset)
    if length == _ACCEPTED_WIDTH:
        amount_low = amount_high = stop_price = trailing_delta = display_quantity = expires_at_us = 0
        client_order_id = b""
    else:
        (
            amount_low,
            amount_high,
            stop_price,
            trailing_delta,
            display_quantity,
            expires_at_us,
            client_order_id,
        ) = events.ORDER_ACCEPTED_REST.unpack_from(buffer, offset + _ACCEPTED_WIDTH)
    head = _HEAD_LINE % (
        order_id,
        account,
        market,
        side,
        order_type,
        time_in_force,
        self_trade_prevention,
        flags,
        price,
        quantity,
        amount_high << 64 | amount_low,
        maker_fee_ppm,
        taker_fee_ppm,
        stop_price,
        trailing_delta,
        display_quantity,
        expires_at_us,
        client_order_id.rstrip(b"\0").decode("ascii"),
        batch.sequence,
        batch.time,
    )
    batch.opened[order_id] = Resting(head, 0, 0, 0, batch.sequence, batch.time)
    batch.rows += 1


def _order_closed(batch: Batch, buffer: bytes, offset: int) -> None:
    length, order_id, reason, remaining = events.ORDER_CLOSED.unpack_from(buffer, offset)
    quantity = notional = fee = 0
    if length != _CLOSED_WIDTH:
        rest = events.ORDER_CLOSED_REST.unpack_from(buffer, offset + _CLOSED_WIDTH)
        quantity, notional_low, notional_high, fee_low, fee_high = rest
        notional = notional_high << 64 | notional_low
        fee = fee_high << 64 | fee_low
    end = (quantity, notional, fee, remaining, reason, batch.sequence, batch.time)
    order = batch.opened.pop(order_id, None)
    if order is not None:
        batch.closed.append(_CLOSED_LINE % (order.head, *end))
    else:
        batch.filled.pop(order_id, None)
        batch.closings.append((order_id, *end))
        batch.rows += 1


def fill(batch: Batch, order_id: int, quantity: int, notional: int, fee: int) -> None:
    """Adds a fill to the order, which this batch opened or finds open."""
    order = batch.opened.get(order_id)
    if order is not None:
        order.filled_quantity += quantity
        order.filled_notional += notional
        order.fee += fee
        order.sequence = batch.sequence
        order.time = batch.time
        return
    filled = batch.filled.get(order_id)
    if filled is None:
        batch.filled[order_id] = Filled(quantity, notional, fee, batch.sequence, batch.time)
        batch.rows += 1
        return
    filled.quantity += quantity
    filled.notional += notional
    filled.fee += fee
    filled.sequence = batch.sequence
    filled.time = batch.time


def _self_trade_prevented(batch: Batch, buffer: bytes, offset: int) -> None:
    prevented = wire.SelfTradePrevented.decode(buffer, offset)
    if prevented.self_trade_prevention == _DECREMENT:
        _amend(batch, prevented.maker_order_id, prevented.maker_remaining)
        _amend(batch, prevented.taker_order_id, prevented.taker_remaining)


def _order_amended(batch: Batch, buffer: bytes, offset: int) -> None:
    now = wire.OrderAmended.decode(buffer, offset)
    terms = (now.price, now.display_quantity, now.stop_price)
    _amend(batch, now.order_id, now.remaining_quantity, *terms)


def _order_activated(batch: Batch, buffer: bytes, offset: int) -> None:
    now = wire.OrderActivated.decode(buffer, offset)
    _amend(batch, now.order_id, now.quantity, stop=now.stop_price)


def _orders_linked(batch: Batch, buffer: bytes, offset: int) -> None:
    """Their list has the id of its first order. They were taken in by the same command."""
    linked = wire.OrdersLinked.decode(buffer, offset)
    for order_id in (linked.first, linked.second, linked.third):
        if order_id:
            batch.opened[order_id].amend("list_id", linked.first)


def _order_triggered(batch: Batch, buffer: bytes, offset: int) -> None:
    fired = wire.OrderTriggered.decode(buffer, offset)
    order = batch.opened.get(fired.order_id)
    if order is None:
        batch.triggered[fired.order_id] = (fired.stop_price, batch.time_us)
        batch.rows += 1
        return
    order.amend("stop_price", fired.stop_price)
    order.amend("triggered_at_us", batch.time_us)


def _amend(
    batch: Batch, order_id: int, remaining: int, price: int = 0, display: int = 0, stop: int = 0
) -> None:
    """An order is now for what it has filled and what remains; what is 0 stays."""
    order = batch.opened.get(order_id)
    if order is not None:
        order.amend("quantity", order.filled_quantity + remaining)
        for column, value in (("price", price), ("display_quantity", display), ("stop_price", stop)):
            if value:
                order.amend(column, value)
        return
    filled = batch.filled.get(order_id)
    quantity = remaining + (0 if filled is None else filled.quantity)
    _, *before = batch.amended.get(order_id, (0, 0, 0, 0))
    price, display, stop = (new or old for new, old in zip((price, display, stop), before, strict=True))
    batch.amended[order_id] = (quantity, price, display, stop)
    batch.rows += 1


HANDLERS: Final[dict[int, Handler]] = {
    wire.OrderAccepted.KIND: _order_accepted,
    wire.OrderClosed.KIND: _order_closed,
    wire.SelfTradePrevented.KIND: _self_trade_prevented,
    wire.OrderAmended.KIND: _order_amended,
    wire.OrderActivated.KIND: _order_activated,
    wire.OrdersLinked.KIND: _orders_linked,
    wire.OrderTriggered.KIND: _order_triggered,
}
