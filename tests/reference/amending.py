"""Changing an open order (5.8, 5.10)."""

from dataclasses import dataclass, replace

from cse.domain import codes
from cse.domain.limits import PRICE_LIMIT
from cse.engine.wire import AmendOrder, OrderAmended, OrderType, Side
from tests.reference.bands import check_band
from tests.reference.cancelling import order_meant
from tests.reference.checks import check_would_trigger, price_if_post_only
from tests.reference.client_ids import WIDTH
from tests.reference.closing import release
from tests.reference.fees import hold_by_terms, hold_of_limit_buy, need
from tests.reference.limits import (
    check_notional,
    check_price,
    check_quantity,
    check_step_of_price,
    check_step_of_quantity,
)
from tests.reference.matching import match
from tests.reference.risk import check_amended, count_notional, measure
from tests.reference.state import LIMITS, Market, Order, Phase
from tests.reference.statuses import takes_orders
from tests.reference.turn import Refused, Turn

ID_AT, ID_END = 24, 24 + WIDTH


@dataclass
class Terms:
    """What an order is for."""

    price: int
    quantity: int
    display_quantity: int
    stop_price: int


def amend_order(turn: Turn, command: bytes) -> None:
    # The id may be any bytes, which the reader of messages would not let pass.
    blank = command[:ID_AT] + bytes(WIDTH) + command[ID_END:]
    asked = AmendOrder.decode(blank)
    order = order_meant(turn, asked.account, asked.order_id, command[ID_AT:ID_END])
    if order.is_due(turn.time_us) or order.phase == Phase.FIRED:
        raise Refused(codes.ORDER_NOT_OPEN, account=order.account, reference=order.id)
    if order.linked is not None:
        raise Refused(codes.ORDER_IS_LINKED, account=order.account, reference=order.id)
    check_what_may_change(order, asked)
    market = turn.state.markets[order.market]
    try:
        terms = new_terms(turn, market, order, asked)
        keeps_priority = order.phase == Phase.WAITING or (
            terms.price == order.price
            and terms.display_quantity == order.display_quantity
            and terms.quantity <= order.quantity
        )
        hold = hold_of(market, order, terms, keeps_priority)
        available = turn.state.balance(order.account, market.asset_held(order.side)).available
        if available + order.held < hold:
            raise Refused(codes.INSUFFICIENT_FUNDS)
        check_amended(turn, market, order, terms.price, terms.quantity)
    except Refused as refused:
        raise Refused(refused.code, account=order.account, reference=order.id) from refused
    take_effect(turn, market, order, terms, hold, keeps_priority)


def check_what_may_change(order: Order, asked: AmendOrder) -> None:
    """Check 2."""
    has_stop_price = order.phase == Phase.WAITING and order.order_type != OrderType.TRAILING_STOP
    if asked.stop_price != 0 and not has_stop_price:
        raise Refused(codes.ORDER_TYPE_UNAVAILABLE, account=asked.account, reference=asked.order_id)
    if asked.quantity != 0 and order.quote_amount != 0:
        raise Refused(codes.QUANTITY_OR_QUOTE_AMOUNT, account=asked.account, reference=asked.order_id)


def new_terms(turn: Turn, market: Market, order: Order, asked: AmendOrder) -> Terms:
    """The checks 3 to 8."""
    check_ranges(turn, market, order, asked)
    terms = Terms(
        price=asked.price or order.price,
        quantity=asked.quantity or order.quantity,
        display_quantity=asked.display_quantity or order.display_quantity,
        stop_price=asked.stop_price or order.stop_price,
    )
    if order.quote_amount == 0 and terms.quantity <= order.filled_quantity:
        raise Refused(codes.AMEND_BELOW_FILLED)
    if terms.display_quantity > (terms.quantity if order.may_rest else 0):
        raise Refused(codes.INVALID_DISPLAY_QUANTITY)
    check_step_of_quantity(market, asked.display_quantity)
    if order.order_type in LIMITS:
        check_new_notional(market, order, terms)
    if order.phase == Phase.WAITING:
        check_would_trigger(market, order.side, order.order_type, terms.stop_price)
    elif terms.price != order.price:
        check_band(market, order.side, terms.price)
        terms.price = price_if_post_only(market, order.side, order.flags, terms.price, terms.quantity)
    return terms


def check_ranges(turn: Turn, market: Market, order: Order, asked: AmendOrder) -> None:
    """The checks 3 and 4."""
    if turn.state.accounts[order.account].frozen:
        raise Refused(codes.ACCOUNT_FROZEN)
    if not takes_orders(market):
        raise Refused(codes.MARKET_HALTED)
    if asked.price != 0:
        check_price(market, asked.price)
    if asked.quantity != 0:
        check_quantity(market, asked.quantity)
    if asked.stop_price != 0:
        if asked.stop_price >= PRICE_LIMIT:
            raise Refused(codes.INVALID_STOP_PRICE)
        check_step_of_price(market, asked.stop_price)


def check_new_notional(market: Market, order: Order, terms: Terms) -> None:
    """Check 7."""
    if (terms.price, terms.quantity) != (order.price, order.quantity):
        check_notional(market, market.notional(terms.price, terms.quantity))


def hold_of(market: Market, order: Order, terms: Terms, keeps_priority: bool) -> int:
    if order.phase == Phase.WAITING:
        return hold_by_terms(replace(order, price=terms.price, quantity=terms.quantity), market)
    remaining = terms.quantity - order.filled_quantity
    if order.side == Side.SELL:
        return remaining * market.lot_size
    if keeps_priority:
        return need(order, market, remaining)
    return hold_of_limit_buy(order, market.notional(terms.price, remaining))


def take_effect(
    turn: Turn, market: Market, order: Order, terms: Terms, hold: int, keeps_priority: bool
) -> None:
    rise = measure(market, order, terms.price, terms.quantity) - measure(market, order)
    count_notional(turn, market, order.account, rise)
    if order.phase == Phase.BOOK:
        turn.touch_level(market.id, order.side, order.price)
        if not keeps_priority:
            market.halves[order.side].leave(order)
    order.price, order.quantity = terms.price, terms.quantity
    order.display_quantity, order.stop_price = terms.display_quantity, terms.stop_price
    order.slice = min(order.slice, order.remaining)
    release(turn, order, order.held - hold)
    amended = OrderAmended(
        order_id=order.id,
        account=order.account,
        market=order.market,
        price=order.price,
        quantity=order.quantity,
        display_quantity=order.display_quantity,
        stop_price=order.stop_price if order.phase == Phase.WAITING else 0,
        remaining_quantity=order.remaining,
        keeps_priority=int(keeps_priority),
    )
    turn.events.append(amended.encode())
    if not keeps_priority:
        match(turn, market, order)
