"""How long an order is to last, and when it ends."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.enumerations import TimeInForce
from cse.domain.errors import CodedError
from cse.domain.limits import EXPIRES_AT_LIMIT_US
from cse.domain.orders import word
from cse.runtime.http.times import format_time, parse_time
from cse.trading.models import NewOrder

_TIMES_IN_FORCE: Final[dict[str | None, TimeInForce]] = {
    None: TimeInForce.GTC,
    **{word(time_in_force): time_in_force for time_in_force in TimeInForce},
}


def time_in_force_of(order: NewOrder) -> TimeInForce:
    """What the order says, or GTC; `invalid_time_in_force`."""
    time_in_force = _TIMES_IN_FORCE.get(order.time_in_force)
    if time_in_force is None:
        raise CodedError(codes.INVALID_TIME_IN_FORCE, field="time_in_force")
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
