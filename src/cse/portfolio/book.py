"""An account's book: what it holds at which cost, what it gained and paid, by every method at once.

All values are whole units of one asset, in which a unit of it is worth one. What comes in costs what it
was paid with; what a transfer brings costs what it was worth then. Whatever leaves does so for what was
paid for it, or for what it was worth. Fees stand beside, in no cost and no gain, so that always

    worth now - put in + taken out = unrealised + realised - fees + creator share

holds to the unit, where all of it is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from cse.portfolio.costs import Costing, CostMethod, added
from cse.portfolio.postings import Exchanged, FeePaid, Moved, Posting, ShareReceived

# What units of an asset are worth at the moment at hand; None where there is no price.
Worth: TypeAlias = Callable[[int, int], "int | None"]
# The form in which books are kept; those of another are made anew.
VERSION: Final = 3


class Position:
    """What an account has of one asset, and what came of it so far."""

    __slots__ = ("costings", "creator_share", "fees", "realised", "units")

    def __init__(self) -> None:
        self.units = 0
        self.costings = {method: Costing(method) for method in CostMethod}
        self.realised: dict[CostMethod, int | None] = dict.fromkeys(CostMethod, 0)
        self.fees: int | None = 0
        self.creator_share: int | None = 0

    def bring(self, units: int, cost: int | None) -> None:
        """Adds units at a cost."""
        self.units += units
        for costing in self.costings.values():
            costing.bring(units, cost)

    def take(self, units: int, proceeds: int | None) -> None:
        """Takes units away for what they brought: the difference to their cost is realised."""
        self.units -= units
        for method, costing in self.costings.items():
            cost = costing.take(units)
            gain = None if cost is None or proceeds is None else proceeds - cost
            self.realised[method] = added(self.realised[method], gain)

    def kept(self) -> dict[str, Any]:
        """The position as plain values."""
        return {
            "units": self.units,
            "lots": {method.value: costing.kept() for method, costing in self.costings.items()},
            "realised": {method.value: gain for method, gain in self.realised.items()},
            "fees": self.fees,
            "creator_share": self.creator_share,
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Position:
        """The position that was kept."""
        position = cls()
        position.units, position.fees = kept["units"], kept["fees"]
        position.creator_share = kept["creator_share"]
        for method in CostMethod:
            position.costings[method] = Costing(method, kept["lots"][method.value])
            position.realised[method] = kept["realised"][method.value]
        return position


class Book:
    """The positions of an account, and what was put in and taken out; `money` is what all is valued in."""

    def __init__(self, money: int) -> None:
        self.money = money
        self.positions: dict[int, Position] = {}
        self.put_in: int | None = 0
        self.taken_out: int | None = 0
        self.since_us = 0
        """When the first transfer came; 0 before."""

    def post(self, posting: Posting, worth: Worth) -> None:
        """Adds what happened."""
        if isinstance(posting, Exchanged):
            self._exchange(posting, worth)
        elif isinstance(posting, FeePaid):
            value = worth(posting.asset, abs(posting.units))
            signed = value if value is None or posting.units > 0 else -value
            position = self._position(posting.base)
            position.fees = added(position.fees, signed)
            self._move(posting.asset, -posting.units, value)
        elif isinstance(posting, ShareReceived):
            value = worth(posting.asset, posting.units)
            position = self._position(posting.base)
            position.creator_share = added(position.creator_share, value)
            self._move(posting.asset, posting.units, value)
        else:
            self._transfer(posting, worth)

    def worth(self, worth: Worth) -> int | None:
        """What all of it is worth; None where something has no price."""
        total: int | None = 0
        for asset, position in self.positions.items():
            if position.units:
                total = added(total, worth(asset, position.units))
        return total

    def kept(self) -> dict[str, Any]:
        """The book as plain values, for `of`."""
        return {
            "money": self.money,
            "put_in": self.put_in,
            "taken_out": self.taken_out,
            "since_us": self.since_us,
            "positions": {str(asset): position.kept() for asset, position in self.positions.items()},
        }

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Book:
        """The book that was kept."""
        book = cls(kept["money"])
        book.put_in, book.taken_out = kept["put_in"], kept["taken_out"]
        book.since_us = kept["since_us"]
        book.positions = {int(asset): Position.of(one) for asset, one in kept["positions"].items()}
        return book

    def _exchange(self, posting: Exchanged, worth: Worth) -> None:
        # Money itself says what both sides were worth; between two others what was paid with does.
        if posting.came == self.money:
            value: int | None = posting.came_units
        elif posting.left == self.money:
            value = posting.left_units
        else:
            value = worth(posting.left, posting.left_units)
        self._move(posting.left, -posting.left_units, value)
        self._move(posting.came, posting.came_units, value)

    def _transfer(self, posting: Moved, worth: Worth) -> None:
        value = worth(posting.asset, abs(posting.units))
        if posting.units > 0:
            self.put_in = added(self.put_in, value)
        else:
            self.taken_out = added(self.taken_out, value)
        self._move(posting.asset, posting.units, value)

    def _move(self, asset: int, units: int, value: int | None) -> None:
        position = self._position(asset)
        if asset == self.money:
            # It costs what it is, and gains nothing.
            position.units += units
        elif units > 0:
            position.bring(units, value)
        elif units:
            position.take(-units, value)

    def _position(self, asset: int) -> Position:
        return self.positions.setdefault(asset, Position())
