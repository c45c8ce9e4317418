"""What units of assets are worth: at a market's price, in units of the asset that all is valued in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from cse.domain.markets import Market

MONEY: Final = "USDC"
"""The asset that everything is valued in."""


class Quoted(NamedTuple):
    """How a market turns units of its base into money: `price * tick_lot_units` of it for `lot_size`."""

    market: int
    lot_size: int
    tick_lot_units: int

    def worth(self, units: int, price: int) -> int:
        """What units are worth at a price in ticks, rounded down."""
        return units * price * self.tick_lot_units // self.lot_size


class PriceList:
    """The markets that price an asset in money, by asset."""

    def __init__(self, money: int, markets: Iterable[Market]) -> None:
        self.money = money
        self.quoted = {
            market.base.id: Quoted(market.id, market.lot_size, market.tick_lot_units)
            for market in markets
            if market.quote.id == money
        }

    @property
    def markets(self) -> list[int]:
        """Their ids."""
        return [quoted.market for quoted in self.quoted.values()]

    def at(self, prices: Mapping[int, int]) -> Prices:
        """Values at prices in ticks, by market."""
        return Prices(self, prices)


class Prices:
    """Prices of one moment."""

    def __init__(self, listed: PriceList, prices: Mapping[int, int]) -> None:
        self._listed = listed
        self._prices = prices

    def worth(self, asset: int, units: int) -> int | None:
        """What units are worth; None where there is no price."""
        if asset == self._listed.money:
            return units
        quoted = self._listed.quoted.get(asset)
        price = None if quoted is None else self._prices.get(quoted.market)
        return None if quoted is None or price is None else quoted.worth(units, price)
