"""When people trade: by the time of day, in moods of an hour, in bursts and lulls of minutes."""

from __future__ import annotations

import math
from random import Random
from typing import Final

HOUR_S: Final = 3_600.0
_MOOD_HALF_LIFE_S: Final = 2_700.0
_MOOD_DEVIATION: Final = 0.28
# exp(2 x 0.85) is fivefold between the busiest hour and the quietest; moods and news do the rest.
_DAY_AMPLITUDE: Final = 0.85
# The mean of exp(0.85 cos x) over a day, and of the moods; what is divided by it has a mean of one.
_DAY_MEAN: Final = 1.189
_MOOD_MEAN: Final = math.exp(_MOOD_DEVIATION**2 / 2)
# Factor, mean seconds, and how likely it follows.
_SPELLS: Final = ((1.0, 420.0, 0.5), (0.3, 200.0, 0.3), (4.0, 45.0, 0.2))
_SPELL_WEIGHTS: Final = tuple(weight for _, _, weight in _SPELLS)
_SPELL_MEAN: Final = sum(factor * length_s * weight for factor, length_s, weight in _SPELLS) / sum(
    length_s * weight for _, length_s, weight in _SPELLS
)


class Rhythm:
    """How many trades an hour a market has now."""

    def __init__(self, trades_per_hour: float, busiest_hour: float, random: Random) -> None:
        self._base = trades_per_hour / (_DAY_MEAN * _MOOD_MEAN * _SPELL_MEAN)
        self._busiest_hour = busiest_hour
        self._random = random
        self._mood = random.gauss(0.0, _MOOD_DEVIATION)
        self._spell = 1.0
        self._spell_left_s = 0.0

    def step(self, time_s: float, elapsed_s: float, heat: float = 0.0) -> float:
        """Trades an hour after `elapsed_s` more, at a Unix time; `heat` is what news adds."""
        random = self._random
        kept = 0.5 ** (elapsed_s / _MOOD_HALF_LIFE_S)
        self._mood = self._mood * kept + random.gauss(0.0, math.sqrt(1.0 - kept * kept) * _MOOD_DEVIATION)
        self._spell_left_s -= elapsed_s
        if self._spell_left_s <= 0.0:
            self._spell, length_s, _ = random.choices(_SPELLS, _SPELL_WEIGHTS)[0]
            self._spell_left_s = random.expovariate(1.0 / length_s)
        hour = time_s / HOUR_S - self._busiest_hour
        day = math.exp(_DAY_AMPLITUDE * math.cos(hour * math.pi / 12.0))
        return self._base * day * math.exp(self._mood) * self._spell * (1.0 + heat)


def poisson(expected: float, random: Random) -> int:
    """How often something happens that is expected so often, a small number."""
    bound, product, count = math.exp(-expected), random.random(), 0
    while product > bound:
        product *= random.random()
        count += 1
    return count
