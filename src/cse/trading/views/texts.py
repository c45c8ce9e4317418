"""A market's numbers as text and back, remembering those of late.

Exact conversion takes several microseconds a number, and an order has half a dozen of them. Prices
and quantities come again and again, so most are found by one look-up. What a market converts by
never changes once it is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from cse.domain.markets import Market
from cse.marketdata.listing import Listing

_REMEMBERED_MAX: Final = 65_536
Key = TypeVar("Key")
Value = TypeVar("Value")


class MarketTexts:
    """Conversions of one market; they raise as those of `Market` do."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self.name = market.name
        self.quote_symbol = market.quote.symbol
        self.price: Callable[[str], int] = _remembering(market.parse_price)
        self.quantity: Callable[[str], int] = _remembering(market.parse_quantity)
        self.price_text = _remembering(market.format_price)
        self.quantity_text = _remembering(market.format_quantity)
        self.quote_text = _remembering(market.quote.format)


class _Remembered(dict[Key, Value]):
    """What a conversion found; a look-up converts what is not there yet."""

    def __init__(self, convert: Callable[[Key], Value]) -> None:
        super().__init__()
        self._convert: Callable[[Key], Value] = convert

    def __missing__(self, key: Key) -> Value:
        found = self._convert(key)
        if len(self) >= _REMEMBERED_MAX:
            self.clear()
        self[key] = found
        return found


def _remembering(convert: Callable[[Key], Value]) -> Callable[[Key], Value]:
    """`convert`, but what it found is kept until too much is. What it refuses is not kept."""
    return _Remembered(convert).__getitem__


class ListedTexts:
    """The texts of listed markets, one for each, so that what they remember is used."""

    def __init__(self, listing: Listing) -> None:
        self._listing = listing
        self._by_name: dict[str, MarketTexts] = {}

    def known(self, name: str) -> MarketTexts | None:
        """Those of a market that was asked for before."""
        return self._by_name.get(name)

    async def of_name(self, name: str) -> MarketTexts:
        """Those of the market of a name; `market_unknown`."""
        return self._of(await self._listing.market(name))

    async def of_id(self, market: int) -> MarketTexts:
        """Those of the market of an id."""
        return self._of(await self._listing.market_by_id(market))

    def _of(self, market: Market) -> MarketTexts:
        found = self._by_name.get(market.name)
        if found is None:
            found = self._by_name[market.name] = MarketTexts(market)
        return found
