"""From orders that are to be linked, as a client writes them, to the command that the core takes.

Which orders can be linked the core knows, and says no more than that these cannot be. What can be seen
of the orders themselves is looked at here by the same rules first, so that a refusal says what is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NoReturn

from cse.domain import codes
from cse.domain.enumerations import OrderListKind, OrderType, SelfTradePrevention, Side
from cse.domain.errors import CodedError
from cse.domain.limits import FLAG_REPRICE
from cse.domain.orders import RESTING_TIMES, by_word, word
from cse.engine import wire
from cse.trading.entry.orders import place_order
from cse.trading.models import NewOrderList
from cse.trading.views.texts import MarketTexts

_KINDS: Final = by_word(OrderListKind)
_LIMIT: Final = (word(OrderType.LIMIT),)
_STOPS: Final = tuple(map(word, (OrderType.STOP_LOSS, OrderType.STOP_LIMIT, OrderType.TRAILING_STOP)))
# Which types each order may be of, and what it is called.
_PARTS: Final = {
    OrderListKind.OCO: (("first order of an oco", _LIMIT), ("second order of an oco", _STOPS)),
    OrderListKind.BRACKET: (
        ("first order of a bracket, its entry,", (*_LIMIT, word(OrderType.MARKET))),
        ("second order of a bracket, its take-profit,", _LIMIT),
        ("third order of a bracket, its stop,", _STOPS),
    ),
}
_TYPES: Final = frozenset(by_word(OrderType))


def place_order_list(listed: NewOrderList, texts: MarketTexts, account: int) -> list[wire.PlaceOrder]:
    """The orders of a list, all in the market of `texts`, in the order in which they stand.

    Raises:
        CodedError: as `place_order`, or `invalid_order_list`.
    """
    kind = _KINDS.get(listed.kind)
    if kind is None:
        _refuse("kind", "kind is oco or bracket")
    if len(listed.orders) != len(_PARTS[kind]):
        _refuse("orders", "an oco has two orders, a bracket three")
    if any(order.market != texts.name for order in listed.orders):
        _refuse("market", "all are of one market")
    named = [order.client_order_id for order in listed.orders if order.client_order_id is not None]
    if len(named) != len(set(named)):
        _refuse("client_order_id", "each has a client_order_id of its own, or none")
    for order, (name, types) in zip(listed.orders, _PARTS[kind], strict=True):
        if order.type in _TYPES and order.type not in types:
            _refuse("type", f"the {name} is of type {' or '.join(types)}")
    has_exits = kind is OrderListKind.BRACKET
    orders = [
        place_order(order, texts, account, is_exit=has_exits and number > 0)
        for number, order in enumerate(listed.orders)
    ]
    if has_exits:
        _check_bracket(orders)
    else:
        _check_oco(orders)
    return orders


def list_command(listed: NewOrderList, orders: Sequence[wire.PlaceOrder]) -> bytes:
    """The command for these orders of a list whose kind is known."""
    tail = b"".join(order.encode() for order in orders)
    return wire.PlaceOrderList(_KINDS[listed.kind]).encode(tail)


def _check_oco(orders: Sequence[wire.PlaceOrder]) -> None:
    limit, stop = orders
    if limit.side != stop.side:
        _refuse("side", "both orders of an oco have the same side")
    if stop.quote_amount:
        _refuse("quote_amount", "the orders of an oco have a quantity, and no quote_amount")
    if limit.quantity != stop.quantity:
        _refuse("quantity", "both orders of an oco have the same quantity")
    if limit.flags & FLAG_REPRICE:
        _refuse("reprice", "the limit order of an oco has no reprice")
    _check_lasting("the two of an oco", limit, stop)


def _check_bracket(orders: Sequence[wire.PlaceOrder]) -> None:
    entry, take_profit, stop = orders
    if entry.side != Side.BUY:
        _refuse("side", "the first order of a bracket, its entry, buys")
    if entry.flags & FLAG_REPRICE:
        _refuse("reprice", "the entry of a bracket has no reprice")
    for exit_ in (take_profit, stop):
        if exit_.side != Side.SELL:
            _refuse("side", "the second and third order of a bracket, its exits, sell")
        if exit_.self_trade_prevention == SelfTradePrevention.DECREMENT:
            _refuse("self_trade_prevention", "the exits of a bracket do not have decrement")
    _check_lasting("the exits of a bracket", take_profit, stop)


def _check_lasting(which: str, first: wire.PlaceOrder, second: wire.PlaceOrder) -> None:
    if first.time_in_force not in RESTING_TIMES or second.time_in_force != first.time_in_force:
        _refuse("time_in_force", f"{which} have the same time_in_force, gtc, gtd or day")
    if first.expires_at_us != second.expires_at_us:
        _refuse("expires_at", f"{which} have the same expires_at")


def _refuse(field: str, reason: str) -> NoReturn:
    raise CodedError(codes.INVALID_ORDER_LIST, field=field, reason=reason)
