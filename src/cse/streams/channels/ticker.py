"""The channel of a market's ticker."""

from __future__ import annotations

from cse.domain.markets import Market
from cse.marketdata.rolling_day import RollingDay
from cse.marketdata.views import ticker_view
from cse.streams.book import Book
from cse.streams.channels.channel import JournalChannel, Place
from cse.streams.channels.envelope import snapshot_frame, update_frame
from cse.streams.channels.epochs import Epochs


class TickerChannel(JournalChannel):
    """`ticker.MARKET`, always as a whole."""

    def __init__(
        self, name: str, place: Place, epochs: Epochs, market: Market, book: Book, day: RollingDay
    ) -> None:
        super().__init__(name, place, epochs, place.stamp.sequence)
        self._market = market
        self._book = book
        self._day = day
        self._last = place.stamp.sequence
        self._best = (book.best_bid, book.best_ask)

    def touch_book(self, sequence: int) -> bool:
        """The book has changed; returns whether its best prices have."""
        best = (self._book.best_bid, self._book.best_ask)
        if best == self._best:
            return False
        self._best = best
        self._last = sequence
        return True

    def touch_day(self, sequence: int) -> None:
        """There was a trade."""
        self._last = sequence

    def flush(self, now_s: float) -> None:
        """Tells it as it now is."""
        self.publish(max(self._last, self.sequence), now_s)

    def _ticker(self) -> object:
        return ticker_view(
            self._market,
            self.sequence,
            self._place.stamp.time_us,
            self._day.summary,
            self._day.last_price,
            self._book.best_bid or 0,
            self._book.best_ask or 0,
        )

    def _snapshot(self) -> bytes:
        return snapshot_frame(self.name, self.stamp, self.sequence, self._ticker())

    def _update(self, previous: int) -> bytes | None:
        return update_frame(self.name, self.stamp, previous, self.sequence, self._ticker())
