"""One market's book by price level, as the events tell it, and what changed in it lately.

A level is known by its key: the price in ticks of an ask, the negated price of a bid. So both sides
stand best first when their keys ascend, and one table holds both.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable
from typing import Final, TypeAlias

from cse.domain.enumerations import Side
from cse.engine.models import Depth
from cse.engine.queries import LIMIT_MAX

Level: TypeAlias = tuple[int, int]
"""Price in ticks and quantity in lots."""

# How many levels of each side a client knows.
LEVELS: Final = 500
# So many changes can be told again.
CHANGES_KEPT: Final = 8_192


def level_key(side: int, price: int) -> int:
    """The key of the level at a price in ticks."""
    return -price if side == Side.BUY else price


class BookGap(Exception):
    """A change of the book is missing between two that came."""


class Book:
    """The levels of a market. `sequence` is the core's count of changes; each change adds one.

    A snapshot has the best `reach` levels of each side. Besides what the events change, `publish` names
    levels that come within that reach because better ones went. So a client that began with a snapshot
    knows at any time the best `reach` levels, whatever lies behind them.
    """

    def __init__(self, depth: Depth, earlier: Iterable[int] = (), reach: int = LEVELS) -> None:
        """Begins with a whole book; `earlier` are the keys of the changes right before it, oldest first.

        Of these only so many are kept that no snapshot since then can have left a level out.
        """
        self.sequence = depth.book_sequence
        self.reach = reach
        # A side that came with as many levels as can be read may have more behind them.
        self._is_cut = (len(depth.bids) >= LIMIT_MAX, len(depth.asks) >= LIMIT_MAX)
        self._quantities: dict[int, int] = {}
        self._bids = sorted(-price for price, _ in depth.bids)
        self._asks = sorted(price for price, _ in depth.asks)
        self._quantities.update((-price, lots) for price, lots in depth.bids)
        self._quantities.update(depth.asks)
        # The keys of the changes behind `_kept_from`, one for each sequence.
        room = reach - max(len(self._bids), len(self._asks))
        known = list(earlier)[-room:] if room > 0 else []
        self._keys: array[int] = array("q", known)
        self._kept_from = self.sequence - len(known)
        self._entered: dict[int, list[int]] = {}
        self._published = self.sequence
        self._edges = self._reach()

    @property
    def floor(self) -> int:
        """The sequence from which on all changes are kept."""
        return self._kept_from

    @property
    def best_bid(self) -> int | None:
        """Its price."""
        return -self._bids[0] if self._bids else None

    @property
    def best_ask(self) -> int | None:
        """Its price."""
        return self._asks[0] if self._asks else None

    def apply(self, book_sequence: int, side: int, price: int, lots: int) -> bool:
        """Takes one change; one that is in the book already changes nothing and gives False.

        Raises:
            BookGap: another change should have come before it.
        """
        if book_sequence <= self.sequence:
            return False
        if book_sequence != self.sequence + 1:
            raise BookGap(f"change {book_sequence} follows change {self.sequence}")
        key = level_key(side, price)
        keys = self._bids if key < 0 else self._asks
        if lots:
            if key not in self._quantities:
                insort(keys, key)
            self._quantities[key] = lots
        elif key in self._quantities:
            del self._quantities[key]
            del keys[bisect_left(keys, key)]
        self._keys.append(key)
        self.sequence = book_sequence
        return True

    def publish(self) -> list[int]:
        """The keys of all that changed since the last time; the changes so far can be told from now on.

        Raises:
            BookGap: so many levels have gone that ones come within reach which were never read.
        """
        for is_cut, keys in zip(self._is_cut, (self._bids, self._asks), strict=True):
            if is_cut and len(keys) < self.reach:
                raise BookGap(f"of {LIMIT_MAX} levels {len(keys)} are left; those behind them are not known")
        changed = set(self._keys[self._published - self._kept_from :])
        edges = self._reach()
        entered: list[int] = []
        for keys, before, now in zip((self._bids, self._asks), self._edges, edges, strict=True):
            if before is not None and (now is None or now > before):
                entered += keys[bisect_right(keys, before) : self.reach]
        if entered:
            self._entered[self.sequence] = entered
            changed.update(entered)
        self._edges = edges
        self._published = self.sequence
        self._forget()
        return sorted(changed)

    def since(self, sequence: int) -> list[int] | None:
        """The keys of all levels that changed behind `sequence`; None where that is not known any more."""
        if sequence < self._kept_from:
            return None
        changed = set(self._keys[sequence - self._kept_from :])
        for at, entered in self._entered.items():
            if at > sequence:
                changed.update(entered)
        return sorted(changed)

    def levels(self, keys: Iterable[int]) -> tuple[list[Level], list[Level]]:
        """The levels of these keys as they are now, bids and asks; a quantity of 0 has gone."""
        bids: list[Level] = []
        asks: list[Level] = []
        for key in keys:
            lots = self._quantities.get(key, 0)
            if key < 0:
                bids.append((-key, lots))
            else:
                asks.append((key, lots))
        return bids, asks

    def top(self, count: int) -> tuple[list[Level], list[Level]]:
        """The best levels of each side, best first."""
        quantities = self._quantities
        bids = [(-key, quantities[key]) for key in self._bids[:count]]
        asks = [(key, quantities[key]) for key in self._asks[:count]]
        return bids, asks

    def _reach(self) -> tuple[int | None, int | None]:
        """The last key of each side that a snapshot shows; None where it shows them all."""
        bids, asks, reach = self._bids, self._asks, self.reach
        return (
            bids[reach - 1] if len(bids) > reach else None,
            asks[reach - 1] if len(asks) > reach else None,
        )

    def _forget(self) -> None:
        """Drops the oldest changes once there are twice as many as are to be kept."""
        surplus = len(self._keys) - CHANGES_KEPT
        if surplus > CHANGES_KEPT:
            del self._keys[:surplus]
            self._kept_from += surplus
            self._entered = {at: keys for at, keys in self._entered.items() if at > self._kept_from}
