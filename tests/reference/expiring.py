"""Orders that end at a time (1.3)."""

from cse.domain.limits import DAY_US, EXPIRES_AT_LIMIT_US, EXPIRIES_MAX
from cse.engine.wire import CloseReason, OrdersExpired, TimeInForce
from tests.reference.closing import close
from tests.reference.turn import Turn


def kept_time_us(time_in_force: int, asked_us: int, now_us: int) -> int:
    """When an order that is taken in now expires; 0 for never."""
    if time_in_force == TimeInForce.GTD:
        return asked_us
    if time_in_force == TimeInForce.DAY:
        return (now_us // DAY_US + 1) * DAY_US
    return 0


def expire(turn: Turn) -> None:
    """Closes the orders that are due, before anything of the command is looked at."""
    state = turn.state
    if turn.time_us < state.none_ends_before_us:
        return
    due = [order for order in state.open_orders.values() if order.is_due(turn.time_us)]
    due.sort(key=lambda order: (order.expires_at_us, order.id))
    before, count = len(turn.events), 0
    for order in due:
        # An order that was linked with one of those before it has closed with that.
        if count < EXPIRIES_MAX and order.id in state.open_orders:
            close(turn, order, CloseReason.EXPIRED)
            count += 1
    if count:
        turn.events.insert(before, OrdersExpired(count).encode())
    ends = [order.expires_at_us for order in state.open_orders.values() if order.expires_at_us]
    state.none_ends_before_us = min(ends, default=EXPIRES_AT_LIMIT_US)
