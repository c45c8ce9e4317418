"""What refusals by the limits of an account's tier say: the limit, and when it has room again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.enumerations import OrderType, Side
from cse.domain.errors import CodedError
from cse.domain.limits import RISK_STRETCH_US, RISK_STRETCHES
from cse.domain.markets import Market
from cse.engine import wire
from cse.engine.models import RiskNow
from cse.runtime.http.times import format_time

OF_RISK: Final[frozenset[Code]] = frozenset(
    {
        codes.ABOVE_ACCOUNT_QUANTITY,
        codes.ABOVE_ACCOUNT_NOTIONAL,
        codes.NOTIONAL_RATE_REACHED,
        codes.TOO_MANY_OPEN_ORDERS,
    }
)
_LATEST_S: Final = RISK_STRETCHES * RISK_STRETCH_US // 1_000_000
_LATER: Final = f"in {_LATEST_S} seconds at the latest"
# What is said where the limit could not be asked for.
UNKNOWN: Final[dict[int, dict[str, str | int]]] = {
    codes.ABOVE_ACCOUNT_QUANTITY.number: {"limit": "quantity"},
    codes.ABOVE_ACCOUNT_NOTIONAL.number: {"limit": "amount"},
    codes.NOTIONAL_RATE_REACHED.number: {"limit": "so much", "when": _LATER},
}
_LIMIT_TYPES: Final = (OrderType.LIMIT, OrderType.STOP_LIMIT, OrderType.TAKE_PROFIT_LIMIT)


def risk_refusal(
    error: CodedError,
    market: Market,
    risk: RiskNow,
    sent: Sequence[wire.PlaceOrder | wire.AmendOrder],
    time_us: int,
) -> CodedError:
    """The refusal with what held when it came; as it is where no limit holds any more."""
    limits = risk.limits
    if error.code is codes.TOO_MANY_OPEN_ORDERS:
        of_account = limits.max_open_orders if limits is not None else 0
        most = [count for count in (market.max_open_orders, of_account) if count]
        return CodedError(error.code, **{**error.details, "limit": str(min(most, default=0))})
    if limits is None:
        return error
    details = dict(error.details)
    match error.code:
        case codes.ABOVE_ACCOUNT_QUANTITY:
            details["limit"] = market.format_quantity(limits.max_quantity)
        case codes.ABOVE_ACCOUNT_NOTIONAL:
            details["limit"] = _amount(market, limits.max_notional)
        case codes.NOTIONAL_RATE_REACHED:
            details["limit"] = _amount(market, limits.max_notional_per_minute)
            needed = max((_measure(market, order) for order in sent), default=0)
            room_at_us = has_room_at_us(limits.max_notional_per_minute, risk.counts, needed)
            details["when"] = _when(room_at_us, is_ever=needed <= limits.max_notional_per_minute)
            details["seconds"] = seconds_until(room_at_us, time_us) if room_at_us else _LATEST_S
    return CodedError(error.code, **details)


def has_room_at_us(most: int, counts: Sequence[wire.RiskCountsState], needed: int) -> int:
    """From when on an order that asks for `needed` fits; 0 where either of them is not known."""
    left = sum(count.notional for count in counts)
    for count in counts:
        left -= count.notional
        if needed and left + needed <= most:
            return (count.stretch + RISK_STRETCHES) * RISK_STRETCH_US
    return 0


def seconds_until(at_us: int, now_us: int) -> int:
    """Whole seconds after which a time has come, 1 at least."""
    return max(1, -((now_us - at_us) // 1_000_000))


def _when(room_at_us: int, *, is_ever: bool) -> str:
    if not is_ever:
        return "when it is smaller"
    return f"from {format_time(room_at_us)} on" if room_at_us else _LATER


def _measure(market: Market, order: wire.PlaceOrder | wire.AmendOrder) -> int:
    """What an order asks for, in quote units; 0 of an amendment, of which only the rise counts."""
    if isinstance(order, wire.AmendOrder):
        return 0
    if order.quote_amount:
        return order.quote_amount
    price, reference = order.price, market.last_price or market.reference_price
    if order.order_type not in _LIMIT_TYPES:
        price = reference or price
    elif order.side == Side.SELL:
        price = max(price, reference)
    return price * order.quantity * market.tick_lot_units


def _amount(market: Market, units: int) -> str:
    return f"{market.quote.format(units)} {market.quote.symbol}"
