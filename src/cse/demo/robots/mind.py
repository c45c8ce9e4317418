"""What the people of one market have in mind: a price, how far apart they quote, how busy they are.

It reads no clock: whoever asks says what time it is.
"""

from __future__ import annotations

import math
from random import Random
from typing import Final, NamedTuple

from cse.demo.characters import LIVE_PACE, Character
from cse.demo.prices import FairPrice
from cse.demo.rhythm import Rhythm
from cse.demo.spreads import spread_ticks

_STEP_MAX_S: Final = 20.0
_STEPS_MAX: Final = 30
_WIDTH_LIFE_S: Final = 45.0
# What of a spread a trade of one ordinary level's size moves the price by.
_IMPACT: Final = 0.22
_IMPACT_MAX: Final = 2.5


class Best(NamedTuple):
    """The best prices that people now mean to quote, in ticks; the ask is above the bid."""

    bid: int
    ask: int

    @property
    def width(self) -> int:
        """From one to the other."""
        return self.ask - self.bid


class MarketMind:
    """One market's mind. `price` is where it begins: the last one there was."""

    def __init__(self, character: Character, price: float, random: Random, now_s: float) -> None:
        self.character = character
        self.trades_per_hour = 0.0
        self._random = random
        self._fair = FairPrice(price, character.daily_volatility, random, home=character.last_price)
        self._mean_pace = character.trades_per_hour * LIVE_PACE
        self._rhythm = Rhythm(self._mean_pace, character.busiest_hour, random)
        self._now_s = now_s
        self._width = 1
        self._width_until_s = 0.0
        self._best = Best(0, 0)
        self.step(now_s)

    @property
    def fair_ticks(self) -> float:
        """The fair price, in ticks."""
        return self._fair.price / self.character.tick

    @property
    def activity(self) -> float:
        """How busy they are, as a factor of the ordinary; from a tenth to about ten."""
        return min(max(self.trades_per_hour / self._mean_pace, 0.1), 10.0)

    @property
    def best(self) -> Best:
        """What they now mean to quote."""
        return self._best

    def step(self, now_s: float) -> None:
        """Moves on to a time. After a long absence only the last minutes are gone through."""
        elapsed_s = max(now_s - self._now_s, 0.0)
        self._now_s = now_s
        steps = min(max(math.ceil(elapsed_s / _STEP_MAX_S), 1), _STEPS_MAX)
        for _ in range(steps):
            self._fair.step(min(elapsed_s / steps, _STEP_MAX_S))
        self.trades_per_hour = self._rhythm.step(now_s, elapsed_s, self._fair.heat)
        if now_s >= self._width_until_s:
            self._width = spread_ticks(self.character.spread_ticks, self._fair.unrest, self._random)
            self._width_until_s = now_s + self._random.expovariate(1.0 / _WIDTH_LIFE_S)
        self._aim()

    def saw_trade(self, is_buy: bool, notional: float) -> None:
        """A trade tells something, a large one more."""
        weight = min(math.sqrt(notional / self.character.level_notional), _IMPACT_MAX)
        ticks = _IMPACT * self._width * weight
        self._fair.push((ticks if is_buy else -ticks) / max(self.fair_ticks, 1.0))

    def _aim(self) -> None:
        """Quotes stay where they are until the price has left them: nobody follows every whim."""
        fair, best = self.fair_ticks, self._best
        off = abs(fair - (best.bid + best.ask) / 2)
        if best.width == self._width and off <= max(0.8, 0.35 * self._width):
            return
        bid = max(round(fair - self._width / 2), 1)
        self._best = Best(bid, bid + self._width)
