"""All streams of one market, made as they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial
from typing import Final

from cse.binance.market_views import full_view, mini_view
from cse.binance.parameters import ms, symbol_of
from cse.binance.streams.events import (
    ENCODE,
    GONE,
    DepthUpdate,
    Levels,
    PartialDepth,
    aggregate_event,
    best_event,
    kline_event,
    mini_ticker_event,
    ticker_event,
    trade_event,
)
from cse.binance.streams.stream import Stream, WholeStream
from cse.domain.markets import Market
from cse.engine.models import DatedTrade, Depth
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candles import Candle, is_closed
from cse.marketdata.intervals import Interval
from cse.marketdata.service import MarketDay
from cse.streams.book import CHANGES_KEPT, Book, Level
from cse.streams.channels.channel import Place, Write
from cse.streams.channels.texts import PublicTexts
from cse.streams.market import MarketFeeds

TICKS_A_SECOND: Final = 10
# How often what is not told at once is told, by the ending of a stream's name.
_PACES: Final = {"": TICKS_A_SECOND, "@100ms": 1, "@1000ms": TICKS_A_SECOND}
_DEPTHS: Final = (5, 10, 20)
_INTERVALS: Final = {interval.value: interval for interval in Interval}
# With so many changes untold, a book's are told before their time: more than are kept could not be.
_CHANGES_MAX: Final = CHANGES_KEPT // 2


class DiffStream(Stream):
    """`@depth`: what changed in a book, numbered by its changes. Each event goes on where the last ended.

    Where more has changed than is known any more, numbers are left out, at which a client begins anew.
    """

    def __init__(self, name: str, place: Place, ticks: int, book: Book, texts: PublicTexts) -> None:
        super().__init__(name, place)
        self._ticks = ticks
        self._book = book
        self._texts = texts
        self._told = book.sequence

    def join(self, listener: Hashable, write: Write, *, is_combined: bool) -> None:
        """From now on changes are told; nobody has heard of those while nobody listened."""
        if not self.is_heard:
            self._told = self._book.sequence
        super().join(listener, write, is_combined=is_combined)

    def tick(self, number: int, now_us: int) -> None:
        changes = self._book.sequence - self._told
        if changes and self.is_heard and (number % self._ticks == 0 or changes > _CHANGES_MAX):
            self._tell_changes(now_us)

    def _tell_changes(self, now_us: int) -> None:
        first, self._told = self._told + 1, self._book.sequence
        keys = self._book.since(first - 1)
        if keys is not None:
            bids, asks = (level_texts(side, self._texts) for side in self._book.levels(keys))
            symbol = symbol_of(self._texts.market)
            self.tell([ENCODE(DepthUpdate(ms(now_us), symbol, first, self._told, bids, asks))])


class KlineStream(Stream):
    """`@kline_`: the newest kline whenever it has changed, and each once more when it has closed."""

    def __init__(
        self, name: str, place: Place, builder: CandleBuilder, interval: Interval, market: Market
    ) -> None:
        super().__init__(name, place)
        self._builder = builder
        self._interval = interval
        self._market = market
        # The newest that was told, and whether it was told as closed.
        self._told: tuple[Candle, bool] | None = None

    def join(self, listener: Hashable, write: Write, *, is_combined: bool) -> None:
        """From now on changes are told; the first that comes is told by `now`."""
        if not self.is_heard:
            newest = self._builder.newest(self._interval)
            self._told = None if newest is None else (newest, self._is_closed(newest))
        super().join(listener, write, is_combined=is_combined)

    def now(self, now_us: int) -> bytes | None:
        """The newest."""
        newest = self._builder.newest(self._interval)
        return None if newest is None else self._payload(newest, now_us)

    def tick(self, number: int, now_us: int) -> None:
        if number % TICKS_A_SECOND or not self.is_heard:
            return
        changed = self._changed()
        if changed:
            self._told = changed[-1], self._is_closed(changed[-1])
            self.tell([self._payload(candle, now_us) for candle in changed])

    def _changed(self) -> list[Candle]:
        """Those that are others than was told, ascending."""
        newest = self._builder.newest(self._interval)
        if newest is None or (newest, self._is_closed(newest)) == self._told:
            return []
        if self._told is None:
            return [newest]
        told, was_closed = self._told
        # With the one that was told last, which may have closed since.
        found = self._builder.since(self._interval, told.last_trade - 1)
        if found is None:
            return [newest]
        return [candle for candle in found if not (was_closed and candle.start_us == told.start_us)]

    def _is_closed(self, candle: Candle) -> bool:
        return is_closed(candle, self._interval, self._place.stamp.time_us)

    def _payload(self, candle: Candle, now_us: int) -> bytes:
        closed = self._is_closed(candle)
        return ENCODE(kline_event(candle, self._interval, self._market, now_us, is_closed=closed))


class MarketStreams:
    """The streams of a market. What is told at once it hears from the market's feeds, turn by turn."""

    def __init__(self, feeds: MarketFeeds, place: Place) -> None:
        self.market: Final = feeds.market
        self._feeds = feeds
        self._place = place
        self._streams: dict[str, Stream] = {}
        self._newest: list[DatedTrade] = []
        feeds.watchers.append(self)

    def stream(self, ending: str) -> Stream | None:
        """The stream of a name behind the symbol; None where there is none."""
        found = self._streams.get(ending)
        if found is None:
            name = f"{symbol_of(self.market).lower()}@{ending}"
            found = self._made(name, ending)
            if found is not None:
                self._streams[ending] = found
        return found

    def tick(self, number: int, now_us: int) -> None:
        """A tenth of a second has passed."""
        for stream in self._streams.values():
            stream.tick(number, now_us)

    # What the feeds say

    def touch_book(self) -> bool:
        """The book has changed; returns whether somebody is told at the end of the turn."""
        best = self._streams.get("bookTicker")
        return best is not None and best.is_heard

    def touch_trade(self, trade: DatedTrade) -> bool:
        """There was a trade; returns whether somebody is told at the end of the turn."""
        if not any(self._is_heard(ending) for ending in _OF_TRADES):
            return False
        self._newest.append(trade)
        return True

    def flush(self, now_s: float) -> None:
        """A turn has ended."""
        trades, self._newest = self._newest, []
        for ending, event in _OF_TRADES.items():
            if trades and self._is_heard(ending):
                self._streams[ending].tell([ENCODE(event(trade, self.market)) for trade in trades])
        best = self._streams.get("bookTicker")
        if isinstance(best, WholeStream):
            best.look(self._place.stamp.time_us)

    # What is told of the day, which is told of all markets together as well

    def day_state(self) -> object:
        """What a ticker depends on, but for the time."""
        day = self._feeds.day
        return day.summary, day.last_trade, self._feeds.book.top(1)

    def full_ticker(self, now_us: int) -> bytes:
        """The ticker with all figures."""
        return ENCODE(ticker_event(full_view(self._day(now_us), self._feeds.newest, self.market), now_us))

    def mini_ticker(self, now_us: int) -> bytes:
        """The ticker with fewer."""
        return ENCODE(
            mini_ticker_event(mini_view(self._day(now_us), self._feeds.newest, self.market), now_us)
        )

    def _day(self, now_us: int) -> MarketDay:
        day, book = self._feeds.day, self._feeds.book
        bids, asks = book.top(1)
        depth = Depth(self.market.id, book.sequence, day.last_price, bids, asks)
        return MarketDay(now_us, depth, day.summary)

    def _is_heard(self, ending: str) -> bool:
        found = self._streams.get(ending)
        return found is not None and found.is_heard

    def _made(self, name: str, ending: str) -> Stream | None:
        if ending in _OF_TRADES:
            return Stream(name, self._place)
        if ending == "bookTicker":
            return WholeStream(name, self._place, TICKS_A_SECOND, lambda: self._feeds.book.top(1), self._best)
        if ending == "ticker":
            return WholeStream(name, self._place, TICKS_A_SECOND, self.day_state, self.full_ticker)
        if ending == "miniTicker":
            return WholeStream(name, self._place, TICKS_A_SECOND, self.day_state, self.mini_ticker)
        if ending.startswith("kline_"):
            interval = _INTERVALS.get(ending.removeprefix("kline_"))
            if interval is None:
                return None
            return KlineStream(name, self._place, self._feeds.candles, interval, self.market)
        return self._depth(name, ending)

    def _depth(self, name: str, ending: str) -> Stream | None:
        kind, at, pace = ending.partition("@")
        ticks = _PACES.get(at + pace)
        if ticks is None:
            return None
        book = self._feeds.book
        if kind == "depth":
            return DiffStream(name, self._place, ticks, book, self._feeds.texts)
        for count in _DEPTHS:
            if kind == f"depth{count}":
                return WholeStream(name, self._place, ticks, partial(book.top, count), self._levels(count))
        return None

    def _levels(self, count: int) -> Callable[[int], bytes]:
        def payload(_: int) -> bytes:
            book = self._feeds.book
            bids, asks = (level_texts(side, self._feeds.texts) for side in book.top(count))
            return ENCODE(PartialDepth(book.sequence, bids, asks))

        return payload

    def _best(self, _: int) -> bytes:
        book = self._feeds.book
        return ENCODE(best_event(book.sequence, *book.top(1), self.market))


_OF_TRADES: Final[dict[str, Callable[[DatedTrade, Market], object]]] = {
    "trade": trade_event,
    "aggTrade": aggregate_event,
}


def level_texts(levels: list[Level], texts: PublicTexts) -> Levels:
    """Levels as price and quantity; one that has gone has a quantity that is told apart by its text."""
    return [(texts.price(price), texts.quantity(lots) if lots else GONE) for price, lots in levels]
