"""The channel of a market's orders, one by one, which everyone may hear: without whose they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

import msgspec

from cse.domain.markets import Market
from cse.engine.models import OpenState, Reading
from cse.streams.channels.channel import JournalChannel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.texts import GONE, PublicTexts
from cse.streams.checksum import LEVELS, checksum
from cse.streams.resting_orders import OrderEvent, OrderHistory, RestingOrders, Shown

# What may come while a reading is under way; with more, it is read again.
ASIDE_MAX: Final = 50_000

What: TypeAlias = Literal["add", "move", "change", "fill", "remove"]
OrderRow: TypeAlias = tuple[str, str, str, What]
"""Order id, price, the quantity that it shows, and what happened to it."""


class MarketOrdersData(msgspec.Struct, frozen=True):
    """Orders as they stand in their queues, best price first; in an update those that changed, and "0" for
    those that went."""

    bids: list[OrderRow]
    asks: list[OrderRow]
    checksum: int


class MarketOrdersChannel(JournalChannel):
    """`orders.MARKET`. It has no state until `begin`, and is there only while somebody listens."""

    def __init__(self, name: str, place: Place, epochs: Epochs, market: Market, texts: PublicTexts) -> None:
        super().__init__(name, place, epochs, place.stamp.sequence)
        self.market = market
        self._texts = texts
        self._orders: RestingOrders | None = None
        self._from = 0
        self._aside: list[tuple[int, OrderEvent]] | None = []

    @property
    def ready(self) -> bool:
        return self._orders is not None

    def begin(self, reading: Reading[list[OpenState]], earlier: OrderHistory | None = None) -> bool:
        """Takes the market's open orders as of a sequence, and what came behind it.

        `earlier` is what changed right before. False when so much has come meanwhile that some of it was
        not kept: read again.
        """
        aside, self._aside = self._aside, []
        if aside is None:
            return False
        self._from = reading.sequence
        self._orders = RestingOrders(reading.value, reading.sequence, earlier)
        for sequence, event in aside:
            self.hear(sequence, event)
        self._orders.settle()
        self.sequence = self._orders.sequence
        return True

    def hear(self, sequence: int, event: OrderEvent) -> bool:
        """Takes an event of the market's orders; returns whether there may be something to tell."""
        if self._orders is None:
            if self._aside is not None:
                self._aside.append((sequence, event))
                if len(self._aside) > ASIDE_MAX:
                    self._aside = None
            return False
        if sequence <= self._from:
            return False
        self._orders.hear(sequence, event)
        return True

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        assert self._orders is not None, "nothing is told before there is a state"
        self._orders.settle()
        if self._orders.sequence > self.sequence:
            self.publish(self._orders.sequence, now_s)

    def _snapshot(self) -> bytes:
        assert self._orders is not None, "a snapshot has a state"
        bids, asks = map(self._rows, self._orders.sides())
        return snapshot_frame(self.name, self.stamp, self.sequence, self._data(bids, asks))

    def _update(self, previous: int) -> bytes | None:
        changed = None if self._orders is None else self._orders.since(previous)
        if changed is None:
            return None
        bids = self._rows(order for order in changed if order.key < 0)
        asks = self._rows(order for order in changed if order.key >= 0)
        return update_frame(self.name, self.stamp, previous, self.sequence, self._data(bids, asks))

    def _data(self, bids: list[OrderRow], asks: list[OrderRow]) -> MarketOrdersData:
        assert self._orders is not None, "who tells has a state"
        first_bids, first_asks = map(self._rows, self._orders.first(LEVELS))
        return MarketOrdersData(
            bids, asks, checksum([row[:3] for row in first_bids], [row[:3] for row in first_asks])
        )

    def _rows(self, orders: Iterable[Shown]) -> list[OrderRow]:
        price, quantity = self._texts.price, self._texts.quantity
        return [
            (str(order_id), price(abs(key)), quantity(lots) if lots else GONE, cause.value)
            for order_id, key, lots, cause in orders
        ]
