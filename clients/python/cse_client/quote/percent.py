"""How much a part of the balance is good for."""

from __future__ import annotations

from typing import Literal

from cse_client.market import Market
from cse_client.models import Side
from cse_client.quote.estimate import Available
from cse_client.quote.fees import limit_buy_notional
from cse_client.quote.walk import BookSides, opposite, walk_spend

_WHOLE_BASIS_POINTS = 10_000


def quantity_for_percent(
    basis_points: int,
    side: Side,
    type: Literal["limit", "market"],  # noqa: A002
    price: int | None,
    book: BookSides | None,
    market: Market,
    available: Available | None,
) -> int:
    """Lots that hundredths of a percent of the free balance are good for, with room for fees.

    Rounded down to the lot. Zero where the price, the book or the balance is not known.
    """
    if available is None:
        return 0
    share = min(max(basis_points, 0), _WHOLE_BASIS_POINTS)
    return min(_lots(share, side, type, price, book, market, available), market.max_quantity)


def _lots(
    share: int,
    side: Side,
    type: Literal["limit", "market"],  # noqa: A002
    price: int | None,
    book: BookSides | None,
    market: Market,
    available: Available,
) -> int:
    if side == "sell":
        return max(available.base, 0) * share // _WHOLE_BASIS_POINTS // market.lot_size
    budget = max(available.quote, 0) * share // _WHOLE_BASIS_POINTS
    if type == "market":
        return walk_spend(opposite(book, side), budget, market).lots
    if not price or price < 1:
        return 0
    return limit_buy_notional(budget, market) // market.notional(price, 1)
