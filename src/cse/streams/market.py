"""All that is told of one market."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from cse.domain.markets import Market
from cse.engine.models import DatedTrade, Depth
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.intervals import Interval
from cse.marketdata.live import Live
from cse.marketdata.rolling_day import RollingDay
from cse.streams import names
from cse.streams.book import Book
from cse.streams.channels.best_levels import BestLevelsChannel, DepthChannel, OffersChannel
from cse.streams.channels.book import BookChannel
from cse.streams.channels.candles import CandlesChannel
from cse.streams.channels.channel import Channel, Place
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.market import Changed, MarketChannel
from cse.streams.channels.texts import PublicTexts
from cse.streams.channels.ticker import TickerChannel
from cse.streams.channels.trades import TradesChannel
from cse.streams.names import ChannelName


def nothing_yet() -> Live:
    """The figures of a market that has not traded."""
    return Live(CandleBuilder(), RollingDay())


@dataclass(frozen=True, slots=True)
class MarketStart:
    """A market as it is when this process begins.

    Attributes:
        market: its rules.
        depth: its whole book.
        recent: its newest trades, newest first.
        earlier: the keys of the book's changes before `depth`, oldest first.
        live: its candles and its rolling day.
        read_at: the command after which its rules were as `market` has them.
    """

    market: Market
    depth: Depth
    recent: list[DatedTrade] = field(default_factory=list)
    earlier: Iterable[int] = ()
    live: Live = field(default_factory=nothing_yet)
    read_at: int = 0


class Watcher(Protocol):
    """What else hears of a market, and tells it at the end of a turn, in a form of its own."""

    def touch_book(self) -> bool:
        """The book has changed; returns whether there is something to tell."""

    def touch_trade(self, trade: DatedTrade) -> bool:
        """There was a trade; returns whether there is something to tell."""

    def flush(self, now_s: float) -> None:
        """Tells it."""


class MarketFeeds:
    """The channels of one market. Each method returns the channels that have something to tell."""

    def __init__(self, start: MarketStart, place: Place, epoch: int, journal: Epochs) -> None:
        market, name = start.market, start.market.name
        self.market = market
        self.book = Book(start.depth, start.earlier)
        self.day, self.candles = start.live.day, start.live.candles
        self.newest = start.recent[0] if start.recent else None
        self.watchers: list[Watcher] = []
        self._place = place
        self._book_epochs, self._trade_epochs = Epochs(epoch), Epochs(epoch)
        self.texts = texts = PublicTexts(market)
        recent = list(reversed(start.recent))
        self._books = BookChannel(f"{names.BOOK}.{name}", place, self._book_epochs, self.book, texts)
        self._trades = TradesChannel(f"{names.TRADES}.{name}", place, self._trade_epochs, recent, texts)
        self._ticker = TickerChannel(f"{names.TICKER}.{name}", place, journal, market, self.book, self.day)
        self._rules = MarketChannel(f"{names.MARKET}.{name}", place, journal, market, start.read_at)
        self._offers = OffersChannel(f"{names.OFFERS}.{name}", place, self._book_epochs, self.book, texts)
        self._depths: dict[int, DepthChannel] = {}
        self._candle_channels: dict[Interval, CandlesChannel] = {}

    def begin_epoch(self, epoch: int) -> None:
        """Another epoch begins; what was numbered so far belongs to the one before."""
        self._book_epochs.begin(epoch, self.book.sequence)
        self._trade_epochs.begin(epoch, self._trades.last_trade)

    def change_depth(
        self, sequence: int, book_sequence: int, side: int, price: int, lots: int
    ) -> Iterator[BookChannel | BestLevelsChannel | TickerChannel | Watcher]:
        """A level changed."""
        if self.book.apply(book_sequence, side, price, lots):
            yield self._books
            if self._offers.touch_book():
                yield self._offers
            for depth in self._depths.values():
                if depth.touch_book():
                    yield depth
            if self._ticker.touch_book(sequence):
                yield self._ticker
            for watcher in self.watchers:
                if watcher.touch_book():
                    yield watcher

    def trade(self, trade: DatedTrade) -> Iterator[TradesChannel | TickerChannel | CandlesChannel | Watcher]:
        """There was a trade; the figures may have it already where the list has not, and the reverse."""
        traded = trade.traded
        figures = (trade.time_us, traded.trade_id, traded.price, traded.quantity, traded.notional)
        if self._trades.add(trade):
            self.newest = trade
            yield self._trades
            for watcher in self.watchers:
                if watcher.touch_trade(trade):
                    yield watcher
        if self.day.add(*figures):
            self._ticker.touch_day(trade.sequence)
            yield self._ticker
        if self.candles.add(*figures):
            yield from self._candle_channels.values()

    def change(self, sequence: int, event: Changed) -> Iterator[MarketChannel]:
        """Its rules, its status or its auction changed."""
        if self._rules.change(sequence, event):
            yield self._rules

    def pass_time(self, now_us: int) -> Iterator[TickerChannel | CandlesChannel]:
        """Time has come to `now_us`: trades leave the day, candles close."""
        if self.day.expire(now_us):
            yield self._ticker
        journal_us = self._place.stamp.time_us
        for channel in self._candle_channels.values():
            if channel.closes_at_us is not None and channel.closes_at_us <= journal_us:
                yield channel

    def channel(self, name: ChannelName) -> Channel | None:
        """The channel of a name in this market; None where there is none."""
        if name.interval is not None:
            return self._candles_of(name.interval)
        if name.depth is not None:
            return self._depth_of(name.depth)
        if name.kind == names.OFFERS:
            self._offers.refresh()
        channels: dict[str, Channel] = {
            names.BOOK: self._books,
            names.OFFERS: self._offers,
            names.TRADES: self._trades,
            names.TICKER: self._ticker,
            names.MARKET: self._rules,
        }
        return channels.get(name.kind)

    def _depth_of(self, count: int) -> DepthChannel:
        found = self._depths.get(count)
        if found is None:
            name = f"{names.DEPTH}.{self.market.name}.{count}"
            found = self._depths[count] = DepthChannel(
                name, self._place, self._book_epochs, self.book, self.texts, count
            )
        found.refresh()
        return found

    def _candles_of(self, interval: Interval) -> CandlesChannel:
        found = self._candle_channels.get(interval)
        if found is None:
            name = f"{names.CANDLES}.{self.market.name}.{interval.value}"
            found = self._candle_channels[interval] = CandlesChannel(
                name, self._place, self._trade_epochs, self.market, interval, self.candles
            )
        return found
