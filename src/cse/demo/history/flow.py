"""One market's past as commands at their times: makers' quotes, and the takers that meet them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from itertools import pairwise
from random import Random
from typing import Final, NamedTuple

from cse.demo.characters import Character, pace
from cse.demo.history.quotes import Quote, Scale
from cse.demo.history.traders import Purse, Traders
from cse.demo.prices import DAY_S, FairPrice, Point, pinned_path
from cse.demo.rhythm import HOUR_S, Rhythm, poisson
from cse.demo.sizes import lots_for, order_notional
from cse.demo.spreads import spread_ticks
from cse.demo.takers import FOLLOWER_SHARE, LastTake, follower_pause_s, is_followed
from cse.domain.enumerations import Side, TimeInForce

STEP_S: Final = 30.0
_QUOTE_LIFE_S: Final = 90.0
_TAKERS_TRIED: Final = 4
# So far from its middle, in ticks and in spreads, a quote is renewed.
_OFF_LEAST_TICKS: Final = 0.75
_OFF_SPREADS: Final = 0.6
_WOBBLE: Final = 0.05
_MICROSECONDS: Final = 1_000_000


class Happening(NamedTuple):
    """Commands of one moment, and how many trades come of them."""

    time_us: int
    market: int
    commands: tuple[bytes, ...]
    trades: int


class MarketFlow:
    """The past of one market over `days` days up to `end_s`, Unix time."""

    def __init__(
        self, character: Character, traders: Traders, days: float, end_s: float, random: Random
    ) -> None:
        self._character = character
        self._scale = Scale(character)
        self._traders = traders
        self._random = random
        self._begin_s = end_s - days * DAY_S
        self._end_s = end_s
        self._last = LastTake(0.0)
        self._quote: Quote | None = None

    def happenings(self) -> Iterator[Happening]:
        """Everything in order of time; at the end nothing rests any more."""
        path = self._path()
        self._last = LastTake(math.exp(path[0].logarithm) / self._scale.tick)
        for at_s, fair_ticks, unrest in self._visits(path):
            commands: list[bytes] = []
            trades = self._visit(at_s, fair_ticks, unrest, commands)
            if commands:
                yield Happening(_microseconds(at_s), self._scale.market, tuple(commands), trades)
        if self._quote is not None and (last := self._quote.withdraw()):
            yield Happening(_microseconds(self._end_s), self._scale.market, last, 0)

    def _path(self) -> list[Point]:
        character = self._character
        fair = FairPrice(character.first_price, character.daily_volatility, self._random, wobble=_WOBBLE)
        steps = int((self._end_s - self._begin_s) / STEP_S) + 1
        pins = {0: character.first_price, steps - 1: character.last_price}
        day = int(DAY_S / STEP_S)
        if steps > 1.5 * day:
            pins[steps - 1 - day] = character.yesterday_price
        return pinned_path(fair, steps, STEP_S, pins)

    def _visits(self, path: list[Point]) -> Iterator[tuple[float, float, float]]:
        """When takers come: Unix time, the fair price in ticks, and the unrest then."""
        character = self._character
        parents_per_hour = character.trades_per_hour * (1.0 - FOLLOWER_SHARE)
        rhythm = Rhythm(parents_per_hour, character.busiest_hour, self._random)
        latest_s = self._begin_s
        for step, (here, there) in enumerate(pairwise(path)):
            begin_s = self._begin_s + step * STEP_S
            rate = rhythm.step(begin_s, STEP_S, here.heat) * pace((self._end_s - begin_s) / DAY_S)
            for offset_s in self._moments(rate * STEP_S / HOUR_S):
                # Those who follow may come after the next step has begun.
                latest_s = max(begin_s + offset_s, latest_s + 0.001)
                if latest_s >= self._end_s:
                    return
                share = min(offset_s / STEP_S, 1.0)
                logarithm = here.logarithm + (there.logarithm - here.logarithm) * share
                yield latest_s, math.exp(logarithm) / self._scale.tick, here.unrest

    def _moments(self, expected: float) -> list[float]:
        """Seconds into a step at which takers come, ascending."""
        random = self._random
        found = []
        for _ in range(poisson(expected, random)):
            at_s = random.random() * STEP_S
            found.append(at_s)
            while is_followed(random):
                at_s += follower_pause_s(random)
                found.append(at_s)
        found.sort()
        return found

    def _visit(self, at_s: float, fair_ticks: float, unrest: float, commands: list[bytes]) -> int:
        """A taker comes; adds the commands and returns how many trades come of them."""
        scale, random = self._scale, self._random
        quote = self._current_quote(at_s, fair_ticks, unrest, commands)
        is_buy = self._last.next_is_buy(fair_ticks, quote.width, random)
        side, passive = (Side.BUY, Side.SELL) if is_buy else (Side.SELL, Side.BUY)
        notional = order_notional(self._character.order_notional, random)
        wanted = lots_for(notional, fair_ticks * scale.tick, scale.lot, scale.least, random)
        fills = quote.meet(passive, wanted, self._character.level_notional, random, commands)
        if not fills:
            return 0
        limit_ticks = fills[-1].level.ticks
        lots = sum(fill.lots for fill in fills)
        taker = self._taker(side, limit_ticks, lots)
        if taker is None or lots * limit_ticks * scale.tick * scale.lot < scale.least:
            return 0
        quote.settle(passive, taker, fills)
        commands.append(scale.order(taker.account, side, limit_ticks, lots, TimeInForce.IOC))
        self._last = LastTake(limit_ticks, is_buy)
        return len(fills)

    def _current_quote(self, at_s: float, fair_ticks: float, unrest: float, commands: list[bytes]) -> Quote:
        quote = self._quote
        if quote is not None:
            is_off = abs(fair_ticks - quote.middle) > max(_OFF_LEAST_TICKS, _OFF_SPREADS * quote.width)
            if at_s <= quote.until_s and not is_off and not quote.is_worn:
                return quote
            commands += quote.withdraw()
        width = spread_ticks(self._character.spread_ticks, unrest, self._random)
        bid = max(math.floor(fair_ticks - width / 2 + self._random.random()), 1)
        until_s = at_s + self._random.expovariate(1.0 / _QUOTE_LIFE_S)
        self._quote = Quote(self._scale, self._traders.maker(), bid, bid + width, until_s)
        return self._quote

    def _taker(self, side: Side, ticks: int, lots: int) -> Purse | None:
        """One who has enough, if there is one among those who look."""
        for purse in self._traders.some_takers(_TAKERS_TRIED):
            if self._scale.affordable(purse, side, ticks) >= lots:
                return purse
        return None


def _microseconds(time_s: float) -> int:
    return round(time_s * _MICROSECONDS)
