"""How takers decide, in the past as now: which side, and whether one follows another at once."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random
from typing import Final

FOLLOWER_SHARE: Final = 0.3
"""How many of all takers follow another within moments."""
_FOLLOWER_PAUSE_LEAST_S: Final = 0.04
_FOLLOWER_PAUSE_S: Final = 1.3
# How strongly they go after the price that they have in mind, and after the one before them.
_PULL: Final = 0.36
_HABIT: Final = 0.09
# So many spreads from the last trade the pull is almost whole.
_PULL_SPREADS: Final = 1.5


def is_followed(random: Random) -> bool:
    """Whether another one comes at once."""
    return random.random() < FOLLOWER_SHARE


def follower_pause_s(random: Random) -> float:
    """After how long that one comes."""
    return _FOLLOWER_PAUSE_LEAST_S + random.expovariate(1.0 / _FOLLOWER_PAUSE_S)


@dataclass(slots=True)
class LastTake:
    """What the taker before did: prices in ticks."""

    ticks: float
    is_buy: bool = True

    def next_is_buy(self, fair_ticks: float, width_ticks: int, random: Random) -> bool:
        """Takers follow the price that they have in mind, and one another."""
        pull = math.tanh((fair_ticks - self.ticks) / (_PULL_SPREADS * width_ticks + 1.0))
        habit = _HABIT if self.is_buy else -_HABIT
        return random.random() < 0.5 + _PULL * pull + habit
