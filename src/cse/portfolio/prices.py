"""What units of assets are worth: at a market's price, in units of the asset that all is valued in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from cse.domain.markets import Market

MONEY: Final = "USDC"
"""The asset that everything is valued in."""


class PriceList:
    """The markets that price an asset in money, by asset: there is one of each pair."""

    def __init__(self, money: int, markets: Iterable[Market]) -> None:
        self.money = money
        self.markets = {market.base.id: market for market in markets if market.quote.id == money}

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
        market = self.market(asset)
        price = None if market is None else self._prices.get(market.id)
        if market is None or price is None:
            return None
        # Rounded down.
        return units * price * market.tick_lot_units // market.lot_size

    def market(self, asset: int) -> Market | None:
        """The market that prices an asset."""
        return self._listed.markets.get(asset)
