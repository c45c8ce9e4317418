"""Patterns that are told of while the order goes on (5.15)."""

from collections.abc import Iterator

from cse.domain.limits import PPM
from cse.engine.wire import (
    AccountFlagged,
    BeforeCommand,
    CloseReason,
    MarketOrdersCancelled,
    OrderAccepted,
    OrderAmended,
    OrderClosed,
    OrderType,
    RiskPattern,
    SelfTradePrevented,
    Side,
    Traded,
    decode_any,
)
from tests.reference.risk import COUNT_MAX, counts_now, limits_for, minute_of, reference_of
from tests.reference.state import Market
from tests.reference.turn import Turn


def flag(turn: Turn) -> None:
    """Counts what the events of the command have brought, and tells of patterns."""
    if not any(market.risk_limits for market in turn.state.markets.values()):
        return
    touched = set()
    for market_id, account_id, counted in acts_of(turn):
        market = turn.state.markets[market_id]
        if market.risk_limits:
            touched.add((market_id, account_id))
            if counted:
                counts = counts_now(turn, market, account_id)
                setattr(counts, counted, min(getattr(counts, counted) + 1, COUNT_MAX))
    for market_id, account_id in sorted(touched):
        tell(turn, turn.state.markets[market_id], account_id)


def acts_of(turn: Turn) -> Iterator[tuple[int, int, str]]:
    """Market, account, and what counts of it; that is empty where the order is looked at alone."""
    before, own = told_apart([decode_any(event) for event in turn.events])
    is_clearing = any(isinstance(event, MarketOrdersCancelled) for event in own)
    for place, event in enumerate([*before, *own]):
        match event:
            case OrderAccepted():
                price = event.price if event.order_type == OrderType.LIMIT else 0
                yield event.market, event.account, far(turn, event.account, event.market, event.side, price)
            case OrderAmended():
                order = turn.state.open_orders.get(event.order_id)
                price = event.price if order is not None and not event.keeps_priority else 0
                side = 0 if order is None else order.side
                yield event.market, event.account, far(turn, event.account, event.market, side, price)
            case OrderClosed(reason=CloseReason.CANCELLED) if place >= len(before) and not is_clearing:
                yield event.market, event.account, "cancels"
            case Traded():
                yield event.market, event.maker_account, "fills"
                yield event.market, event.taker_account, "fills"
            case SelfTradePrevented():
                yield event.market, event.taker_account, "prevented"


def told_apart(events: list[object]) -> tuple[list[object], list[object]]:
    """What happened before the command was looked at, and all else."""
    if not events or not isinstance(events[0], BeforeCommand):
        return [], events
    left, place = events[0].length, 1
    while left > 0:
        left -= len(events[place].encode())  # type: ignore[attr-defined]
        place += 1
    return events[1:place], events[place:]


def far(turn: Turn, account_id: int, market_id: int, side: int, price: int) -> str:
    """Whether an order waits far from the market."""
    market = turn.state.markets[market_id]
    limits, reference = limits_for(turn.state, market, account_id), reference_of(market)
    if price == 0 or reference == 0 or limits.flag_far_orders == 0:
        return ""
    distance = reference - price if side == Side.BUY else price - reference
    return "far_orders" if distance * PPM > reference * limits.flag_far_ppm else ""


def tell(turn: Turn, market: Market, account_id: int) -> None:
    limits = limits_for(turn.state, market, account_id)
    seen = minute_of(market, account_id, turn.time_us)
    excused = limits.flag_cancels_per_fill * seen.fills
    patterns = [
        (RiskPattern.NOTIONAL, seen.notional, limits.flag_notional_per_minute + 1, 0),
        (RiskPattern.CANCELS, seen.cancels, max(limits.flag_cancels, excused + 1), seen.fills),
        (RiskPattern.FAR_ORDERS, seen.far_orders, limits.flag_far_orders, 0),
        (RiskPattern.SELF_TRADES, seen.prevented, limits.flag_self_trades, 0),
    ]
    bounds = [
        limits.flag_notional_per_minute,
        limits.flag_cancels,
        limits.flag_far_orders,
        limits.flag_self_trades,
    ]
    for (pattern, counted, least, fills), bound in zip(patterns, bounds, strict=True):
        bit = 1 << (pattern - 1)
        if bound != 0 and counted >= least and not seen.told & bit:
            counts_now(turn, market, account_id).told |= bit
            event = AccountFlagged(account_id, market.id, pattern, fills, counted, bound)
            turn.events.append(event.encode())
