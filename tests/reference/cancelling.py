"""Cancels, and how the order that a command means is found (5.7)."""

from cse.domain import codes
from cse.domain.limits import CANCELS_MAX
from cse.engine.wire import CancelAllOrders, CancelOrder, CloseReason, OrdersCancelled, Side
from tests.reference.client_ids import WIDTH, recall
from tests.reference.closing import close
from tests.reference.short_messages import spelled_out, with_readable_id
from tests.reference.state import Order
from tests.reference.turn import Refused, Turn


def order_meant(turn: Turn, account_id: int, order_id: int, client_order_id: bytes) -> Order:
    """The open order of an account by its id or, where that is 0, by the client's.

    `client_order_id` is the field as it came, of whatever bytes.
    """
    state = turn.state
    account = state.accounts.get(account_id)
    if account is None:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=account_id, reference=order_id)
    meant, known = order_id, None
    if order_id == 0:
        known = recall(account, client_order_id.rstrip(b"\0"), turn.time_us)
        meant = known.order_id if known else 0
    order = state.open_orders.get(meant)
    if order is not None and order.account == account_id:
        return order
    if known is not None:
        raise Refused(codes.ORDER_NOT_OPEN, account=account_id, reference=meant)
    raise Refused(codes.ORDER_UNKNOWN, account=account_id, reference=order_id)


def cancel_order(turn: Turn, command: bytes) -> None:
    asked = CancelOrder.decode(with_readable_id(command))
    order = order_meant(turn, asked.account, asked.order_id, spelled_out(command)[-WIDTH:])
    close(turn, order, CloseReason.CANCELLED)


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
    count = cancel_each(turn, fitting, CANCELS_MAX)
    turn.events.append(OrdersCancelled(asked.account, count).encode())


def cancel_each(turn: Turn, orders: list[Order], count_max: int) -> int:
    """Cancels one order after another; how many were.

    One that was linked with an order before it has closed with that, and is passed over.
    """
    count = 0
    for order in orders:
        if count < count_max and order.id in turn.state.open_orders:
            close(turn, order, CloseReason.CANCELLED)
            count += 1
    return count
