"""The order book as a client holds it: a snapshot, and the differences since.

It is right or it is empty: after a gap, a checksum that does not fit or a level that cannot be read it
drops everything, and only a snapshot fills it again. In an auction it may be crossed.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterable
from enum import Enum
from typing import Final

from cse_client.decimals import DecimalError
from cse_client.market import Market
from cse_client.stream.messages import BookData

# The exchange tells of no more than so many of the best levels for sure.
LEVELS_KNOWN: Final = 500
_LEVELS_KEPT: Final = 1_000
_CHECKED: Final = 10


class BookOutcome(Enum):
    """What came of a message. All but `APPLIED` have emptied the book."""

    APPLIED = "applied"
    CHECKSUM = "checksum"
    MALFORMED = "malformed"


class OrderBook:
    """Both sides of a market's book. Prices are ticks, quantities lots."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._bids = _Side(-1)
        self._asks = _Side(1)

    @property
    def bids(self) -> list[tuple[int, int]]:
        """Price and quantity of the levels, best first."""
        return self._bids.levels()

    @property
    def asks(self) -> list[tuple[int, int]]:
        """Price and quantity of the levels, best first."""
        return self._asks.levels()

    @property
    def best_bid(self) -> tuple[int, int] | None:
        """The highest price at which somebody buys, and how much."""
        return self._bids.best()

    @property
    def best_ask(self) -> tuple[int, int] | None:
        """The lowest price at which somebody sells, and how much."""
        return self._asks.best()

    def apply(self, data: BookData, *, is_snapshot: bool) -> BookOutcome:
        """Takes a snapshot, or the changes since the message before."""
        if is_snapshot:
            self.clear()
        try:
            self._change(self._bids, data.bids)
            self._change(self._asks, data.asks)
        except DecimalError:
            return self._dropped(BookOutcome.MALFORMED)
        if data.checksum != self.checksum():
            return self._dropped(BookOutcome.CHECKSUM)
        return BookOutcome.APPLIED

    def clear(self) -> None:
        """Empties it."""
        self._bids.clear()
        self._asks.clear()

    def checksum(self) -> int:
        """CRC-32 of the best ten levels of each side as the wire has them."""
        return zlib.crc32(f"{self._bids.text(_CHECKED)}|{self._asks.text(_CHECKED)}".encode())

    def _change(self, side: _Side, changes: Iterable[tuple[str, str]]) -> None:
        market = self.market
        for price, quantity in changes:
            ticks, lots = market.parse_price(price), market.parse_quantity(quantity)
            if ticks < 1 or lots < 0:
                raise DecimalError(price, "malformed", "a level is below zero")
            side.set(ticks, lots, f"{price}:{quantity}")

    def _dropped(self, outcome: BookOutcome) -> BookOutcome:
        self.clear()
        return outcome


class _Side:
    """Levels in the order of their keys: the price in ticks of an ask, the negated one of a bid."""

    __slots__ = ("_keys", "_lots", "_sign", "_texts")

    def __init__(self, sign: int) -> None:
        self._sign = sign
        self._keys: list[int] = []
        self._lots: list[int] = []
        self._texts: list[str] = []

    def set(self, ticks: int, lots: int, text: str) -> None:
        """Puts a level in its place, or takes it away where nothing rests any more."""
        keys = self._keys
        key = ticks * self._sign
        at = bisect_left(keys, key)
        is_there = at < len(keys) and keys[at] == key
        if not lots:
            if is_there:
                del keys[at], self._lots[at], self._texts[at]
        elif is_there:
            self._lots[at], self._texts[at] = lots, text
        else:
            keys.insert(at, key)
            self._lots.insert(at, lots)
            self._texts.insert(at, text)
            if len(keys) > _LEVELS_KEPT:
                del keys[_LEVELS_KEPT:], self._lots[_LEVELS_KEPT:], self._texts[_LEVELS_KEPT:]

    def levels(self) -> list[tuple[int, int]]:
        sign = self._sign
        return [(key * sign, lots) for key, lots in zip(self._keys, self._lots, strict=True)][:LEVELS_KNOWN]

    def best(self) -> tuple[int, int] | None:
        return (self._keys[0] * self._sign, self._lots[0]) if self._keys else None

    def text(self, count: int) -> str:
        return ",".join(self._texts[:count])

    def clear(self) -> None:
        self._keys.clear()
        self._lots.clear()
        self._texts.clear()
