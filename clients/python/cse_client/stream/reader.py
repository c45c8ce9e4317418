"""One channel as its reader follows it: each message in turn, or all anew."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple, TypeAlias

import msgspec

from cse_client.stream.book import BookOutcome, OrderBook
from cse_client.stream.messages import BookData, Data, Incoming, MarketOrdersData, read_data
from cse_client.stream.order_queues import OrderQueues
from cse_client.stream.position import Position, follow

Fault: TypeAlias = Literal["gap", "checksum", "malformed"]


Book: TypeAlias = OrderBook | OrderQueues


class Update(NamedTuple):
    """News of a channel. A snapshot replaces all that was told before.

    `journal_sequence` is the sequence of the journal that it reflects; `time` is the server's.
    """

    channel: str
    is_snapshot: bool
    position: Position
    journal_sequence: int
    time: str
    data: Data


Listener: TypeAlias = Callable[[Update], None]


class Reader:
    """Follows one channel for those who listen to it.

    Attributes:
        position: where it stands; None while it knows nothing, and waits for a snapshot.
        book: kept up to date where the channel is a book, by level or by order, and its market is known.
        faults: how often in a row something was missing or wrong.
    """

    def __init__(self, channel: str, book: Book | None = None) -> None:
        self.channel = channel
        self.position: Position | None = None
        self.book = book
        self.faults = 0
        self.listeners: list[Listener] = []

    def take(self, message: Incoming) -> Fault | None:
        """Takes a message of the channel and tells the listeners.

        Returns what is wrong, after which it knows nothing: the channel is to be subscribed to anew.
        Updates that come before the snapshot then are left aside.
        """
        is_snapshot = message.type == "snapshot"
        if self.position is None and not is_snapshot:
            return None
        try:
            following = follow(self.position, message)
            journal_sequence = int(message.journal_sequence)
            data = read_data(message)
        except (msgspec.DecodeError, ValueError):
            return self._lost("malformed")
        if following == "known":
            return None
        if following == "gap":
            return self._lost("gap")
        outcome = self._kept(data, is_snapshot)
        if outcome is not BookOutcome.APPLIED:
            return self._lost(outcome.value)
        self.position = following
        if not is_snapshot:
            self.faults = 0
        update = Update(self.channel, is_snapshot, following, journal_sequence, message.time, data)
        for listener in tuple(self.listeners):
            listener(update)
        return None

    def forget(self) -> None:
        """Knows nothing any more."""
        self.position = None
        if self.book is not None:
            self.book.clear()

    def _kept(self, data: Data, is_snapshot: bool) -> BookOutcome:
        """What came of keeping the book, if there is one."""
        if isinstance(self.book, OrderBook) and isinstance(data, BookData):
            return self.book.apply(data, is_snapshot=is_snapshot)
        if isinstance(self.book, OrderQueues) and isinstance(data, MarketOrdersData):
            return self.book.apply(data, is_snapshot=is_snapshot)
        return BookOutcome.APPLIED

    def _lost(self, fault: Fault) -> Fault:
        self.forget()
        self.faults += 1
        return fault
