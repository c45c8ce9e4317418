"""The checks of an order, in their order (5.2)."""

from cse.domain import codes
from cse.domain.limits import (
    EXPIRES_AT_LIMIT_US,
    FLAG_POST_ONLY,
    FLAG_REPRICE,
    FLAG_TRAILING_PPM,
    PPM,
    PRICE_LIMIT,
    SUPPLY_LIMIT,
)
from cse.engine.wire import (
    AccountKind,
    OrderType,
    PlaceOrder,
    SelfTradePrevention,
    Side,
    TimeInForce,
)
from tests.reference.bands import check_band
from tests.reference.expiring import kept_time_us
from tests.reference.limits import (
    check_notional,
    check_price,
    check_quantity,
    check_step_of_price,
    check_step_of_quantity,
    next_worse_price,
)
from tests.reference.state import LIMITS, TRIGGERS, Account, Market, State, may_rest
from tests.reference.statuses import is_collecting, takes_orders
from tests.reference.triggers import is_met
from tests.reference.turn import Refused

SIDES, ORDER_TYPES, PREVENTIONS = list(Side), list(OrderType), list(SelfTradePrevention)
TIMES_OF_LIMIT = (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTD, TimeInForce.DAY)
TIMES_OF_MARKET = (TimeInForce.IOC,)
TIMES_OF_TRIGGER = (TimeInForce.GTC, TimeInForce.GTD, TimeInForce.DAY)
"""How long an order waits that is a market order once it has fired."""


def check_standing(account: Account, market: Market) -> None:
    """Check 5."""
    if account.kind not in (AccountKind.MAIN, AccountKind.SUB):
        raise Refused(codes.ACCOUNT_CANNOT_TRADE)
    if account.frozen:
        raise Refused(codes.ACCOUNT_FROZEN)
    if not takes_orders(market):
        raise Refused(codes.MARKET_HALTED)


def check_kind(asked: PlaceOrder, market: Market) -> None:
    """Check 6: the side, the type with its fields, the prevention."""
    if asked.side not in SIDES:
        raise Refused(codes.INVALID_SIDE)
    trails = asked.order_type == OrderType.TRAILING_STOP
    flags = FLAG_POST_ONLY | FLAG_REPRICE | (FLAG_TRAILING_PPM if trails else 0)
    if (
        asked.order_type not in ORDER_TYPES
        or (asked.order_type not in TRIGGERS and asked.stop_price != 0)
        or (not trails and asked.trailing_delta != 0)
        or asked.flags & ~flags
    ):
        raise Refused(codes.ORDER_TYPE_UNAVAILABLE)
    prevention = asked.self_trade_prevention
    if (
        (prevention != 0 and prevention not in PREVENTIONS)
        or (prevention == SelfTradePrevention.NONE and not market.self_trade_allowed)
        or (prevention == SelfTradePrevention.DECREMENT and asked.quote_amount != 0)
    ):
        raise Refused(codes.INVALID_SELF_TRADE_PREVENTION)


def check_times(asked: PlaceOrder, market: Market, now_us: int, *, listed: bool = False) -> None:
    """Checks 7 and 8: how long the order stands, whether it may say post-only or be in an auction."""
    if asked.time_in_force not in times_of(asked.order_type):
        raise Refused(codes.INVALID_TIME_IN_FORCE)
    if asked.time_in_force != TimeInForce.GTD and asked.expires_at_us != 0:
        raise Refused(codes.INVALID_EXPIRY)
    if asked.time_in_force in (TimeInForce.GTD, TimeInForce.DAY):
        kept_us = kept_time_us(asked.time_in_force, asked.expires_at_us, now_us)
        if not max(now_us, 0) < kept_us < EXPIRES_AT_LIMIT_US:
            raise Refused(codes.INVALID_EXPIRY)
    post_only, reprice = asked.flags & FLAG_POST_ONLY, asked.flags & FLAG_REPRICE
    if reprice and not post_only:
        raise Refused(codes.POST_ONLY_NOT_ALLOWED)
    waits = asked.order_type in TRIGGERS
    rests = may_rest(asked.order_type, asked.time_in_force)
    if post_only and (waits or not rests):
        raise Refused(codes.POST_ONLY_NOT_ALLOWED)
    if is_collecting(market) and (listed or post_only or not (waits or rests)):
        raise Refused(codes.NOT_IN_AUCTION)


def times_of(order_type: int) -> tuple[TimeInForce, ...]:
    if order_type in LIMITS:
        return TIMES_OF_LIMIT
    return TIMES_OF_TRIGGER if order_type in TRIGGERS else TIMES_OF_MARKET


def check_amounts(asked: PlaceOrder, market: Market) -> None:
    """Checks 9 to 11: price, quantity, quote amount, what fires it, notional."""
    if not says_how_much(asked):
        raise Refused(codes.QUANTITY_OR_QUOTE_AMOUNT)
    check_price_if_any(asked, market)
    if asked.quote_amount == 0:
        check_quantity(market, asked.quantity)
    if asked.display_quantity != 0:
        rests = may_rest(asked.order_type, asked.time_in_force)
        if not rests or asked.display_quantity > asked.quantity:
            raise Refused(codes.INVALID_DISPLAY_QUANTITY)
        check_step_of_quantity(market, asked.display_quantity)
    if asked.quote_amount >= SUPPLY_LIMIT:
        raise Refused(codes.QUANTITY_OUT_OF_RANGE)
    check_trigger(asked, market)
    if asked.order_type in LIMITS:
        check_notional(market, market.notional(asked.price, asked.quantity))
    elif asked.quote_amount != 0:
        check_notional(market, asked.quote_amount)
    if asked.order_type == OrderType.LIMIT:
        check_band(market, asked.side, asked.price)


def says_how_much(asked: PlaceOrder) -> bool:
    """Check 9: a quantity or a quote amount, and of a buy that waits what it may cost."""
    if asked.order_type in LIMITS:
        return asked.quote_amount == 0
    exactly_one = (asked.quantity != 0) != (asked.quote_amount != 0)
    if asked.order_type not in TRIGGERS:
        return exactly_one
    if asked.side == Side.SELL:
        return exactly_one and asked.quote_amount == 0
    return exactly_one and (asked.quote_amount != 0 or asked.price != 0)


def check_price_if_any(asked: PlaceOrder, market: Market) -> None:
    """Of an order that is no limit order at last the price may be 0."""
    if asked.order_type in LIMITS or asked.price != 0:
        check_price(market, asked.price)


def check_trigger(asked: PlaceOrder, market: Market) -> None:
    """The end of check 10: the stop price, or how far a stop trails."""
    if asked.order_type == OrderType.TRAILING_STOP:
        limit = PPM if asked.flags & FLAG_TRAILING_PPM else PRICE_LIMIT
        if asked.stop_price != 0:
            raise Refused(codes.INVALID_STOP_PRICE)
        if not 1 <= asked.trailing_delta < limit:
            raise Refused(codes.INVALID_TRAILING_DELTA)
    elif asked.order_type in TRIGGERS:
        if not 1 <= asked.stop_price < PRICE_LIMIT:
            raise Refused(codes.INVALID_STOP_PRICE)
        check_step_of_price(market, asked.stop_price)


def check_open_orders(state: State, asked: PlaceOrder, market: Market, more: int = 0) -> None:
    """Check 12; `more` are orders of the same list that come before this one."""
    stays = asked.order_type in TRIGGERS or may_rest(asked.order_type, asked.time_in_force)
    if market.max_open_orders == 0 or not stays:
        return
    count = sum(
        order.account == asked.account and order.market == market.id for order in state.open_orders.values()
    )
    if count + more >= market.max_open_orders:
        raise Refused(codes.TOO_MANY_OPEN_ORDERS)


def check_would_trigger(market: Market, side: int, order_type: int, stop_price: int) -> None:
    """Check 13 of trigger orders but trailing stops."""
    if order_type != OrderType.TRAILING_STOP and is_met(side, order_type, stop_price, market.last_price):
        raise Refused(codes.WOULD_TRIGGER)


def price_if_post_only(market: Market, side: int, flags: int, price: int, quantity: int) -> int:
    """Check 13: the price of the order, which re-pricing may have moved away from the other side."""
    best = market.opposite(side).best_price()
    if not flags & FLAG_POST_ONLY or best is None:
        return price
    would_take = best <= price if side == Side.BUY else best >= price
    if not would_take:
        return price
    behind = next_worse_price(market, side, best)
    if not flags & FLAG_REPRICE or not 1 <= behind < PRICE_LIMIT:
        raise Refused(codes.POST_ONLY_WOULD_TAKE)
    check_notional(market, market.notional(behind, quantity))
    return behind
