"""A flow of orders: the steps it is made of, and a seeded generator of one.

The generator uses integers only and its own random numbers, so that a seed gives the same flow on
every machine and under every version of Python.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from typing import Literal, NamedTuple

Side = Literal["buy", "sell"]

_FIRST_MID_TICKS = 23_600
_LOWEST_MID_TICKS = _FIRST_MID_TICKS // 2
_HIGHEST_MID_TICKS = _FIRST_MID_TICKS * 2
_LIFE_DOUBLINGS_MAX = 11
_QUANTITY_DOUBLINGS_MAX = 9
_SMALLEST_QUANTITY_LOTS = 500
_LARGEST_GAP_MS = 700
_WORD = (1 << 64) - 1


class Place(NamedTuple):
    """A limit order, good till cancelled. `key` is the flow's own name for it."""

    at_ms: int
    key: int
    side: Side
    price_ticks: int
    quantity_lots: int


class Cancel(NamedTuple):
    """The order placed as `key` is cancelled, if it is still open."""

    at_ms: int
    key: int


Step = Place | Cancel


class SplitMix64:
    """Steele, Lea and Flood's generator of 64-bit words."""

    def __init__(self, seed: int) -> None:
        self._state = seed & _WORD

    def word(self) -> int:
        self._state = (self._state + 0x9E3779B97F4A7C15) & _WORD
        mixed = self._state
        mixed = ((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9) & _WORD
        mixed = ((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB) & _WORD
        return mixed ^ (mixed >> 31)

    def below(self, bound: int) -> int:
        """A number from 0 up to and without `bound`; the bias is below bound / 2^64."""
        return (self.word() * bound) >> 64

    def doubling(self, doublings_max: int) -> int:
        """A number from 1 below 2^(doublings_max + 1), each power of two as likely as the next."""
        power = 1 << self.below(doublings_max + 1)
        return power + self.below(power)


def generate(seed: int, count: int) -> Iterator[Step]:
    """Gives `count` steps of one market: about half cancels, a few in a hundred orders marketable.

    Orders live from one step to some thousands, short lives being the common ones. Prices stand
    around a mid that wanders, sizes reach over three orders of magnitude. The generator does not
    know what has traded, so a few of its cancels miss.
    """
    random = SplitMix64(seed)
    mid_ticks = _FIRST_MID_TICKS
    at_ms = 0
    key = 0
    deaths: list[tuple[int, int]] = []
    for step in range(count):
        at_ms += random.below(_LARGEST_GAP_MS)
        if deaths and deaths[0][0] <= step:
            yield Cancel(at_ms, heapq.heappop(deaths)[1])
            continue
        mid_ticks = _wander(random, mid_ticks)
        key += 1
        order, rests = _order(random, mid_ticks, at_ms, key)
        if rests:
            heapq.heappush(deaths, (step + random.doubling(_LIFE_DOUBLINGS_MAX), key))
        yield order


def _wander(random: SplitMix64, mid_ticks: int) -> int:
    if random.below(8):
        return mid_ticks
    moved = mid_ticks + random.below(5) - 2
    return min(max(moved, _LOWEST_MID_TICKS), _HIGHEST_MID_TICKS)


def _order(random: SplitMix64, mid_ticks: int, at_ms: int, key: int) -> tuple[Place, bool]:
    """An order near the mid, and whether it is meant to rest."""
    side: Side = "buy" if random.below(10) < 6 else "sell"
    marketable = random.below(100) < 2
    distance_ticks = -20 - random.below(40) if marketable else 10 + random.doubling(8)
    quantity_lots = _SMALLEST_QUANTITY_LOTS * random.doubling(_QUANTITY_DOUBLINGS_MAX)
    if random.below(3):
        quantity_lots += random.below(_SMALLEST_QUANTITY_LOTS)
    price_ticks = mid_ticks - distance_ticks if side == "buy" else mid_ticks + distance_ticks
    return Place(at_ms, key, side, price_ticks, quantity_lots), not marketable
