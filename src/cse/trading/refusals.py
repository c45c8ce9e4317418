"""What the core's refusals of orders say to the client: field and limit filled in."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.limits import EXPIRES_AT_LIMIT_US, PRICE_LIMIT
from cse.domain.markets import Market
from cse.engine.models import EngineError
from cse.marketdata.listing import Listing
from cse.runtime.http.times import format_time


def refusal(code_number: int, market: Market | None) -> CodedError:
    """What the core's refusal of an order says to the client."""
    code = codes.BY_NUMBER[code_number]
    details: dict[str, str | int] = {}
    if field := _FIELDS.get(code_number):
        details["field"] = field
    if code_number == codes.INVALID_EXPIRY.number:
        details["limit"] = format_time(EXPIRES_AT_LIMIT_US)
    if market is not None and code_number in _MARKET_LIMITS:
        details["limit"] = _MARKET_LIMITS[code_number](market)
    return CodedError(code, **details)


def names_a_limit(code: Code) -> bool:
    """Whether a refusal names a limit of the market, which may be another one by now."""
    return code.number in _MARKET_LIMITS


async def with_limit(error: CodedError, listing: Listing, market: str, sequence: int) -> CodedError:
    """A refusal, and where it names a limit of the market the one that held at a sequence."""
    if not names_a_limit(error.code):
        return error
    try:
        now = (await listing.market_now(market, sequence)).value
    except EngineError:
        return error
    return refusal(error.code.number, now)


_FIELDS: Final = {
    codes.INVALID_SIDE.number: "side",
    codes.INVALID_TIME_IN_FORCE.number: "time_in_force",
    codes.INVALID_SELF_TRADE_PREVENTION.number: "self_trade_prevention",
    codes.INVALID_EXPIRY.number: "expires_at",
    codes.INVALID_DISPLAY_QUANTITY.number: "display_quantity",
    codes.AMEND_BELOW_FILLED.number: "quantity",
    codes.INVALID_REPLACE_MODE.number: "mode",
    codes.WOULD_TRIGGER.number: "stop_price",
    codes.INVALID_STOP_PRICE.number: "stop_price",
    codes.INVALID_TRAILING_DELTA.number: "trailing_delta",
    codes.INVALID_ORDER_LIST.number: "orders",
    codes.PRICE_OUT_OF_RANGE.number: "price",
    codes.QUANTITY_OUT_OF_RANGE.number: "quantity",
    codes.BELOW_MIN_NOTIONAL.number: "quantity",
    codes.ABOVE_MAX_NOTIONAL.number: "quantity",
    codes.BELOW_MIN_QUANTITY.number: "quantity",
    codes.PRICE_OFF_TICK.number: "price",
    codes.QUANTITY_OFF_LOT.number: "quantity",
    codes.PRICE_OUTSIDE_BAND.number: "price",
    codes.NOT_IN_AUCTION.number: "time_in_force",
    codes.POST_ONLY_NOT_ALLOWED.number: "post_only",
    codes.POST_ONLY_WOULD_TAKE.number: "price",
    codes.INVALID_CLIENT_ORDER_ID.number: "client_order_id",
    codes.CLIENT_ORDER_ID_CONFLICT.number: "client_order_id",
    codes.MARKET_UNKNOWN.number: "market",
    codes.MARKET_HALTED.number: "market",
    codes.ACCOUNT_UNKNOWN.number: "account",
}
_MARKET_LIMITS: Final[dict[int, Callable[[Market], str]]] = {
    codes.PRICE_OUT_OF_RANGE.number: lambda market: market.format_price(PRICE_LIMIT),
    codes.QUANTITY_OUT_OF_RANGE.number: lambda market: market.format_quantity(market.max_quantity),
    codes.BELOW_MIN_NOTIONAL.number: lambda market: market.quote.format(market.min_notional),
    codes.ABOVE_MAX_NOTIONAL.number: lambda market: market.quote.format(market.max_notional),
    codes.BELOW_MIN_QUANTITY.number: lambda market: market.format_quantity(market.min_quantity),
    codes.PRICE_OFF_TICK.number: lambda market: market.format_price(market.price_increment),
    codes.QUANTITY_OFF_LOT.number: lambda market: market.format_quantity(market.quantity_increment),
    codes.TOO_MANY_OPEN_ORDERS.number: lambda market: str(market.max_open_orders),
}
