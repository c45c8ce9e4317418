"""What is published outside: the messages of every market's book, trades and ticker, as streams tell them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final, NamedTuple

from cse.streams import names
from cse.streams.channels.channel import Channel, Write
from cse.streams.frames import payload_of
from cse.streams.hub import Hub
from cse.streams.names import ChannelName

KINDS: Final = (names.BOOK, names.TRADES, names.TICKER)
# So many wait at most; a store that does not take them hears no more of what is older.
MESSAGES_MAX: Final = 10_000


class Publication(NamedTuple):
    """A message for everybody who listens to `topic`, such as `orderbook:NOVA-USDC`; `text` is JSON."""

    topic: str
    text: bytes


class Topics:
    """Hears the public channels of every market, and keeps what they tell until it is taken."""

    def __init__(self, hub: Hub) -> None:
        self.changed = asyncio.Event()
        self._hub = hub
        self._waiting: list[Publication] = []
        self._books: dict[str, Channel] = {}

    def join_new_markets(self) -> None:
        """Hears those too that were listed since the last time."""
        for feeds in self._hub.markets[len(self._books) :]:
            market = feeds.market.name
            for kind in KINDS:
                channel = self._hub.find(ChannelName(kind, market), 0)
                channel.listeners += 1
                channel.join(_Topic(_topic_of(kind, market), self._tell))
                if kind == names.BOOK:
                    self._books[_topic_of(kind, market)] = channel

    def take(self) -> list[Publication]:
        """What was told since the last time, oldest first."""
        taken, self._waiting = self._waiting, []
        self.changed.clear()
        return taken

    def books(self) -> list[Publication]:
        """Every market's book as it is now, as a snapshot."""
        frames = ((topic, channel.missed_since(None)) for topic, channel in self._books.items())
        return [Publication(topic, payload_of(frame)) for topic, frame in frames if frame is not None]

    def _tell(self, publication: Publication) -> None:
        if len(self._waiting) >= MESSAGES_MAX:
            self._waiting.clear()
        self._waiting.append(publication)
        self.changed.set()


class _Topic:
    """A subscriber that reads at once, so that it is never behind."""

    def __init__(self, topic: str, tell: Callable[[Publication], None]) -> None:
        self._topic = topic
        self._told = tell

    @property
    def write(self) -> Write:
        return self._write

    def catch_up(self) -> None:
        """Public channels have a state from the beginning."""

    def _write(self, frame: bytes) -> None:
        self._told(Publication(self._topic, payload_of(frame)))


def _topic_of(kind: str, market: str) -> str:
    return f"{kind}:{market}"
