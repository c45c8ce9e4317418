"""One maker's orders on both sides of one market: which of them have to go, and which are missing.

No input or output here, and no clock. A maker has a part of the book: some quote close to the
middle and change their minds within seconds, others lie far behind for hours.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final, NamedTuple

from cse.demo.robots.mind import Best
from cse_client.models import Side

LEVELS: Final = 30
"""Levels that all makers together keep on each side."""
# How far behind the best price the last level is, as a part of the price.
_REACH: Final = 0.016
_BEND: Final = 1.8
_LIFE_MIN_S: Final = 0.12
_LIFE_MAX_S: Final = 8 * 3_600.0
# A side has at most so many orders a level.
_CROWDED: Final = 1.8
_SIDES: Final[tuple[Side, Side]] = ("buy", "sell")


class Role(NamedTuple):
    """A part of the book: its levels, and how long its orders ordinarily live."""

    name: str
    first_level: int
    end_level: int
    life_s: float
    life_deviation: float


NEAR: Final = Role("near", 0, 4, 11.0, 1.6)
MIDDLE: Final = Role("middle", 4, 12, 240.0, 1.3)
FAR: Final = Role("far", 12, LEVELS, 2_700.0, 1.4)
ROLES: Final = (NEAR, MIDDLE, FAR)


@dataclass(slots=True)
class Resting:
    """An order of ours, as far as we know; `dies_at_s` is when its owner thinks better of it."""

    order_id: str
    side: Side
    ticks: int
    lots: int
    placed_at_s: float
    dies_at_s: float


class Wanted(NamedTuple):
    """An order that is missing: `level` counts from the best price."""

    side: Side
    ticks: int
    level: int


def distances(price_ticks: float) -> tuple[int, ...]:
    """How many ticks behind the best price each level begins: one apart at first, then ever further."""
    last = LEVELS - 1
    bend = max(_REACH * price_ticks - last, 0.0) / last**_BEND
    return tuple(level + round(bend * level**_BEND) for level in range(LEVELS + 1))


@dataclass(slots=True)
class Ladder:
    """One maker's orders in one market."""

    role: Role
    random: Random
    orders: dict[str, Resting] = field(default_factory=dict)

    def add(self, order: Resting) -> None:
        """Notes an order that rests now."""
        self.orders[order.order_id] = order

    def drop(self, order_id: str) -> None:
        """Forgets an order that does not rest any more."""
        self.orders.pop(order_id, None)

    def new_life_s(self) -> float:
        """How long a new order shall live: most not long, some for hours."""
        life_s = self.role.life_s * self.random.lognormvariate(0.0, self.role.life_deviation)
        return min(max(life_s, _LIFE_MIN_S), _LIFE_MAX_S)

    def endangered(self, fair_ticks: float) -> list[Resting]:
        """Orders on the wrong side of the fair price: who leaves them there gives money away."""
        return [
            order
            for order in self.orders.values()
            if (order.ticks > fair_ticks - 0.3 if order.side == "buy" else order.ticks < fair_ticks + 0.3)
        ]

    def outlived(self, best: Best, now_s: float) -> list[Resting]:
        """Orders whose time is over, that the price has left too far behind, or that are too many.

        Those whose time is over first stand first.
        """
        reach = distances((best.bid + best.ask) / 2)
        too_far = reach[self.role.end_level] * 1.5 + 6
        soonest = sorted(self.orders.values(), key=lambda order: order.dies_at_s)
        # A price that goes back and forth leaves ever more orders behind; nobody keeps all of them.
        crowd = {side: self._surplus(side) for side in _SIDES}
        found = []
        for order in soonest:
            if order.dies_at_s <= now_s or _distance(order, best) > too_far or crowd[order.side] > 0:
                crowd[order.side] -= 1
                found.append(order)
        return found

    def _surplus(self, side: Side) -> int:
        """How many orders a side has above what its levels make bearable."""
        levels = self.role.end_level - self.role.first_level
        count = sum(order.side == side for order in self.orders.values())
        return count - math.ceil(_CROWDED * levels)

    def missing(self, best: Best) -> list[Wanted]:
        """A price for each level of the role that has no order of ours, the best levels first."""
        reach = distances((best.bid + best.ask) / 2)
        taken = {"buy": set[int](), "sell": set[int]()}
        for order in self.orders.values():
            # One that stands before the best price that we mean counts as the best.
            level = bisect_right(reach, max(_distance(order, best), 0)) - 1
            taken[order.side].add(level)
        return [
            self._wanted(side, level, reach, best)
            for level in range(self.role.first_level, self.role.end_level)
            for side in self._sides()
            if level not in taken[side]
        ]

    @property
    def is_full(self) -> bool:
        """Whether each side has about as many orders as levels; some are always missing."""
        levels = self.role.end_level - self.role.first_level
        counts = [sum(order.side == side for order in self.orders.values()) for side in _SIDES]
        return min(counts) >= 0.75 * levels

    def _sides(self) -> Sequence[Side]:
        return _SIDES if self.random.random() < 0.5 else _SIDES[::-1]

    def _wanted(self, side: Side, level: int, reach: tuple[int, ...], best: Best) -> Wanted:
        begin, end = reach[level], reach[level + 1]
        away = begin + int(self.random.random() * (end - begin))
        return Wanted(side, best.bid - away if side == "buy" else best.ask + away, level)


def _distance(order: Resting, best: Best) -> int:
    """Ticks behind the best price; below zero before it."""
    return best.bid - order.ticks if order.side == "buy" else order.ticks - best.ask


class Glimpse(NamedTuple):
    """An order before the best price that its owner takes back after `life_s`."""

    side: Side
    ticks: int
    life_s: float


def glimpse(best: Best, random: Random) -> Glimpse | None:
    """Now and then somebody shows an order inside the spread and takes it back at once."""
    if best.width < 3:
        return None
    step = 1 + int(random.random() * (best.width - 2))
    side = random.choice(_SIDES)
    ticks = best.bid + step if side == "buy" else best.ask - step
    return Glimpse(side, ticks, 0.1 + math.expm1(random.random()))
