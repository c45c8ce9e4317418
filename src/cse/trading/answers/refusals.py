"""What the core's refusals of orders say to the client: field, limit and what is needed filled in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, TypeAlias

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.enumerations import OrderType, Side
from cse.domain.errors import CodedError
from cse.domain.limits import EXPIRES_AT_LIMIT_US, FLAG_POST_ONLY, FLAG_TRAILING_PPM, PRICE_LIMIT
from cse.domain.markets import Market
from cse.domain.orders import RESTING_TIMES
from cse.engine import wire
from cse.engine.models import Answer, EngineError
from cse.marketdata.listing import Listing
from cse.runtime.http.times import format_time
from cse.trading.answers.risk_refusals import OF_RISK, UNKNOWN, risk_refusal, seconds_until

# What was refused: a list of orders is several.
Sent: TypeAlias = Sequence[wire.PlaceOrder | wire.AmendOrder]


def refusal(code_number: int, market: Market | None, sent: Sent = (), time_us: int = 0) -> CodedError:
    """What the core's refusal of an order says to the client, by the market's rules as they are given.

    With the time of the refusal it says also when to come again, where that is known.
    """
    code = codes.BY_NUMBER[code_number]
    details = dict(_DETAILS.get(code_number, {}))
    if field := _field(code, market, sent):
        details["field"] = field
    if market is not None and code_number in _OF_MARKET:
        name, value = _OF_MARKET[code_number]
        details[name] = value(market, sent)
    if code is codes.INSUFFICIENT_FUNDS and market is not None and sent:
        details["asset"] = _asset(market, sent[0])
    if code is codes.NOT_IN_AUCTION and market is not None and market.auction_ends_at_us and time_us:
        details["seconds"] = seconds_until(market.auction_ends_at_us, time_us)
    return CodedError(code, **details)


def names_a_limit(code: Code) -> bool:
    """Whether a refusal names a limit or the state of the market, which may be another one by now."""
    return code.number in _OF_MARKET or code in OF_RISK


async def with_limit(
    error: CodedError, listing: Listing, market: str, answer: Answer, sent: Sent
) -> CodedError:
    """A refusal, and where it names a limit of market or account the one that held when it came."""
    if not names_a_limit(error.code):
        return error
    try:
        now = (await listing.market_now(market, answer.sequence)).value
        refused = refusal(error.code.number, now, sent, answer.time_us)
        if error.code in OF_RISK:
            risk = await listing.risk_now(sent[0].account, now.id, answer.sequence)
            return risk_refusal(refused, now, risk, sent, answer.time_us)
    except EngineError:
        return error
    return refused


def _field(code: Code, market: Market | None, sent: Sent) -> str:
    """The field at fault, or nothing. Of several that the code may be about the core looks at the first."""
    usual = _FIELDS.get(code.number, "")
    if market is None or not sent:
        return usual
    match code:
        case codes.PRICE_OFF_TICK:
            is_price = any(order.price % market.price_increment for order in sent)
            return usual if is_price else "stop_price"
        case codes.QUANTITY_OFF_LOT:
            is_quantity = any(order.quantity % market.quantity_increment for order in sent)
            return usual if is_quantity else "display_quantity"
        case codes.NOT_IN_AUCTION:
            return _not_for_auctions(sent)
        case (
            codes.BELOW_MIN_NOTIONAL
            | codes.ABOVE_MAX_NOTIONAL
            | codes.ABOVE_ACCOUNT_NOTIONAL
            | codes.NOTIONAL_RATE_REACHED
            | codes.QUANTITY_OUT_OF_RANGE
        ):
            by_amount = any(isinstance(order, wire.PlaceOrder) and order.quote_amount for order in sent)
            return "quote_amount" if by_amount else usual
        case codes.INVALID_TRAILING_DELTA:
            in_ppm = any(
                isinstance(order, wire.PlaceOrder) and order.flags & FLAG_TRAILING_PPM for order in sent
            )
            return "trailing_percent" if in_ppm else usual
    return usual


def _asset(market: Market, first: wire.PlaceOrder | wire.AmendOrder) -> str:
    """What does not cover an order; whether an amendment is one of a buy it does not say itself."""
    if isinstance(first, wire.AmendOrder):
        return _SOME_ASSET
    return (market.quote if first.side == Side.BUY else market.base).symbol


def _not_for_auctions(sent: Sent) -> str:
    (first, *others) = sent
    if others or not isinstance(first, wire.PlaceOrder):
        return "orders"
    if first.order_type == OrderType.MARKET:
        return "type"
    if first.flags & FLAG_POST_ONLY and first.time_in_force in RESTING_TIMES:
        return "post_only"
    return "time_in_force"


def _until(market: Market, _: Sent) -> str:
    return format_time(market.auction_ends_at_us) if market.auction_ends_at_us else "it is ended"


def _bound(market: Market, sent: Sent) -> str:
    """The bound of the band that a price is beyond: a buy is refused above it, a sell below."""
    band = market.price_band
    if band is None:
        return "nearer"
    if any(order.price > band.highest for order in sent):
        return f"at most {market.format_price(band.highest)}"
    if any(0 < order.price < band.lowest for order in sent):
        return f"at least {market.format_price(band.lowest)}"
    return f"from {market.format_price(band.lowest)} to {market.format_price(band.highest)}"


def _worth(market: Market, units: int) -> str:
    return f"{market.quote.format(units)} {market.quote.symbol}"


# In the place of a symbol, where it is not known.
_SOME_ASSET: Final = "balance"
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
    codes.ABOVE_ACCOUNT_QUANTITY.number: "quantity",
    codes.ABOVE_ACCOUNT_NOTIONAL.number: "quantity",
    codes.NOTIONAL_RATE_REACHED.number: "quantity",
    codes.PRICE_OFF_TICK.number: "price",
    codes.QUANTITY_OFF_LOT.number: "quantity",
    codes.QUANTITY_OR_QUOTE_AMOUNT.number: "quantity",
    codes.PRICE_OUTSIDE_BAND.number: "price",
    codes.NOT_IN_AUCTION.number: "type",
    codes.POST_ONLY_NOT_ALLOWED.number: "post_only",
    codes.POST_ONLY_WOULD_TAKE.number: "price",
    codes.INVALID_CLIENT_ORDER_ID.number: "client_order_id",
    codes.CLIENT_ORDER_ID_CONFLICT.number: "client_order_id",
    codes.MARKET_UNKNOWN.number: "market",
    codes.MARKET_HALTED.number: "market",
    codes.ACCOUNT_UNKNOWN.number: "account",
}
# What the sentence says where it was not found out before the core was asked.
_DETAILS: Final[dict[int, dict[str, str | int]]] = {
    codes.INVALID_EXPIRY.number: {"limit": format_time(EXPIRES_AT_LIMIT_US)},
    codes.ORDER_TYPE_UNAVAILABLE.number: {"reason": "the order waits for a trade, or it does not"},
    codes.INVALID_TIME_IN_FORCE.number: {
        "allowed": "gtc, ioc, fok, gtd or day for a limit order, and ioc for a market order"
    },
    codes.QUANTITY_OR_QUOTE_AMOUNT.number: {
        "reason": "a limit order has price and quantity, a market order either quantity or quote_amount"
    },
    codes.INSUFFICIENT_FUNDS.number: {"asset": _SOME_ASSET},
    codes.INVALID_ORDER_LIST.number: {"reason": "they do not fit each other"},
    codes.NOT_IN_AUCTION.number: {"until": "it is ended"},
    codes.PRICE_OUTSIDE_BAND.number: {"bound": "nearer"},
    **UNKNOWN,
}
_OF_MARKET: Final[dict[int, tuple[str, Callable[[Market, Sent], str]]]] = {
    codes.PRICE_OUT_OF_RANGE.number: ("limit", lambda market, _: market.format_price(PRICE_LIMIT)),
    codes.QUANTITY_OUT_OF_RANGE.number: (
        "limit",
        lambda market, _: market.format_quantity(market.max_quantity),
    ),
    codes.BELOW_MIN_NOTIONAL.number: ("limit", lambda market, _: _worth(market, market.min_notional)),
    codes.ABOVE_MAX_NOTIONAL.number: ("limit", lambda market, _: _worth(market, market.max_notional)),
    codes.BELOW_MIN_QUANTITY.number: (
        "limit",
        lambda market, _: market.format_quantity(market.min_quantity),
    ),
    codes.PRICE_OFF_TICK.number: ("limit", lambda market, _: market.format_price(market.price_increment)),
    codes.QUANTITY_OFF_LOT.number: (
        "limit",
        lambda market, _: market.format_quantity(market.quantity_increment),
    ),
    codes.TOO_MANY_OPEN_ORDERS.number: ("limit", lambda market, _: str(market.max_open_orders)),
    codes.NOT_IN_AUCTION.number: ("until", _until),
    codes.PRICE_OUTSIDE_BAND.number: ("bound", _bound),
}
