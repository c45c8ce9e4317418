"""A market's single orders as a client holds them: a snapshot, and the changes since.

It is right or it is empty, as an order book is: after a gap, a checksum that does not fit or an order that
cannot be read it drops everything, and only a snapshot fills it again.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final, NamedTuple

from cse_client.decimals import DecimalError
from cse_client.market import Market
from cse_client.stream.book import BookOutcome
from cse_client.stream.messages import MarketOrdersData, OrderRow

_CHECKED: Final = 10
# What joins the end of the queue at its price, whether it was there or not.
_JOINS: Final = frozenset({"add", "move"})


class QueuedOrder(NamedTuple):
    """An order of somebody: price in ticks, and the lots that it shows."""

    order_id: str
    price: int
    lots: int
    text: str
    """As the wire had it, for the checksum."""


class OrderQueues:
    """Both sides of a market's book, order by order. Prices are ticks, quantities lots."""

    def __init__(self, market: Market) -> None:
        self.market = market
        # By the price of an ask, the negated one of a bid.
        self._queues: dict[int, dict[str, QueuedOrder]] = {}
        self._bids: list[int] = []
        self._asks: list[int] = []
        self._keys: dict[str, int] = {}

    @property
    def bids(self) -> list[QueuedOrder]:
        """All orders that buy, best price first, and at each price the oldest first."""
        return list(self._queued(self._bids))

    @property
    def asks(self) -> list[QueuedOrder]:
        """All orders that sell, best price first, and at each price the oldest first."""
        return list(self._queued(self._asks))

    def find(self, order_id: str) -> QueuedOrder | None:
        """An order that rests."""
        key = self._keys.get(order_id)
        return None if key is None else self._queues[key][order_id]

    def ahead_of(self, order_id: str) -> int | None:
        """The lots that stand before an order at its price; None where it does not rest."""
        key = self._keys.get(order_id)
        if key is None:
            return None
        ahead = 0
        for queued in self._queues[key].values():
            if queued.order_id == order_id:
                break
            ahead += queued.lots
        return ahead

    def apply(self, data: MarketOrdersData, *, is_snapshot: bool) -> BookOutcome:
        """Takes a snapshot, or the changes since the message before."""
        if is_snapshot:
            self.clear()
        try:
            self._change(self._bids, -1, data.bids)
            self._change(self._asks, 1, data.asks)
        except DecimalError:
            return self._dropped(BookOutcome.MALFORMED)
        if data.checksum != self.checksum():
            return self._dropped(BookOutcome.CHECKSUM)
        return BookOutcome.APPLIED

    def clear(self) -> None:
        """Empties it."""
        self._queues.clear()
        self._bids.clear()
        self._asks.clear()
        self._keys.clear()

    def checksum(self) -> int:
        """CRC-32 of the first ten orders of each side as the wire has them."""
        sides = (
            ",".join(order.text for order in islice(self._queued(keys), _CHECKED))
            for keys in (self._bids, self._asks)
        )
        return zlib.crc32("|".join(sides).encode())

    def _change(self, keys: list[int], sign: int, rows: Iterable[OrderRow]) -> None:
        market = self.market
        for order_id, price, quantity, what in rows:
            ticks, lots = market.parse_price(price), market.parse_quantity(quantity)
            if ticks < 1 or lots < 0:
                raise DecimalError(price, "malformed", "an order is below zero")
            order = QueuedOrder(order_id, ticks, lots, f"{order_id}:{price}:{quantity}")
            if lots and what not in _JOINS:
                self._replace(order, sign * ticks)
                continue
            self._take_out(order_id)
            if lots:
                self._join(keys, sign * ticks, order)

    def _replace(self, order: QueuedOrder, key: int) -> None:
        """It is less, in its place. One that is not there is found missing by the checksum, or later."""
        queue = self._queues.get(key)
        if queue is not None and order.order_id in queue:
            queue[order.order_id] = order

    def _join(self, keys: list[int], key: int, order: QueuedOrder) -> None:
        queue = self._queues.get(key)
        if queue is None:
            queue = self._queues[key] = {}
            insort(keys, key)
        queue[order.order_id] = order
        self._keys[order.order_id] = key

    def _take_out(self, order_id: str) -> None:
        key = self._keys.pop(order_id, None)
        if key is None:
            return
        queue = self._queues[key]
        del queue[order_id]
        if not queue:
            del self._queues[key]
            keys = self._bids if key < 0 else self._asks
            del keys[bisect_left(keys, key)]

    def _queued(self, keys: list[int]) -> Iterator[QueuedOrder]:
        for key in keys:
            yield from self._queues[key].values()

    def _dropped(self, outcome: BookOutcome) -> BookOutcome:
        self.clear()
        return outcome
