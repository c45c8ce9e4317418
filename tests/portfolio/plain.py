"""The plainest costs: every unit of an asset by itself, or whole histories in fractions, and no lots.

It shares nothing with the book. Values are None where nobody knows them.
"""

from __future__ import annotations

from fractions import Fraction
from math import floor
from typing import NamedTuple


class Step(NamedTuple):
    """Units of one asset that came for a value, or left for one where `units` is below zero."""

    units: int
    value: int | None


class Came(NamedTuple):
    """Of what came: how much, its cost, and how much of it has left."""

    units: int
    cost: int | None
    gone: int

    @property
    def cost_gone(self) -> int | None:
        """What of its cost is gone, a part of a unit of money staying behind."""
        return None if self.cost is None else floor(Fraction(self.cost * self.gone, self.units))


class Plain(NamedTuple):
    """What is left, its cost, and what was gained."""

    units: int
    cost: int | None
    realised: int | None


def fifo(steps: list[Step]) -> Plain:
    """What left is one stretch from the beginning of all that came."""
    came, left = _split(steps)
    gone, found, begin = sum(one.units for one in left), [], 0
    for one in came:
        found.append(Came(one.units, one.value, max(0, min(one.units, gone - begin))))
        begin += one.units
    return _plain(found, left)


def lifo(steps: list[Step]) -> Plain:
    """Units stand on each other; each knows with which step it came."""
    came, left = _split(steps)
    pile: list[list[int]] = []
    gone = [0] * len(came)
    number = 0
    for step in steps:
        if step.units > 0:
            pile.append([number, step.units])
            number += 1
            continue
        wanted = -step.units
        while wanted:
            taken = min(wanted, pile[-1][1])
            gone[pile[-1][0]] += taken
            pile[-1][1] -= taken
            wanted -= taken
            if not pile[-1][1]:
                pile.pop()
    found = [Came(one.units, one.value, much) for one, much in zip(came, gone, strict=True)]
    return _plain(found, left)


def average(steps: list[Step]) -> Plain:
    """One price for all, which changes with whatever comes; a part of a unit of money stays behind."""
    _, left = _split(steps)
    units, cost, price, taken = 0, 0, Fraction(0), 0
    cost_gone, knows, sold_unknown = 0, True, False
    for step in steps:
        if step.units > 0:
            gone = floor(price * taken)
            cost_gone += gone
            # With nothing left, whether earlier costs were known does not matter any more.
            knows = (knows or units == 0) and step.value is not None
            units, cost, taken = units + step.units, cost - gone + (step.value or 0), 0
            price = Fraction(cost, units)
            if not knows:
                cost, price = 0, Fraction(0)
        else:
            taken -= step.units
            units += step.units
            sold_unknown |= not knows
            if units == 0:
                cost_gone += floor(price * taken)
                cost, price, taken = 0, Fraction(0), 0
    held_cost = cost - floor(price * taken)
    cost_gone += floor(price * taken)
    worths = [one.value for one in left]
    proceeds = sum(worth for worth in worths if worth is not None)
    is_known = not sold_unknown and None not in worths
    return Plain(
        units, held_cost if knows or units == 0 else None, proceeds - cost_gone if is_known else None
    )


def _split(steps: list[Step]) -> tuple[list[Step], list[Step]]:
    came = [step for step in steps if step.units > 0]
    left = [Step(-step.units, step.value) for step in steps if step.units < 0]
    return came, left


def _plain(came: list[Came], left: list[Step]) -> Plain:
    held = [one for one in came if one.gone < one.units]
    gone = [one for one in came if one.gone]
    cost, cost_gone = 0, 0
    for one in came:
        cost += (one.cost or 0) - (one.cost_gone or 0)
        cost_gone += one.cost_gone or 0
    proceeds = [one.value for one in left]
    is_known = all(one.cost is not None for one in gone) and None not in proceeds
    return Plain(
        sum(one.units - one.gone for one in came),
        cost if all(one.cost is not None for one in held) else None,
        sum(one for one in proceeds if one is not None) - cost_gone if is_known else None,
    )
