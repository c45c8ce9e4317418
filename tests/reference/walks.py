"""Walks through the opposite side that change nothing (5.4)."""

from dataclasses import dataclass
from enum import Enum
from itertools import count

from cse.domain.limits import TRADES_MAX
from cse.engine.wire import SelfTradePrevention
from tests.reference.bands import is_outside, outermost_price, reference_after
from tests.reference.queues import standing
from tests.reference.state import Market, Order, State


class End(Enum):
    """Why a walk, or matching, ended."""

    SATISFIED = 1
    EXHAUSTED = 2
    BOUNDED = 3
    PREVENTED = 4
    DECREMENTED = 5
    """Satisfied, and the last lots went by decrement: only matching ends like this, and as below."""
    BANDED = 6
    """The next price is outside the band."""
    INTERRUPTED = 7
    """The next trade would interrupt the market."""


@dataclass
class Walk:
    """The lots that a walk found, their notional, and the order at which it ended prevented."""

    lots: int = 0
    notional: int = 0
    end: End = End.SATISFIED
    own_order: Order | None = None
    prevented_lots: int = 0

    def give(self, market: Market, maker: Order, lots: int) -> None:
        self.lots += lots
        self.notional += market.notional(maker.price, lots)

    def ended(self, end: End) -> "Walk":
        self.end = end
        return self

    def prevented(self, maker: Order, lots: int) -> "Walk":
        self.own_order, self.prevented_lots = maker, lots
        return self.ended(End.PREVENTED)


def is_own(state: State, order: Order, maker: Order) -> bool:
    """Whether the maker is an order that this one is not to trade with."""
    if order.prevention == SelfTradePrevention.NONE:
        return order.account == maker.account
    return state.accounts[order.account].owner == state.accounts[maker.account].owner


def walk(state: State, market: Market, order: Order, now_us: int, *, whole: bool = False) -> Walk:
    """Goes through what the order would meet; `whole` is the walk of a fill-or-kill order."""
    found = Walk()
    makers = standing(market.opposite(order.side))
    by_amount = order.quote_amount != 0
    # In quote units or in lots.
    left = order.quote_amount if by_amount else order.quantity
    outermost, interruption_reference = outermost_price(market, order.side), market.interruption_reference
    for meetings in count():
        if left == 0:
            return found.ended(End.SATISFIED)
        place = next(makers, None)
        if place is None or not is_in_reach(order, place.order.price, outermost):
            return found.ended(End.EXHAUSTED)
        maker, due = place.order, place.order.is_due(now_us)
        cost_of_lot = market.notional(maker.price, 1) if by_amount else 1
        lots = min(place.shown, left // cost_of_lot)
        if lots == 0 and not due:
            return found.ended(End.SATISFIED)
        if meetings == TRADES_MAX:
            return found.ended(End.BOUNDED)
        if due:
            continue
        if is_own(state, order, maker):
            if not passes_over(order, whole):
                return found.prevented(maker, lots)
            gone = lots if order.prevention == SelfTradePrevention.DECREMENT else 0
            left -= gone
            place.give(gone)
            continue
        after = reference_after(market, interruption_reference, maker.price, now_us)
        if after is None:
            return found.ended(End.EXHAUSTED)
        interruption_reference = after
        found.give(market, maker, lots)
        # Who does not take the whole slice by an amount wants nothing more.
        left = 0 if by_amount and lots < place.shown else left - lots * cost_of_lot
        place.give(lots)
    raise AssertionError("a walk has an end")


def is_in_reach(order: Order, price: int, outermost: int | None) -> bool:
    return order.crosses(price) and not is_outside(order.side, price, outermost)


def passes_over(order: Order, whole: bool) -> bool:
    """Whether a walk goes on behind an own order."""
    if order.prevention == SelfTradePrevention.DECREMENT:
        return not whole
    return order.prevention == SelfTradePrevention.CANCEL_OLDEST
