"""Limits by account tier, and what is counted of accounts for them (3, 5.15)."""

from collections.abc import Iterator

from cse.domain import codes
from cse.domain.limits import (
    FAR_PPM_LIMIT,
    FEE_TIER_MAX,
    NOTIONAL_LIMIT,
    QUANTITY_LIMIT,
    RISK_STRETCH_US,
    RISK_STRETCHES,
)
from cse.engine.wire import RiskLimitsChanged, SetRiskLimits, Side
from tests.reference.state import LIMITS, TRIGGERS, Counts, Market, Order, Phase, RiskLimits, State
from tests.reference.turn import Refused, Turn

NOTIONAL_MAX, COUNT_MAX = NOTIONAL_LIMIT - 1, (1 << 32) - 1


def set_risk_limits(turn: Turn, command: bytes) -> None:
    asked = SetRiskLimits.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    if asked.tier > FEE_TIER_MAX:
        raise Refused(codes.INVALID_FEE_TIER, reference=market.id)
    limits = RiskLimits(*asked[2:])
    if not are_valid(limits):
        raise Refused(codes.INVALID_MARKET, reference=market.id)
    market.risk_limits.pop(asked.tier, None)
    if limits != RiskLimits():
        market.risk_limits[asked.tier] = limits
    if not market.risk_limits:
        market.counts.clear()
    turn.events.append(RiskLimitsChanged(**asked._asdict()).encode())


def are_valid(limits: RiskLimits) -> bool:
    notionals = (limits.max_notional, limits.max_notional_per_minute, limits.flag_notional_per_minute)
    return (
        limits.max_quantity < QUANTITY_LIMIT
        and max(notionals) < NOTIONAL_LIMIT
        and (limits.flag_cancels_per_fill == 0 or limits.flag_cancels != 0)
        and limits.flag_far_ppm < FAR_PPM_LIMIT
        and (limits.flag_far_ppm == 0) == (limits.flag_far_orders == 0)
    )


def limits_for(state: State, market: Market, account_id: int) -> RiskLimits:
    """Those that hold for an account: of its tier, or of all that have none."""
    tier = state.accounts[account_id].tier
    return market.risk_limits.get(tier) or market.risk_limits.get(0) or RiskLimits()


def of_owner(state: State, account_id: int) -> set[int]:
    """All accounts of an account's owner."""
    owner = state.accounts[account_id].owner
    return {one.id for one in state.accounts.values() if one.owner == owner}


def reference_of(market: Market) -> int:
    return market.last_price or market.band.reference_price


def measure(market: Market, order: Order, price: int | None = None, quantity: int | None = None) -> int:
    """What an order asks for, or would at another price and quantity, in quote units."""
    if order.phase == Phase.ATTACHED:
        return 0
    if order.quote_amount != 0:
        return order.quote_amount
    price = order.price if price is None else price
    if order.order_type not in LIMITS:
        price = reference_of(market) or price
    elif order.side == Side.SELL:
        price = max(price, reference_of(market))
    return market.notional(price, order.quantity if quantity is None else quantity)


def check_risk(turn: Turn, market: Market, order: Order, more_open: int = 0) -> None:
    """Check 15; of an exit, which is attached, its number alone is looked at."""
    limits = limits_for(turn.state, market, order.account)
    is_exit = order.phase == Phase.ATTACHED
    asks = measure(market, order)
    quantity = 0 if is_exit or order.quote_amount else order.quantity
    if 0 < limits.max_quantity < quantity:
        raise Refused(codes.ABOVE_ACCOUNT_QUANTITY)
    if 0 < limits.max_notional < asks:
        raise Refused(codes.ABOVE_ACCOUNT_NOTIONAL)
    if limits.max_open_orders and (order.may_rest or order.order_type in TRIGGERS):
        orders = turn.state.open_orders.values()
        own = of_owner(turn.state, order.account)
        count = sum(other.account in own and other.market == market.id for other in orders)
        if count + more_open >= limits.max_open_orders:
            raise Refused(codes.TOO_MANY_OPEN_ORDERS)
    check_rate(turn, market, order.account, limits, asks)


def check_rate(turn: Turn, market: Market, account_id: int, limits: RiskLimits, more: int) -> None:
    own = of_owner(turn.state, account_id)
    sum_of_minute = min(sum(minute_of(market, one, turn.time_us).notional for one in own), NOTIONAL_MAX)
    if 0 < limits.max_notional_per_minute < sum_of_minute + more:
        raise Refused(codes.NOTIONAL_RATE_REACHED)


def check_amended(turn: Turn, market: Market, order: Order, price: int, quantity: int) -> None:
    """Check 10 of an amendment."""
    limits = limits_for(turn.state, market, order.account)
    if quantity > order.quantity and 0 < limits.max_quantity < quantity:
        raise Refused(codes.ABOVE_ACCOUNT_QUANTITY)
    asks = measure(market, order, price, quantity)
    rise = asks - measure(market, order)
    if rise > 0:
        if 0 < limits.max_notional < asks:
            raise Refused(codes.ABOVE_ACCOUNT_NOTIONAL)
        check_rate(turn, market, order.account, limits, rise)


def count_notional(turn: Turn, market: Market, account_id: int, more: int) -> None:
    """What an order asks for counts in a watched market, as soon as it is taken in or amended."""
    if market.risk_limits and more > 0:
        counts = counts_now(turn, market, account_id)
        counts.notional = min(counts.notional + more, NOTIONAL_MAX)


def counts_now(turn: Turn, market: Market, account_id: int) -> Counts:
    """Where to count what an account does now."""
    return market.counts.setdefault((account_id, turn.time_us // RISK_STRETCH_US), Counts())


def stretches(market: Market, account_id: int, now_us: int) -> Iterator[Counts]:
    """The stretches of an account's minute in which anything was counted."""
    now = now_us // RISK_STRETCH_US
    for stretch in range(now - RISK_STRETCHES + 1, now + 1):
        if (account_id, stretch) in market.counts:
            yield market.counts[account_id, stretch]


def minute_of(market: Market, account_id: int, now_us: int) -> Counts:
    """All that was counted of an account in its minute."""
    total = Counts()
    for counts in stretches(market, account_id, now_us):
        total.notional = min(total.notional + counts.notional, NOTIONAL_MAX)
        total.cancels = min(total.cancels + counts.cancels, COUNT_MAX)
        total.fills = min(total.fills + counts.fills, COUNT_MAX)
        total.far_orders = min(total.far_orders + counts.far_orders, COUNT_MAX)
        total.prevented = min(total.prevented + counts.prevented, COUNT_MAX)
        total.told |= counts.told
    return total
