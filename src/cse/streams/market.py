"""All that is told of one market."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from cse.domain.markets import Market
from cse.engine.models import DatedTrade, Depth
from cse.marketdata.intervals import Interval
from cse.streams import names
from cse.streams.book import Book
from cse.streams.channel import Channel, Place
from cse.streams.epochs import Epochs
from cse.streams.public import BookChannel, TradesChannel
from cse.streams.texts import PublicTexts


@dataclass(frozen=True, slots=True)
class MarketStart:
    """A market as the replica has it, when this process begins.

    Attributes:
        market: its rules.
        depth: its whole book.
        recent: its newest trades, newest first.
        earlier: the keys of the book's changes before `depth`, oldest first.
    """

    market: Market
    depth: Depth
    recent: list[DatedTrade] = field(default_factory=list)
    earlier: Iterable[int] = ()


class MarketFeeds:
    """The channels of one market."""

    def __init__(self, start: MarketStart, place: Place, epoch: int) -> None:
        name = start.market.name
        self.market = start.market
        self.texts = PublicTexts(start.market)
        self.book = Book(start.depth, start.earlier)
        self._book_epochs, self._trade_epochs = Epochs(epoch), Epochs(epoch)
        recent = list(reversed(start.recent))
        self.books = BookChannel(f"{names.BOOK}.{name}", place, self._book_epochs, self.book, self.texts)
        self.trades = TradesChannel(f"{names.TRADES}.{name}", place, self._trade_epochs, recent, self.texts)

    def begin_epoch(self, epoch: int) -> None:
        """Another epoch begins; what was numbered so far belongs to the one before."""
        self._book_epochs.begin(epoch, self.book.sequence)
        self._trade_epochs.begin(epoch, self.trades.last_trade)

    def channel(self, kind: str, interval: Interval | None) -> Channel | None:
        """The channel of a kind; None where there is none (yet)."""
        if kind == names.BOOK:
            return self.books
        if kind == names.TRADES:
            return self.trades
        return None
