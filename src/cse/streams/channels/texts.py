"""A market's prices and quantities as everyone reads them, remembering those of late."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from cse.domain.markets import Market
from cse.streams.book import Level

GONE: Final = "0"
_REMEMBERED_MAX: Final = 16_384


class PublicTexts:
    """Texts of one market, with all decimals of its tick and lot: the same that REST shows."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.price = lru_cache(_REMEMBERED_MAX)(market.fixed_price)
        self.quantity = lru_cache(_REMEMBERED_MAX)(market.fixed_quantity)

    def levels(self, levels: Iterable[Level]) -> list[tuple[str, str]]:
        """Levels as price and quantity; the quantity of one that has gone is `0`."""
        return [(self.price(price), self.quantity(lots) if lots else GONE) for price, lots in levels]
