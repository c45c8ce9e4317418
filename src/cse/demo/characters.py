"""How each market of the demo behaves: one table for the history and for the robots."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from cse.domain.demo import MARKETS, QUIET_MARKET, DemoMarket


@dataclass(frozen=True, slots=True)
class Character:
    """A market's temper. Prices are quote per whole base; floats, for nobody's money is in them.

    Attributes:
        market: the market.
        first_price: where the history begins, fourteen days back.
        yesterday_price: where it stands a day before its end.
        last_price: where it ends.
        daily_volatility: of the logarithm of the price, in a day of ordinary temper.
        trades_per_hour: over a whole day of the past; single hours differ tenfold.
        busiest_hour: of the day in UTC, when the market's people are awake.
        spread_ticks: between best bid and best ask, in the middle of what it varies over.
        order_notional: whole quote units of an ordinary incoming order; large ones are far larger.
        level_notional: whole quote units that ordinarily rest at one price.
    """

    market: DemoMarket
    first_price: float
    yesterday_price: float
    last_price: float
    daily_volatility: float
    trades_per_hour: float
    busiest_hour: float
    spread_ticks: float
    order_notional: float
    level_notional: float

    @property
    def tick(self) -> float:
        """One tick in quote per whole base."""
        return self.market.tick_size * 10.0**-self.market.tick_decimals


_BY_BASE: Final = {market.base: market for market in MARKETS}

_FIRST_PACE: Final = 0.75
LIVE_PACE: Final = 4.5
"""How much busier than ordinarily the markets are now: they have found their people lately."""
_PACE_DAYS: Final = 0.8

CHARACTERS: Final = (
    Character(_BY_BASE["LUNA"], 0.03672, 0.04077, 0.04203, 0.032, 38, 20.0, 2.6, 48, 260),
    Character(_BY_BASE["NOVA"], 1.1735, 1.2071, 1.2846, 0.034, 40, 19.0, 3.2, 75, 420),
    Character(_BY_BASE["TIDE"], 0.33940, 0.32580, 0.31870, 0.028, 27, 7.5, 5.5, 52, 300),
    Character(_BY_BASE["KIKO"], 0.01522, 0.01731, 0.01840, 0.058, 20, 12.0, 1.9, 30, 150),
    Character(_BY_BASE["LOWO"], 0.5218, 0.5524, 0.5524, 0.024, 21, 22.5, 4.4, 45, 240),
    Character(_BY_BASE["BTC"], 91_840.0, 95_310.0, 96_412.0, 0.021, 42, 15.0, 6.0, 240, 1_500),
)
"""Every market where robots trade. `LAB-USDC` is not among them."""
assert all(character.market.name != QUIET_MARKET for character in CHARACTERS)


def pace(days_back: float) -> float:
    """How busy the markets were so long before now, as a factor of the ordinary."""
    return _FIRST_PACE + (LIVE_PACE - _FIRST_PACE) * math.exp(-days_back / _PACE_DAYS)
