"""From an order that waits for a trade, as a client writes it, to the command that the core takes."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.domain import codes
from cse.domain.enumerations import OrderType, Side
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_TRAILING_PPM, PPM
from cse.domain.money import parse_units
from cse.domain.orders import LIMIT_TYPES, PERCENT_DECIMALS
from cse.engine import wire
from cse.trading.entry.time_in_force import expires_at_us_of, time_in_force_of
from cse.trading.models import NewOrder
from cse.trading.views.texts import MarketTexts

TRIGGER_FIELDS: Final = ("stop_price", "trailing_delta", "trailing_percent")
_TYPES_WITH: Final = {
    "stop_price": "stop_loss, stop_limit, take_profit and take_profit_limit",
    "trailing_delta": "trailing_stop",
    "trailing_percent": "trailing_stop",
}


class OrderHead(NamedTuple):
    """Whose order it is, and what is looked up of it first."""

    account: int
    side: Side
    order_type: OrderType
    self_trade_prevention: int


def trigger_order(order: NewOrder, texts: MarketTexts, head: OrderHead, *, is_exit: bool) -> wire.PlaceOrder:
    """The command for an order that waits, or for an exit of a bracket, which has no quantity.

    Raises:
        CodedError: a field is missing, or not as it must be; the field is named.
    """
    if order.post_only or order.reprice:
        raise CodedError(codes.POST_ONLY_NOT_ALLOWED, field="post_only" if order.post_only else "reprice")
    time_in_force = time_in_force_of(order, head.order_type)
    trailing_delta, flags = _trailing(order, texts, head.order_type)
    price = quantity = quote_amount = display_quantity = 0
    if order.price is not None:
        price = texts.price(order.price)
    elif head.order_type in LIMIT_TYPES:
        raise CodedError(codes.MISSING_FIELD, field="price")
    if is_exit:
        _refuse_quantities(order)
    else:
        quantity, quote_amount = _amounts(order, texts, head)
        if order.display_quantity is not None:
            display_quantity = texts.market.parse_quantity(order.display_quantity, field="display_quantity")
    return wire.PlaceOrder(
        head.account,
        texts.market.id,
        head.side,
        head.order_type,
        time_in_force,
        head.self_trade_prevention,
        flags,
        price,
        quantity,
        quote_amount,
        _stop_price(order, texts, head.order_type),
        trailing_delta,
        display_quantity,
        expires_at_us_of(order, time_in_force),
        order.client_order_id or "",
    )


def refuse_trigger_fields(order: NewOrder) -> None:
    """`order_type_unavailable`, if an order that does not wait says what fires it."""
    for field in TRIGGER_FIELDS:
        if getattr(order, field) is not None:
            raise _not_of_type(field)


def _not_of_type(field: str) -> CodedError:
    reason = f"{field} belongs to {_TYPES_WITH[field]}"
    return CodedError(codes.ORDER_TYPE_UNAVAILABLE, field=field, reason=reason)


def _amounts(order: NewOrder, texts: MarketTexts, head: OrderHead) -> tuple[int, int]:
    """Quantity in lots or quote amount in units, the other 0: what it may cost is known while it waits."""
    kind = f"a {order.side} of type {order.type}"
    if head.order_type in LIMIT_TYPES or head.side is Side.SELL:
        if order.quote_amount is not None:
            raise _amounts_refused("quote_amount", f"{kind} has a quantity, and no quote_amount")
        if order.quantity is None:
            raise CodedError(codes.MISSING_FIELD, field="quantity")
        return texts.quantity(order.quantity), 0
    needed = f"{kind} has a quote_amount, or a quantity and the price at which it buys at most"
    if (order.quantity is None) == (order.quote_amount is None):
        raise _amounts_refused("quantity", needed)
    if order.quantity is None:
        return 0, texts.market.parse_quote_amount(order.quote_amount)
    if order.price is None:
        raise _amounts_refused("price", needed)
    return texts.quantity(order.quantity), 0


def _amounts_refused(field: str, reason: str) -> CodedError:
    return CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field=field, reason=reason)


def _refuse_quantities(order: NewOrder) -> None:
    for field in ("quantity", "quote_amount", "display_quantity"):
        if getattr(order, field) is not None:
            reason = f"the exits of a bracket have no {field}, and sell what its entry has bought"
            raise CodedError(codes.INVALID_ORDER_LIST, field=field, reason=reason)


def _stop_price(order: NewOrder, texts: MarketTexts, order_type: OrderType) -> int:
    """In ticks; 0 of what has none."""
    is_fixed = order_type not in (OrderType.LIMIT, OrderType.TRAILING_STOP)
    if order.stop_price is not None:
        if not is_fixed:
            raise CodedError(codes.INVALID_STOP_PRICE, field="stop_price")
        return texts.market.parse_price(order.stop_price, field="stop_price")
    if is_fixed:
        raise CodedError(codes.MISSING_FIELD, field="stop_price")
    return 0


def _trailing(order: NewOrder, texts: MarketTexts, order_type: OrderType) -> tuple[int, int]:
    """The delta in ticks or, with the flag beside it, in parts per million; 0 of what does not follow."""
    if order_type is not OrderType.TRAILING_STOP:
        for field in ("trailing_delta", "trailing_percent"):
            if getattr(order, field) is not None:
                raise _not_of_type(field)
        return 0, 0
    if (order.trailing_delta is None) == (order.trailing_percent is None):
        is_missing = order.trailing_delta is None
        field = "trailing_delta" if is_missing else "trailing_percent"
        raise CodedError(codes.INVALID_TRAILING_DELTA, field=field)
    if order.trailing_delta is not None:
        return texts.market.parse_price(order.trailing_delta, field="trailing_delta"), 0
    ppm = parse_units(order.trailing_percent, PERCENT_DECIMALS, field="trailing_percent", limit=PPM - 1)
    return ppm, FLAG_TRAILING_PPM
