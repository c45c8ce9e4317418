"""How orders end: filled, cancelled, expired, killed or for a self trade (5.5, 5.7)."""

from cse.domain import codes
from cse.domain.limits import CANCELS_MAX
from cse.engine.wire import (
    CancelAllOrders,
    CancelOrder,
    CloseReason,
    OrderClosed,
    OrdersCancelled,
    Side,
)
from tests.reference.client_ids import WIDTH, recall, remember_closing
from tests.reference.state import Order
from tests.reference.turn import Refused, Turn


def release(turn: Turn, order: Order, units: int) -> None:
    """Gives a part of an order's hold back."""
    market = turn.state.markets[order.market]
    balance = turn.balance(order.account, market.quote if order.side == Side.BUY else market.base)
    order.held -= units
    balance.locked -= units
    balance.available += units


def close(turn: Turn, order: Order, reason: CloseReason) -> None:
    half = turn.state.markets[order.market].halves[order.side]
    if order in half.levels.get(order.price, ()):
        turn.touch_level(order.market, order.side, order.price)
        half.leave(order)
    release(turn, order, order.held)
    del turn.state.open_orders[order.id]
    if order.client_order_id:
        remember_closing(turn.state.accounts[order.account], order, turn.time_us)
    closed = OrderClosed(
        order_id=order.id,
        account=order.account,
        market=order.market,
        reason=reason,
        side=order.side,
        filled_quantity=order.filled_quantity,
        remaining_quantity=0 if order.is_buy_by_quote_amount else order.remaining,
        filled_notional=order.maker_notional + order.taker_notional,
        fee=order.fee,
    )
    turn.events.append(closed.encode())


def cancel_order(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked = CancelOrder.decode(command[:-WIDTH] + bytes(WIDTH))
    if asked.account not in state.accounts:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=asked.account, reference=asked.order_id)
    order_id, known = asked.order_id, None
    if order_id == 0:
        account = state.accounts[asked.account]
        known = recall(account, command[-WIDTH:].rstrip(b"\0"), turn.time_us)
        order_id = known.order_id if known else 0
    order = state.open_orders.get(order_id)
    if order is not None and order.account == asked.account:
        close(turn, order, CloseReason.CANCELLED)
    elif known is not None:
        raise Refused(codes.ORDER_NOT_OPEN, account=asked.account, reference=order_id)
    else:
        raise Refused(codes.ORDER_UNKNOWN, account=asked.account, reference=asked.order_id)


def cancel_all_orders(turn: Turn, command: bytes) -> None:
    state = turn.state
    asked = CancelAllOrders.decode(command)
    if asked.account not in state.accounts:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=asked.account)
    if asked.market != 0 and asked.market not in state.markets:
        raise Refused(codes.MARKET_UNKNOWN, account=asked.account, reference=asked.market)
    if asked.side != 0 and asked.side not in list(Side):
        raise Refused(codes.INVALID_SIDE, account=asked.account)
    fitting = [
        order
        for _, order in sorted(state.open_orders.items())
        if order.account == asked.account
        and asked.market in (0, order.market)
        and asked.side in (0, order.side)
    ]
    cancelled = fitting[:CANCELS_MAX]
    for order in cancelled:
        close(turn, order, CloseReason.CANCELLED)
    turn.events.append(OrdersCancelled(asked.account, len(cancelled)).encode())
