"""What a taker does when one comes: the side, the size, and the worst price that is still taken."""

from __future__ import annotations

import math
from random import Random
from typing import Final, NamedTuple

from cse.demo.robots.mind import MarketMind
from cse.demo.sizes import lots_for, order_notional
from cse.demo.takers import FOLLOWER_SHARE, LastTake, follower_pause_s, is_followed
from cse_client import Market
from cse_client.models import Side

# How far beyond the fair price a taker goes, as a part of it.
_PATIENCE: Final = 0.006


class Take(NamedTuple):
    """A limit order that takes what is there and leaves the rest."""

    side: Side
    ticks: int
    lots: int


class Takers:
    """The takers of one market: when the next comes, and what that one wants."""

    def __init__(self, mind: MarketMind, market: Market, random: Random) -> None:
        self._mind = mind
        self._random = random
        self._price_unit = mind.character.tick
        self._lot = 10.0**-market.base_decimals * market.lot_size
        self._least = market.min_notional * 10.0**-market.quote_decimals
        self._last = LastTake(mind.fair_ticks)

    def pause_s(self) -> float:
        """Until the next one comes, at the pace of now. Often one follows another at once."""
        if is_followed(self._random):
            return follower_pause_s(self._random)
        pace_per_s = self._mind.trades_per_hour * (1.0 - FOLLOWER_SHARE) / 3_600.0
        return self._random.expovariate(max(pace_per_s, 1e-4))

    def next(self) -> Take:
        """What the next one wants."""
        mind, random = self._mind, self._random
        fair = mind.fair_ticks
        side: Side = "buy" if self._last.next_is_buy(fair, mind.best.width, random) else "sell"
        reach = max(_PATIENCE * fair, 1.5 * mind.best.width, 2.0)
        ticks = math.ceil(fair + reach) if side == "buy" else math.floor(fair - reach)
        notional = order_notional(mind.character.order_notional, random)
        lots = lots_for(notional, fair * self._price_unit, self._lot, self._least, random)
        return Take(side, max(ticks, 1), lots)

    def took(self, side: Side, last_ticks: int) -> None:
        """Notes what came of it."""
        self._last = LastTake(last_ticks, side == "buy")
