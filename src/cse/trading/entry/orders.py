"""From an order as a client writes it to the command that the core takes."""

from __future__ import annotations

from typing import Final

from cse.domain import codes
from cse.domain.enumerations import OrderType, ReplaceMode, SelfTradePrevention, Side, TimeInForce
from cse.domain.errors import CodedError
from cse.domain.ids import check_order_named, parse_account, parse_client_order_id, parse_order_id
from cse.domain.limits import FLAG_POST_ONLY, FLAG_REPRICE
from cse.domain.orders import RESTING_TIMES, by_word, word
from cse.engine import wire
from cse.engine.models import OpenState
from cse.trading.entry.time_in_force import expires_at_us_of, time_in_force_of
from cse.trading.entry.trigger_orders import OrderHead, refuse_trigger_fields, trigger_order
from cse.trading.models import AmendedOrder, NewOrder, Replacement
from cse.trading.views.texts import MarketTexts

# Looked up once an order, and a dictionary is several times as quick as going through the members.
_SIDES: Final = by_word(Side)
_TYPES: Final = by_word(OrderType)
# What is the same to the core has the same content under a client order id.
_PREVENTIONS: Final[dict[str | None, int]] = {
    None: 0,
    **{word(prevention): prevention for prevention in SelfTradePrevention},
    word(SelfTradePrevention.CANCEL_NEWEST): 0,
}
_TYPE_WORDS: Final = ", ".join(_TYPES)
_LIMIT: Final = OrderType.LIMIT
_MARKET: Final = OrderType.MARKET
_REPLACE_MODES: Final = by_word(ReplaceMode)


def place_order(
    order: NewOrder, texts: MarketTexts, own_account: int, *, is_exit: bool = False
) -> wire.PlaceOrder:
    """The command for an order in the market of `texts`; an exit of a bracket has no quantity.

    Raises:
        CodedError: a field is missing, or not as it must be; the field is named. What depends on
            the state (funds, the book, the market's status) the core itself looks at.
    """
    side = _SIDES.get(order.side)
    if side is None:
        raise CodedError(codes.INVALID_SIDE, field="side")
    order_type = _TYPES.get(order.type)
    if order_type is None:
        raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="type", reason=f"type is one of {_TYPE_WORDS}")
    prevention = _PREVENTIONS.get(order.self_trade_prevention)
    if prevention is None:
        raise CodedError(codes.INVALID_SELF_TRADE_PREVENTION, field="self_trade_prevention")
    if order.account is not None and parse_account(order.account) != own_account:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field="account")
    client_order_id = order.client_order_id
    if client_order_id is not None:
        parse_client_order_id(client_order_id)
    if is_exit or order_type not in (_LIMIT, _MARKET):
        head = OrderHead(own_account, side, order_type, prevention)
        return trigger_order(order, texts, head, is_exit=is_exit)
    if order.stop_price is not None or order.trailing_delta is not None or order.trailing_percent is not None:
        refuse_trigger_fields(order)
    if order_type is _LIMIT:
        price, quantity, quote_amount = _limit_amounts(order, texts)
    else:
        price, quantity, quote_amount = _market_amounts(order, texts)
    time_in_force = time_in_force_of(order, order_type)
    flags = _flags(order, time_in_force) if order.post_only or order.reprice else 0
    expires_at_us = expires_at_us_of(order, time_in_force)
    # By position, in the order of the layout: names would take as long as all checks together.
    return wire.PlaceOrder(
        own_account,
        texts.market.id,
        side,
        order_type,
        time_in_force,
        prevention,
        flags,
        price,
        quantity,
        quote_amount,
        0,
        0,
        0 if order.display_quantity is None else _display_quantity(order, texts),
        expires_at_us,
        client_order_id or "",
    )


def amend_order(amended: AmendedOrder, texts: MarketTexts, account: int, order_id: int) -> wire.AmendOrder:
    """The command that amends an order in the market of `texts`; raises as `place_order` does."""
    price = 0 if amended.price is None else texts.price(amended.price)
    quantity = 0 if amended.quantity is None else texts.quantity(amended.quantity)
    display = 0
    if amended.display_quantity is not None:
        display = texts.market.parse_quantity(amended.display_quantity, field="display_quantity")
    stop = 0
    if amended.stop_price is not None:
        stop = texts.market.parse_price(amended.stop_price, field="stop_price")
    if price == quantity == display == stop == 0:
        raise CodedError(codes.NOTHING_TO_AMEND)
    return wire.AmendOrder(account, order_id, "", price, quantity, display, stop)


def leaving_order(replacement: Replacement, account: int) -> wire.CancelOrder:
    """Which order a replacement cancels.

    Raises:
        CodedError: it names none, or two, or what is no id.
    """
    by_id, by_client_id = replacement.cancel_order, replacement.cancel_client_order_id
    check_order_named(cancel_order=by_id, cancel_client_order_id=by_client_id)
    order_id = 0 if by_id is None else parse_order_id(by_id)
    client_order_id = "" if by_client_id is None else parse_client_order_id(by_client_id)
    return wire.CancelOrder(account, order_id, client_order_id)


def replace_order(replacement: Replacement, order: wire.PlaceOrder, account: int) -> bytes:
    """The command that replaces an order by another; raises as `leaving_order`, or `invalid_replace_mode`."""
    mode = _REPLACE_MODES.get(replacement.mode)
    if mode is None:
        raise CodedError(codes.INVALID_REPLACE_MODE, field="mode")
    leaving = leaving_order(replacement, account)
    return wire.ReplaceOrder(leaving.order_id, leaving.client_order_id, mode).encode(order.encode())


def _display_quantity(order: NewOrder, texts: MarketTexts) -> int:
    return texts.market.parse_quantity(order.display_quantity, field="display_quantity")


def _flags(order: NewOrder, time_in_force: TimeInForce) -> int:
    if not order.post_only or time_in_force not in RESTING_TIMES:
        raise CodedError(codes.POST_ONLY_NOT_ALLOWED, field="post_only" if order.post_only else "reprice")
    return FLAG_POST_ONLY | FLAG_REPRICE if order.reprice else FLAG_POST_ONLY


def refuse_amend(amended: AmendedOrder, state: OpenState) -> None:
    """Refuses what an order, as it was a moment ago, cannot be amended to.

    Raises:
        CodedError: `order_type_unavailable`, `quantity_or_quote_amount`; the core would say no more than
            the code.
    """
    if amended.stop_price is not None:
        if not isinstance(state, wire.TriggerState):
            reason = "this order does not wait for a trade, or no longer"
            raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="stop_price", reason=reason)
        if state.order_type == OrderType.TRAILING_STOP:
            reason = "that of a trailing_stop follows the price"
            raise CodedError(codes.ORDER_TYPE_UNAVAILABLE, field="stop_price", reason=reason)
    if amended.quantity is not None and isinstance(state, wire.TriggerState) and state.quote_amount:
        reason = "one by quote_amount has no quantity"
        raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="quantity", reason=reason)


def _limit_amounts(order: NewOrder, texts: MarketTexts) -> tuple[int, int, int]:
    """Price in ticks, quantity in lots, no quote amount."""
    if order.quote_amount is not None:
        reason = "a limit order has price and quantity"
        raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="quote_amount", reason=reason)
    if order.price is None:
        raise CodedError(codes.MISSING_FIELD, field="price")
    if order.quantity is None:
        raise CodedError(codes.MISSING_FIELD, field="quantity")
    return texts.price(order.price), texts.quantity(order.quantity), 0


def _market_amounts(order: NewOrder, texts: MarketTexts) -> tuple[int, int, int]:
    """Worst price in ticks or 0; quantity in lots or quote amount in units, the other 0."""
    if (order.quantity is None) == (order.quote_amount is None):
        reason = "a market order has either quantity or quote_amount"
        raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="quantity", reason=reason)
    price = 0 if order.price is None else texts.price(order.price)
    if order.quantity is not None:
        return price, texts.quantity(order.quantity), 0
    return price, 0, texts.market.parse_quote_amount(order.quote_amount)
