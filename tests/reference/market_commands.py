"""Opening and closing markets: `SetMarketStatus` and `CancelMarketOrders` (section 3)."""

from cse.domain import codes
from cse.domain.limits import AUCTION_ENDS_AT_LIMIT_US, CANCELS_MAX
from cse.engine.wire import (
    CancelMarketOrders,
    MarketOrdersCancelled,
    MarketStatus,
    SetMarketStatus,
)
from tests.reference.auctions import uncross
from tests.reference.cancelling import cancel_each
from tests.reference.state import Market, Order, State
from tests.reference.statuses import change_status, is_crossed, is_uncrossing
from tests.reference.turn import Refused, Turn

CREATED, AUCTION, OPEN = MarketStatus.CREATED, MarketStatus.AUCTION, MarketStatus.OPEN
HALTED, CANCEL_ONLY, DELISTED = MarketStatus.HALTED, MarketStatus.CANCEL_ONLY, MarketStatus.DELISTED

MAY_BECOME: dict[int, tuple[MarketStatus, ...]] = {
    CREATED: (CREATED, AUCTION, OPEN, CANCEL_ONLY, DELISTED),
    AUCTION: (AUCTION, OPEN, HALTED, CANCEL_ONLY),
    OPEN: (OPEN, AUCTION, HALTED, CANCEL_ONLY),
    HALTED: (HALTED, AUCTION, OPEN, CANCEL_ONLY),
    CANCEL_ONLY: (CANCEL_ONLY, AUCTION, OPEN, HALTED, DELISTED),
    DELISTED: (),
}
UNCROSSING_MAY_BECOME = (HALTED, CANCEL_ONLY)


def set_market_status(turn: Turn, command: bytes) -> None:
    asked = SetMarketStatus.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    may_become = UNCROSSING_MAY_BECOME if is_uncrossing(market) else MAY_BECOME[market.status]
    if asked.status not in may_become:
        raise Refused(codes.INVALID_MARKET_STATUS, reference=market.id)
    ends_later = max(turn.time_us, 0) < asked.auction_ends_at_us < AUCTION_ENDS_AT_LIMIT_US
    if asked.auction_ends_at_us != 0 and not (asked.status == AUCTION and ends_later):
        raise Refused(codes.INVALID_MARKET_STATUS, reference=market.id)
    if asked.status == DELISTED and open_orders(turn.state, market):
        raise Refused(codes.MARKET_HAS_ORDERS, reference=market.id)
    if asked.status == OPEN and (market.status == AUCTION or is_crossed(market)):
        if market.status != AUCTION:
            change_status(turn, market, AUCTION)
        uncross(turn, market)
    else:
        change_status(turn, market, asked.status, asked.auction_ends_at_us)


def open_orders(state: State, market: Market) -> list[Order]:
    """The open orders of a market, the oldest first."""
    return [order for _, order in sorted(state.open_orders.items()) if order.market == market.id]


def cancel_market_orders(turn: Turn, command: bytes) -> None:
    asked = CancelMarketOrders.decode(command)
    market = turn.state.markets.get(asked.market)
    if market is None:
        raise Refused(codes.MARKET_UNKNOWN, reference=asked.market)
    count = cancel_each(turn, open_orders(turn.state, market), CANCELS_MAX)
    turn.events.append(MarketOrdersCancelled(market.id, count).encode())
