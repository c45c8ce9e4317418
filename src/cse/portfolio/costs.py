"""What units of an asset cost, by the method that says which of them leave first.

Costs are whole units of the asset that all is valued in, or None where nobody knows them. A lot is what
came in at once. Of a lot of `quantity` units that cost `cost`, the first `n` to leave take
`cost * n // quantity` with them: over its life a lot is rounded down once, however it is split, and all
of its cost leaves with its last unit.

How many lots there are is bounded. Where there is no room for another, two that would leave last become
one, whose units are alike: first in first out these are the two that came last, last in first out those
that came first.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from enum import Enum
from typing import Final, TypeAlias

# As it is kept: quantity, cost, taken.
Kept: TypeAlias = "tuple[int, int | None, int]"


# With so many lots a book of an asset is a few hundred kilobytes, and is read and written in milliseconds.
LOTS_MAX: Final = 5_000


class CostMethod(Enum):
    """Which units are taken to leave first."""

    AVERAGE = "average"
    """Each unit costs what the units held cost on average."""
    FIFO = "fifo"
    """Those that came first."""
    LIFO = "lifo"
    """Those that came last."""


def added(one: int | None, other: int | None) -> int | None:
    """The sum; not known where either is not."""
    return None if one is None or other is None else one + other


class Lot:
    """Units that came in at once, of which `taken` have left."""

    __slots__ = ("cost", "quantity", "taken")

    def __init__(self, quantity: int, cost: int | None, taken: int = 0) -> None:
        self.quantity = quantity
        self.cost = cost
        self.taken = taken

    @property
    def left(self) -> int:
        """How many units are still here."""
        return self.quantity - self.taken

    @property
    def cost_left(self) -> int | None:
        """What they cost."""
        return None if self.cost is None else self.cost - self.cost * self.taken // self.quantity

    def take(self, units: int) -> int | None:
        """Takes units away; what they cost."""
        before = self.cost_left
        self.taken += units
        after = self.cost_left
        return None if before is None or after is None else before - after


class Costing:
    """The lots of an asset under one method."""

    def __init__(self, method: CostMethod, lots: Iterable[Kept] = ()) -> None:
        self.method = method
        self._lots = deque(Lot(*kept) for kept in lots)
        self._cost = sum(lot.cost_left or 0 for lot in self._lots)
        self._unknown = sum(lot.left for lot in self._lots if lot.cost is None)

    @property
    def cost(self) -> int | None:
        """What all units that are here cost; None where that is not known of some."""
        return None if self._unknown else self._cost

    def kept(self) -> list[Kept]:
        """The lots, for `Costing` to begin with again."""
        return [(lot.quantity, lot.cost, lot.taken) for lot in self._lots]

    def bring(self, units: int, cost: int | None) -> None:
        """Adds units that came in at a cost."""
        room = 1 if self.method is CostMethod.AVERAGE else LOTS_MAX
        if len(self._lots) >= room:
            if self.method is CostMethod.LIFO:
                first, second = self._taken_out(0), self._taken_out(0)
                self._put(0, first.left + second.left, added(first.cost_left, second.cost_left))
            else:
                # By the average method all units are alike: there is one lot, which begins anew.
                last = self._taken_out(-1)
                units, cost = last.left + units, added(last.cost_left, cost)
        self._put(len(self._lots), units, cost)

    def take(self, units: int) -> int | None:
        """Takes units away; what they cost, None where that is not known of some.

        Raises:
            IndexError: there are not so many.
        """
        cost: int | None = 0
        end = -1 if self.method is CostMethod.LIFO else 0
        while units:
            lot = self._lots[end]
            part = min(units, lot.left)
            self._count(lot, -1)
            cost = added(cost, lot.take(part))
            self._count(lot, 1)
            units -= part
            if not lot.left:
                del self._lots[end]
        return cost

    def _put(self, place: int, units: int, cost: int | None) -> None:
        self._lots.insert(place, Lot(units, cost))
        self._count(self._lots[place], 1)

    def _taken_out(self, place: int) -> Lot:
        lot = self._lots[place]
        del self._lots[place]
        self._count(lot, -1)
        return lot

    def _count(self, lot: Lot, sign: int) -> None:
        cost = lot.cost_left
        if cost is None:
            self._unknown += sign * lot.left
        else:
            self._cost += sign * cost
