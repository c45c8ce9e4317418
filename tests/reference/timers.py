"""Cancel timers: who falls silent has his orders cancelled (1.4 and 5.14)."""

from cse.domain import codes
from cse.domain.limits import (
    CANCEL_TIMEOUT_MAX_US,
    CANCEL_TIMEOUT_MIN_US,
    CANCELS_MAX,
    EXPIRES_AT_LIMIT_US,
    TIMERS_MAX,
)
from cse.engine.wire import CancelTimerFired, CancelTimerSet, SetCancelTimer
from tests.reference.cancelling import cancel_each
from tests.reference.turn import Refused, Turn


def set_cancel_timer(turn: Turn, command: bytes) -> None:
    asked = SetCancelTimer.decode(command)
    if asked.account not in turn.state.accounts:
        raise Refused(codes.ACCOUNT_UNKNOWN, account=asked.account)
    fires_at_us = 0
    turns_off = asked.timeout_us == 0
    if not turns_off:
        fires_at_us = turn.time_us + asked.timeout_us
        in_reach = CANCEL_TIMEOUT_MIN_US <= asked.timeout_us <= CANCEL_TIMEOUT_MAX_US
        if not in_reach or not 0 < fires_at_us < EXPIRES_AT_LIMIT_US:
            raise Refused(codes.INVALID_CANCEL_TIMER, account=asked.account)
    turn.state.timers.pop(asked.account, None)
    if not turns_off:
        turn.state.timers[asked.account] = fires_at_us
    turn.events.append(CancelTimerSet(asked.account, fires_at_us).encode())


def fire_timers(turn: Turn) -> None:
    """Cancels the orders of the accounts whose timers are due, before a command is looked at."""
    timers = turn.state.timers
    due = [(fires_at_us, account) for account, fires_at_us in timers.items() if fires_at_us <= turn.time_us]
    closed = 0
    for _, account in sorted(due)[:TIMERS_MAX]:
        if closed == CANCELS_MAX:
            return
        orders = [order for _, order in sorted(turn.state.open_orders.items()) if order.account == account]
        count = cancel_each(turn, orders, CANCELS_MAX - closed)
        turn.events.append(CancelTimerFired(account, count).encode())
        closed += count
        if not any(order.id in turn.state.open_orders for order in orders):
            del timers[account]
