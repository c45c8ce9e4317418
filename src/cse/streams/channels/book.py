"""The channel of a market's book, which everyone may hear."""

from __future__ import annotations

import msgspec

from cse.streams.book import Book
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.texts import PublicTexts
from cse.streams.checksum import LEVELS, checksum


class BookData(msgspec.Struct, frozen=True):
    """Price and quantity of levels; in an update those that changed, and "0" for those that went."""

    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]
    checksum: int


class BookChannel(Channel):
    """`orderbook.MARKET`, numbered by the changes of the book."""

    def __init__(self, name: str, place: Place, epochs: Epochs, book: Book, texts: PublicTexts) -> None:
        super().__init__(name, place, epochs, book.sequence)
        self.book = book
        self._texts = texts

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        self.book.publish()
        self.publish(self.book.sequence, now_s)

    def _snapshot(self) -> bytes:
        bids, asks = map(self._texts.levels, self.book.top(self.book.reach))
        data = BookData(bids, asks, checksum(bids, asks))
        return snapshot_frame(self.name, self._place.stamp, self.sequence, data)

    def _update(self, previous: int) -> bytes | None:
        keys = self.book.since(previous)
        if keys is None:
            return None
        bids, asks = map(self._texts.levels, self.book.levels(keys))
        best_bids, best_asks = map(self._texts.levels, self.book.top(LEVELS))
        data = BookData(bids, asks, checksum(best_bids, best_asks))
        return update_frame(self.name, self._place.stamp, previous, self.sequence, data)
