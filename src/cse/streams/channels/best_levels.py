"""The channels of a book's best levels, for who wants to show them and keeps no book."""

from __future__ import annotations

from abc import abstractmethod

import msgspec

from cse.streams.book import Book, Level
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.texts import PublicTexts


class BestOffers(msgspec.Struct, frozen=True):
    """Price and quantity of the best level of each side; null where there is none."""

    bid: tuple[str, str] | None
    ask: tuple[str, str] | None


class BestLevels(msgspec.Struct, frozen=True):
    """Price and quantity of the best levels of each side, best first."""

    bids: list[tuple[str, str]]
    asks: list[tuple[str, str]]


class BestLevelsChannel(Channel):
    """The best `count` levels of each side, always as a whole, and told only when they are others.

    Numbered by the changes of the book: that which was the last when they were told. While nobody
    listens nothing is looked at, so whoever comes first has it brought up to date.
    """

    def __init__(
        self, name: str, place: Place, epochs: Epochs, book: Book, texts: PublicTexts, count: int
    ) -> None:
        super().__init__(name, place, epochs, book.sequence)
        self._book = book
        self._texts = texts
        self._count = count
        self._told = book.top(count)
        self._is_due = False

    @property
    def ready(self) -> bool:
        """Whether no change waits to be told: whoever comes meanwhile is told with the others."""
        return not self._is_due

    def touch_book(self) -> bool:
        """The book has changed; returns whether anybody is to be told at the next occasion."""
        self._is_due = self.listeners > 0
        return self._is_due

    def flush(self, now_s: float) -> None:
        """Tells the best levels, if they are others than the last time."""
        best = self._book.top(self._count)
        if best != self._told:
            self._told = best
            self.publish(self._book.sequence, now_s)
        self._is_due = False
        self.let_in()

    def refresh(self) -> None:
        """Brings it up to date for who comes first."""
        if not self.listeners:
            self._told = self._book.top(self._count)
            self.publish(self._book.sequence)

    def resumed(self, epoch: int, sequence: int) -> int | None:
        """A position is one of the book, which may be ahead of what was told here."""
        if not self._epochs.holds(epoch, sequence, self._book.sequence):
            return None
        if sequence > self.sequence:
            self.publish(self._book.sequence)
        return sequence

    @abstractmethod
    def _data(self, bids: list[Level], asks: list[Level]) -> BestOffers | BestLevels:
        """What is told of them."""

    def _snapshot(self) -> bytes:
        return snapshot_frame(self.name, self._place.stamp, self.sequence, self._data(*self._told))

    def _update(self, previous: int) -> bytes | None:
        return update_frame(self.name, self._place.stamp, previous, self.sequence, self._data(*self._told))


class OffersChannel(BestLevelsChannel):
    """`bbo.MARKET`: the best bid and offer, told in each turn that changes them."""

    def __init__(self, name: str, place: Place, epochs: Epochs, book: Book, texts: PublicTexts) -> None:
        super().__init__(name, place, epochs, book, texts, 1)

    def _data(self, bids: list[Level], asks: list[Level]) -> BestOffers:
        best_bid, best_ask = self._texts.levels(bids), self._texts.levels(asks)
        return BestOffers(best_bid[0] if best_bid else None, best_ask[0] if best_ask else None)


class DepthChannel(BestLevelsChannel):
    """`depth.MARKET.COUNT`: so many levels of each side, told ten times a second at most."""

    def _data(self, bids: list[Level], asks: list[Level]) -> BestLevels:
        return BestLevels(self._texts.levels(bids), self._texts.levels(asks))
