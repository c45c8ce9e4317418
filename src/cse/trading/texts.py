"""A market's numbers as text and back, remembering those of late.

Exact conversion takes several microseconds a number, and an order has half a dozen of them. Prices
and quantities come again and again, so most are found by one look-up. What a market converts by
never changes once it is listed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from cse.domain.markets import Market

_REMEMBERED_MAX: Final = 65_536
Key = TypeVar("Key", str, int)
Value = TypeVar("Value", str, int)


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


def _remembering(convert: Callable[[Key], Value]) -> Callable[[Key], Value]:
    """`convert`, but what it found is kept until too much is. What it refuses is not kept."""
    kept: dict[Key, Value] = {}
    find = kept.get

    def converted(key: Key) -> Value:
        found = find(key)
        if found is None:
            found = convert(key)
            if len(kept) >= _REMEMBERED_MAX:
                kept.clear()
            kept[key] = found
        return found

    return converted
