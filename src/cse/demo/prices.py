"""The fair price that a market's people have in mind: tempers, changing unrest, and news.

Returns are not those of a plain random walk. A market passes through tempers of hours (calm,
ordinary, climbing, falling, stormy); within them its unrest wanders and comes in clusters; now and
then there is news, which moves the price within minutes, is in part taken back over hours, leaves
unrest behind and brings people in; and opinions of the moment come and go.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from random import Random
from typing import Final, NamedTuple

DAY_S: Final = 86_400.0


class Temper(NamedTuple):
    """Unrest as a factor, drift in daily volatilities a day, hours that it lasts, how likely it is."""

    unrest: float
    drift: float
    hours: float
    weight: float


TEMPERS: Final = (
    Temper(0.65, 0.0, 8.0, 0.28),
    Temper(1.0, 0.0, 7.0, 0.34),
    Temper(1.0, 1.6, 6.0, 0.14),
    Temper(1.05, -1.7, 5.0, 0.13),
    Temper(1.9, 0.0, 2.5, 0.11),
)
_WEIGHTS: Final = tuple(temper.weight for temper in TEMPERS)
_NEWS_A_DAY: Final = 1.8
# How far news moves the price, as a part of the daily volatility; what it adds to unrest and heat.
_NEWS_SIZE: Final = 0.29
_NEWS_UNREST: Final = 0.7
_UNREST_MAX: Final = 1.6
_NEWS_HEAT: Final = 0.6
_NEWS_HEAT_OF_SIZE: Final = 25.0
_HEAT_MAX: Final = 2.5
# News takes minutes to get around. People make too much of it at first: a part is taken back.
_NEWS_HALF_LIFE_S: Final = 330.0
_OVERDONE: Final = 0.6
_OVERDONE_HALF_LIFE_S: Final = 3_000.0
_WOBBLE_HALF_LIFE_S: Final = 140.0
_UNREST_HALF_LIFE_S: Final = 5_400.0
_UNREST_DEVIATION: Final = 0.5
# In so long a price comes back to its home by two thirds.
_RETURN_S: Final = 12.0 * DAY_S
_HEAT_HALF_LIFE_S: Final = 1_300.0


class FairPrice:
    """One market's fair price, moved on step by step.

    Attributes:
        logarithm: of the price.
        unrest: how much more than ordinarily it moves now, as a factor.
        heat: how much the last news draws people in; 0 without any.

    `home` is the price to which it comes back over weeks, so that a market that runs for years stays
    one that its ticks fit. `wobble` is how far opinions of the moment move it, as a part of the daily
    volatility: where every trade moves it anyway, none are needed.
    """

    def __init__(
        self,
        price: float,
        daily_volatility: float,
        random: Random,
        *,
        home: float | None = None,
        wobble: float = 0.0,
    ) -> None:
        self.logarithm = math.log(price)
        self._home = None if home is None else math.log(home)
        self.heat = 0.0
        self._random = random
        self._deviation = daily_volatility / math.sqrt(DAY_S)
        self._daily_volatility = daily_volatility
        self._wandering = random.gauss(0.0, _UNREST_DEVIATION)
        self._untold = 0.0
        self._overdone = 0.0
        self._wobble_deviation = wobble * daily_volatility
        self._wobble = 0.0
        self._temper = TEMPERS[1]
        self._temper_left_s = 0.0

    @property
    def price(self) -> float:
        """The price now."""
        return math.exp(self.logarithm)

    @property
    def unrest(self) -> float:
        """How far the price moves now, as a factor of the ordinary."""
        return self._temper.unrest * math.exp(self._wandering)

    def step(self, elapsed_s: float) -> float:
        """Moves on by some seconds, at most a few minutes; returns the logarithm."""
        random = self._random
        self._temper_left_s -= elapsed_s
        if self._temper_left_s <= 0.0:
            self._temper = random.choices(TEMPERS, _WEIGHTS)[0]
            self._temper_left_s = random.expovariate(1.0 / (self._temper.hours * 3_600.0))
        kept = 0.5 ** (elapsed_s / _UNREST_HALF_LIFE_S)
        noise = math.sqrt(1.0 - kept * kept) * _UNREST_DEVIATION
        self._wandering = self._wandering * kept + random.gauss(0.0, noise)
        self.heat *= 0.5 ** (elapsed_s / _HEAT_HALF_LIFE_S)
        drift = self._temper.drift * self._daily_volatility * elapsed_s / DAY_S
        moved = self._deviation * self.unrest * math.sqrt(elapsed_s) * random.gauss(0.0, 1.0)
        self.logarithm += drift + moved
        if self._home is not None:
            self.logarithm += (self._home - self.logarithm) * elapsed_s / _RETURN_S
        if random.random() < _NEWS_A_DAY * elapsed_s / DAY_S:
            self._news()
        self.logarithm += self._told(elapsed_s) + self._wobbled(elapsed_s)
        return self.logarithm

    def push(self, share: float) -> None:
        """A trade tells something: moves the price by a share of itself, such as 0.0002."""
        self.logarithm += math.log1p(share)

    def _wobbled(self, elapsed_s: float) -> float:
        """How far opinions of the moment have moved the price; they are soon forgotten."""
        kept = 0.5 ** (elapsed_s / _WOBBLE_HALF_LIFE_S)
        noise = math.sqrt(1.0 - kept * kept) * self._wobble_deviation * self.unrest
        before = self._wobble
        self._wobble = before * kept + self._random.gauss(0.0, noise)
        return self._wobble - before

    def _told(self, elapsed_s: float) -> float:
        """How far news that gets around moves the price, less what is taken back of the news before."""
        told: float = self._untold * (1.0 - 0.5 ** (elapsed_s / _NEWS_HALF_LIFE_S))
        taken_back: float = self._overdone * (1.0 - 0.5 ** (elapsed_s / _OVERDONE_HALF_LIFE_S))
        self._untold -= told
        self._overdone += told * _OVERDONE - taken_back
        return told - taken_back

    def _news(self) -> None:
        size = (0.25 + self._random.expovariate(1.0)) * _NEWS_SIZE * self._daily_volatility
        self._untold += size if self._random.random() < 0.5 else -size
        self._wandering = min(self._wandering + _NEWS_UNREST, _UNREST_MAX)
        self.heat = min(self.heat + _NEWS_HEAT + _NEWS_HEAT_OF_SIZE * size, _HEAT_MAX)


class Point(NamedTuple):
    """What a path holds for each of its steps."""

    logarithm: float
    unrest: float
    heat: float


def pinned_path(fair: FairPrice, steps: int, step_s: float, pins: dict[int, float]) -> list[Point]:
    """A path of `steps` steps that has the given prices at the pinned ones.

    Between two pins a straight line is added to what the process gave, so that its small movements
    stay as they are.
    """
    raw = []
    for _ in range(steps):
        raw.append(Point(fair.step(step_s), fair.unrest, fair.heat))
    at = sorted(pins)
    wanted = [math.log(pins[step]) - raw[step].logarithm for step in at]
    path = []
    for step, point in enumerate(raw):
        after = min(max(bisect_right(at, step), 1), len(at) - 1) if len(at) > 1 else 0
        if after == 0:
            path.append(point._replace(logarithm=point.logarithm + wanted[0]))
            continue
        begin, end = at[after - 1], at[after]
        share = (step - begin) / (end - begin)
        shift = wanted[after - 1] + (wanted[after] - wanted[after - 1]) * min(max(share, 0.0), 1.0)
        path.append(point._replace(logarithm=point.logarithm + shift))
    return path
