"""Going through the opposite side as the exchange would.

Levels stand for the orders in them: fees run over the whole of an order's notional, so it makes no
difference how the lots of a level are spread.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from cse_client.market import Market
from cse_client.models import Side
from cse_client.quote.fees import taker_buy_notional

# A price in ticks, and the lots that rest there.
Level: TypeAlias = tuple[int, int]


class BookSides(Protocol):
    """Both sides of a book, best first."""

    @property
    def bids(self) -> Sequence[Level]: ...

    @property
    def asks(self) -> Sequence[Level]: ...


class Walk(NamedTuple):
    """What an order would take; `exhausted` says that it ended for want of orders."""

    fills: tuple[Level, ...]
    lots: int
    notional: int
    exhausted: bool


def opposite(book: BookSides | None, side: Side) -> Sequence[Level]:
    """The levels that an order of `side` trades with, none where there is no book."""
    if book is None:
        return ()
    return book.asks if side == "buy" else book.bids


def walk_lots(
    levels: Sequence[Level], lots: int, side: Side, market: Market, limit: int | None = None
) -> Walk:
    """At most `lots`, at prices no worse than `limit` where there is one."""

    def wanted(price: int, taken: int, _: int) -> int:
        crosses = limit is None or (price <= limit if side == "buy" else price >= limit)
        return lots - taken if crosses else 0

    return _walk(levels, market, wanted)


def walk_spend(levels: Sequence[Level], amount: int, market: Market) -> Walk:
    """What a market buy gets for `amount` quote units, the fee included."""
    return walk_proceeds(levels, taker_buy_notional(amount, market), market)


def walk_proceeds(levels: Sequence[Level], amount: int, market: Market) -> Walk:
    """What a market sell gives for `amount` quote units before its fee."""
    return _walk(
        levels, market, lambda price, _, notional: (amount - notional) // (price * market.tick_lot_units)
    )


def _walk(levels: Sequence[Level], market: Market, wanted_of: Callable[[int, int, int], int]) -> Walk:
    """Takes from each level what is wanted of it, until one gives less than it has.

    `wanted_of` tells how many lots, from the price and from the lots and the notional so far.
    """
    fills: list[Level] = []
    lots = notional = 0
    for price, resting in levels:
        wanted = wanted_of(price, lots, notional)
        quantity = min(wanted, resting)
        if quantity > 0:
            fills.append((price, quantity))
            lots += quantity
            notional += market.notional(price, quantity)
        if wanted <= resting:
            return Walk(tuple(fills), lots, notional, exhausted=False)
    return Walk(tuple(fills), lots, notional, exhausted=True)
