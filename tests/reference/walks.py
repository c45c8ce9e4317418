"""Walks through the opposite side that change nothing (5.4), and the test of fill-or-kill."""

from enum import Enum
from itertools import islice

from cse.domain.limits import TRADES_MAX
from cse.engine.wire import Side
from tests.reference.state import Market, Order, State


class End(Enum):
    """Why a walk ended."""

    SATISFIED = 1
    NO_ORDERS = 2
    SAME_OWNER = 3
    TOO_MANY_TRADES = 4


def same_owner(state: State, order: Order, other: Order) -> bool:
    return state.accounts[order.account].owner == state.accounts[other.account].owner


def walk_by_quantity(state: State, market: Market, order: Order) -> int:
    """The notional of all that a market order by quantity would trade."""
    wanted, notional = order.quantity, 0
    for place, maker in enumerate(market.opposite(order.side).orders()):
        if wanted == 0 or same_owner(state, order, maker) or place == TRADES_MAX:
            break
        lots = min(maker.remaining, wanted)
        wanted -= lots
        notional += market.notional(maker.price, lots)
    return notional


def walk_by_quote_amount(state: State, market: Market, order: Order) -> tuple[int, End]:
    """The lots that a market sell by quote amount would trade, and why the walk ended."""
    left, quantity = order.quote_amount, 0
    for place, maker in enumerate(market.opposite(order.side).orders()):
        if left == 0:
            return quantity, End.SATISFIED
        if same_owner(state, order, maker):
            return quantity, End.SAME_OWNER
        lots = min(maker.remaining, left // market.notional(maker.price, 1))
        if lots > 0 and place == TRADES_MAX:
            return quantity, End.TOO_MANY_TRADES
        quantity += lots
        left -= market.notional(maker.price, lots)
        if lots < maker.remaining:
            return quantity, End.SATISFIED
    return quantity, End.SATISFIED if left == 0 else End.NO_ORDERS


def can_trade_whole(state: State, market: Market, order: Order) -> bool:
    """Whether a fill-or-kill order would trade all it wants."""
    wanted = order.quantity
    for maker in islice(market.opposite(order.side).orders(), TRADES_MAX):
        crosses = maker.price <= order.price if order.side == Side.BUY else maker.price >= order.price
        if not crosses or same_owner(state, order, maker):
            return False
        wanted -= min(maker.remaining, wanted)
        if wanted == 0:
            return True
    return False
