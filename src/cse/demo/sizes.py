"""How large orders are: mostly ordinary, now and then very large; and rounded as people round."""

from __future__ import annotations

import math
from random import Random
from typing import Final

_BODY_DEVIATION: Final = 1.05
_TAIL_SHARE: Final = 0.045
_TAIL_EXPONENT: Final = 1.35
_TAIL_BEGIN: Final = 4.0
_LARGEST: Final = 160.0
_ROUNDED_SHARE: Final = 0.4
_LEVEL_DEVIATION: Final = 0.75


def order_notional(ordinary: float, random: Random) -> float:
    """Quote of an incoming order. Beyond four times the ordinary the tail falls as a power."""
    if random.random() < _TAIL_SHARE:
        return ordinary * min(_TAIL_BEGIN * random.paretovariate(_TAIL_EXPONENT), _LARGEST)
    return ordinary * min(random.lognormvariate(0.0, _BODY_DEVIATION), _LARGEST)


def level_notional(ordinary: float, distance: int, random: Random) -> float:
    """Quote that rests at the level so many levels from the best: more lies further behind."""
    return ordinary * (0.55 + 0.09 * min(distance, 12)) * random.lognormvariate(0.0, _LEVEL_DEVIATION)


def lots_for(notional: float, price: float, lot: float, least: float, random: Random) -> int:
    """Lots that come to about `notional` and at least to `least`, often a round number of them."""
    lots = max(int(max(notional, least * 1.05) / (price * lot)), 1)
    if random.random() < _ROUNDED_SHARE:
        lots = rounded(lots)
    floor = math.ceil(least * 1.02 / (price * lot))
    return max(lots, floor)


def rounded(lots: int) -> int:
    """A number that a person would write: its first two digits, or the nearest half of the first."""
    if lots < 100:
        return lots
    scale: int = 10 ** (len(str(lots)) - 1)
    half = scale // 2
    return max((lots + half // 2) // half * half, half)
