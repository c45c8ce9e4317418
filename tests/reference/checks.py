"""The checks of an order, in their order (5.2)."""

from cse.domain import codes
from cse.domain.limits import (
    EXPIRES_AT_LIMIT_US,
    FLAG_POST_ONLY,
    FLAG_REPRICE,
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
    check_step_of_quantity,
    next_worse_price,
)
from tests.reference.state import Account, Market, State, may_rest
from tests.reference.statuses import is_collecting, takes_orders
from tests.reference.turn import Refused

TIMES_OF_LIMIT = (TimeInForce.GTC, TimeInForce.IOC, TimeInForce.FOK, TimeInForce.GTD, TimeInForce.DAY)
TIMES_OF_MARKET = (TimeInForce.IOC,)


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
    if asked.side not in list(Side):
        raise Refused(codes.INVALID_SIDE)
    later = asked.stop_price or asked.trailing_delta
    of_market_or_limit = asked.order_type in (OrderType.LIMIT, OrderType.MARKET)
    if not of_market_or_limit or later or asked.flags & ~(FLAG_POST_ONLY | FLAG_REPRICE):
        raise Refused(codes.ORDER_TYPE_UNAVAILABLE)
    prevention = asked.self_trade_prevention
    if (
        prevention not in (0, *SelfTradePrevention)
        or (prevention == SelfTradePrevention.NONE and not market.self_trade_allowed)
        or (prevention == SelfTradePrevention.DECREMENT and asked.quote_amount != 0)
    ):
        raise Refused(codes.INVALID_SELF_TRADE_PREVENTION)


def check_times(asked: PlaceOrder, market: Market, now_us: int) -> None:
    """Checks 7 and 8: how long the order stands, whether it may say post-only or be in an auction."""
    limit = asked.order_type == OrderType.LIMIT
    if asked.time_in_force not in (TIMES_OF_LIMIT if limit else TIMES_OF_MARKET):
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
    rests = may_rest(asked.order_type, asked.time_in_force)
    if post_only and not rests:
        raise Refused(codes.POST_ONLY_NOT_ALLOWED)
    if is_collecting(market) and (post_only or not rests):
        raise Refused(codes.NOT_IN_AUCTION)


def check_amounts(asked: PlaceOrder, market: Market) -> None:
    """Checks 9 to 11: price, quantity, quote amount, notional."""
    limit = asked.order_type == OrderType.LIMIT
    exactly_one = (asked.quantity != 0) != (asked.quote_amount != 0)
    if asked.quote_amount != 0 if limit else not exactly_one:
        raise Refused(codes.QUANTITY_OR_QUOTE_AMOUNT)
    if limit or asked.price != 0:
        check_price(market, asked.price)
    if asked.quote_amount == 0:
        check_quantity(market, asked.quantity)
    if asked.display_quantity != 0:
        rests = may_rest(asked.order_type, asked.time_in_force)
        if not rests or asked.display_quantity > asked.quantity:
            raise Refused(codes.INVALID_DISPLAY_QUANTITY)
        check_step_of_quantity(market, asked.display_quantity)
    if asked.quote_amount >= SUPPLY_LIMIT:
        raise Refused(codes.QUANTITY_OUT_OF_RANGE)
    if limit:
        check_notional(market, market.notional(asked.price, asked.quantity))
        check_band(market, asked.side, asked.price)
    elif asked.quote_amount != 0:
        check_notional(market, asked.quote_amount)


def check_open_orders(state: State, asked: PlaceOrder, market: Market) -> None:
    """Check 12."""
    if market.max_open_orders == 0 or not may_rest(asked.order_type, asked.time_in_force):
        return
    count = sum(
        order.account == asked.account and order.market == market.id for order in state.open_orders.values()
    )
    if count >= market.max_open_orders:
        raise Refused(codes.TOO_MANY_OPEN_ORDERS)


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
