"""How long an order is to last, and when it ends."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.enumerations import OrderType, TimeInForce
from cse.domain.errors import CodedError
from cse.domain.limits import EXPIRES_AT_LIMIT_US
from cse.domain.orders import LIMIT_TYPES, RESTING_TIMES, by_word, word
from cse.runtime.http.times import format_time, parse_time
from cse.trading.models import NewOrder

_TIMES_IN_FORCE: Final = by_word(TimeInForce)
_OF_LIMITS: Final = frozenset(TimeInForce)
_OF_MARKET: Final = frozenset({TimeInForce.IOC})


def time_in_force_of(order: NewOrder, order_type: OrderType) -> TimeInForce:
    """What the order says, or what its type has else: a market order IOC, any other GTC.

    Raises:
        CodedError: `invalid_time_in_force`; the sentence says which ones the type may have.
    """
    if order_type is OrderType.MARKET:
        allowed, usual = _OF_MARKET, TimeInForce.IOC
    else:
        allowed, usual = _OF_LIMITS if order_type in LIMIT_TYPES else RESTING_TIMES, TimeInForce.GTC
    if order.time_in_force is None:
        return usual
    time_in_force = _TIMES_IN_FORCE.get(order.time_in_force)
    if time_in_force is None or time_in_force not in allowed:
        *most, last = (word(one) for one in TimeInForce if one in allowed)
        words = f"{', '.join(most)} or {last}" if most else last
        raise CodedError(
            codes.INVALID_TIME_IN_FORCE,
            field="time_in_force",
            allowed=f"{words} for an order of type {word(order_type)}",
        )
    return time_in_force


def expires_at_us_of(order: NewOrder, time_in_force: TimeInForce) -> int:
    """Microseconds UTC, or 0; whether they are still to come the core looks at.

    Raises:
        CodedError: `missing_field`, `invalid_expiry`, or the time is none.
    """
    if order.expires_at is None:
        if time_in_force is TimeInForce.GTD:
            raise CodedError(codes.MISSING_FIELD, field="expires_at")
        return 0
    if time_in_force is not TimeInForce.GTD:
        raise CodedError(codes.INVALID_EXPIRY, field="expires_at", limit=format_time(EXPIRES_AT_LIMIT_US))
    return parse_time(order.expires_at, field="expires_at")
