"""How an account did: what it gained, its return by time, and how far it fell.

Money that came in or left is no gain. The return by time puts together how the account did between one
flow and the next, each stretch by what was in it then, so that it does not matter when how much was put
in. It is rounded to parts per million in the last step.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final, NamedTuple

from cse.domain.limits import PPM
from cse.domain.money import divide_to_nearest

# Units of what all is valued in: with less than a hundredth of a dollar an account has nothing in it, for
# of the last unit half a unit is half of everything.
DUST: Final = 10_000
# Fractions of many flows grow without end; at each flow they are cut to so many places.
_SCALE: Final = 10**40


class Point(NamedTuple):
    """What an account was worth at a time; None where something had no price."""

    time_us: int
    worth: int | None


class Flow(NamedTuple):
    """What a transfer brought, below zero took away: units, what they were worth, and the account before."""

    time_us: int
    asset: int
    units: int
    worth: int | None
    worth_before: int | None


class Fall(NamedTuple):
    """The deepest fall from a height, deposits excluded, in parts per million; 0 where it never fell."""

    ppm: int
    from_us: int
    to_us: int


class Returns(NamedTuple):
    """What became of an account over a stretch: in money, by time, and how far it fell and is below now."""

    gain: int | None
    ppm: int | None
    deepest: Fall | None
    now_ppm: int | None


UNKNOWN: Final = Returns(None, None, None, None)


def returns_of(points: Sequence[Point], flows: Sequence[Flow]) -> Returns:
    """The returns from the first point to the last; `flows` are those after the first, both ascending.

    All of it is unknown where a point's or a flow's worth is.
    """
    if not points or any(point.worth is None for point in points):
        return UNKNOWN
    if any(flow.worth is None or flow.worth_before is None for flow in flows):
        return UNKNOWN
    walk = _Walk(points[0])
    waiting = iter(flows)
    flow = next(waiting, None)
    for point in points[1:]:
        while flow is not None and flow.time_us < point.time_us:
            walk.pass_flow(flow)
            flow = next(waiting, None)
        walk.reach(point)
    while flow is not None:
        walk.pass_flow(flow)
        flow = next(waiting, None)
    first, last = points[0].worth or 0, points[-1].worth or 0
    gain = last - first - sum(one.worth or 0 for one in flows)
    return Returns(gain, _ppm(walk.index - 1), walk.deepest, _ppm(walk.index / walk.height - 1))


class _Walk:
    """Follows the index of an account, which begins at 1, over points and flows."""

    def __init__(self, start: Point) -> None:
        # The index at the last flow, and what the account was worth right after it.
        self._before = Fraction(1)
        self._base = start.worth or 0
        self.index = Fraction(1)
        self.height = Fraction(1)
        self._height_us = start.time_us
        self.deepest = Fall(0, start.time_us, start.time_us)

    def reach(self, point: Point) -> None:
        """Goes on to a point."""
        self._move(point.worth or 0, point.time_us)

    def pass_flow(self, flow: Flow) -> None:
        """Goes up to a flow, and begins a stretch behind it."""
        before = flow.worth_before or 0
        self._move(before, flow.time_us)
        self._before = Fraction(round(self.index * _SCALE), _SCALE)
        self._base = before + (flow.worth or 0)

    def _move(self, worth: int, time_us: int) -> None:
        # An account without anything in it does neither well nor badly.
        self.index = self._before * Fraction(worth, self._base) if self._base >= DUST else self._before
        if self.index >= self.height:
            self.height, self._height_us = self.index, time_us
        elif self.height and (fall := _ppm(self.index / self.height - 1)) < self.deepest.ppm:
            self.deepest = Fall(fall, self._height_us, time_us)


def _ppm(part: Fraction) -> int:
    return divide_to_nearest(part.numerator * PPM, part.denominator)
