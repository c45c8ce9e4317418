"""A book at the prices of now, in figures: what each position and all of it come to."""

from __future__ import annotations

from typing import NamedTuple

from cse.domain.limits import PPM
from cse.domain.money import divide_to_nearest
from cse.portfolio.book import Book, Position
from cse.portfolio.costs import CostMethod, added
from cse.portfolio.prices import Prices


class Figures(NamedTuple):
    """Of one position or of all, in units of money; None where it is not known.

    `cost`, `unrealised` and `realised` of money itself are 0.
    """

    value: int | None
    cost: int | None
    realised: int | None
    fees: int | None
    creator_share: int | None

    @property
    def unrealised(self) -> int | None:
        """What the value is above the cost."""
        return None if self.value is None or self.cost is None else self.value - self.cost


class Held(NamedTuple):
    """A position and its figures."""

    asset: int
    units: int
    figures: Figures


class Summary(NamedTuple):
    """All positions, the most valuable first and money last, and what they come to.

    `unpriced` are assets that are held and have no price, and `priced` is what all others are worth.
    """

    positions: list[Held]
    unpriced: list[int]
    priced: int
    total: Figures
    unrealised: int | None
    gain: int | None


def summary_of(book: Book, method: CostMethod, prices: Prices) -> Summary:
    """The book's figures under one method."""
    held = [
        Held(asset, position.units, _figures(book, asset, position, method, prices))
        for asset, position in book.positions.items()
    ]
    held.sort(key=lambda one: (one.asset == book.money, -(one.figures.value or 0), one.asset))
    total = Figures(0, 0, 0, 0, 0)
    unrealised: int | None = 0
    for one in held:
        total = Figures(*map(added, total, one.figures))
        unrealised = added(unrealised, 0 if one.asset == book.money else one.figures.unrealised)
    gain = None
    if total.value is not None and book.put_in is not None and book.taken_out is not None:
        gain = total.value - book.put_in + book.taken_out
    unpriced = [one.asset for one in held if one.figures.value is None]
    priced = sum(one.figures.value or 0 for one in held)
    return Summary(held, unpriced, priced, total, unrealised, gain)


def part_ppm(part: int | None, whole: int | None) -> int | None:
    """A part of a whole in parts per million; None where either is unknown or there is no whole."""
    if part is None or whole is None or whole <= 0:
        return None
    return divide_to_nearest(part * PPM, whole)


def _figures(book: Book, asset: int, position: Position, method: CostMethod, prices: Prices) -> Figures:
    value = prices.worth(asset, position.units) if position.units else 0
    cost = position.costings[method].cost
    return Figures(value, cost, position.realised[method], position.fees, position.creator_share)
