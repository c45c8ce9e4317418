"""Channels of a market's figures: its ticker and its candles."""

from __future__ import annotations

import msgspec

from cse.domain.markets import Market
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candles import Candle, is_closed
from cse.marketdata.intervals import Interval
from cse.marketdata.models import CandleView
from cse.marketdata.rolling_day import RollingDay
from cse.marketdata.views import candle_view, ticker_view
from cse.streams.book import Book
from cse.streams.channel import Channel, JournalChannel, Place
from cse.streams.envelope import snapshot_frame, update_frame
from cse.streams.epochs import Epochs


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


class CandlesData(msgspec.Struct, frozen=True):
    """Candles, ascending: in a snapshot the newest, in an update those that changed."""

    candles: list[CandleView]


class CandlesChannel(Channel):
    """`candles.MARKET.INTERVAL`, numbered by trade id."""

    def __init__(
        self,
        name: str,
        place: Place,
        epochs: Epochs,
        market: Market,
        interval: Interval,
        builder: CandleBuilder,
    ) -> None:
        super().__init__(name, place, epochs, builder.last_trade)
        self._market = market
        self._interval = interval
        self._builder = builder
        # When the newest candle is to be told once more, because it has closed.
        self.closes_at_us: int | None = None
        self._note_end()

    def flush(self, now_s: float) -> None:
        """Tells what changed since the last time."""
        self.publish(self._builder.last_trade, now_s)
        self._note_end()

    def _note_end(self) -> None:
        newest = self._builder.newest(self._interval)
        now_us = self._place.stamp.time_us
        if newest is None or is_closed(newest, self._interval, now_us):
            self.closes_at_us = None
        else:
            self.closes_at_us = self._interval.end_us(newest.start_us)

    def _snapshot(self) -> bytes:
        newest = self._builder.newest(self._interval)
        data = self._data([] if newest is None else [newest])
        return snapshot_frame(self.name, self._place.stamp, self.sequence, data)

    def _update(self, previous: int) -> bytes | None:
        # With the one that `previous` belongs to, which may have closed since.
        candles = self._builder.since(self._interval, max(previous - 1, 0))
        if candles is None:
            return None
        data = self._data(candles)
        return update_frame(self.name, self._place.stamp, previous, self.sequence, data)

    def _data(self, candles: list[Candle]) -> CandlesData:
        now_us = self._place.stamp.time_us
        return CandlesData(
            [
                candle_view(candle, is_closed(candle, self._interval, now_us), self._market)
                for candle in candles
            ]
        )
