"""All streams of markets that a process has, by name."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from cse.binance.parameters import symbol_of
from cse.binance.streams.market import TICKS_A_SECOND, MarketStreams
from cse.binance.streams.stream import Stream
from cse.streams.channels.channel import Write
from cse.streams.hub import Hub
from cse.streams.names import unknown_channel

FULL_OF_ALL: Final = "!ticker@arr"
MINI_OF_ALL: Final = "!miniTicker@arr"


class TickersOfAll(Stream):
    """The tickers of all markets: once a second those that have changed, in one message."""

    def __init__(self, name: str, feeds: Feeds) -> None:
        super().__init__(name, feeds.hub.place)
        self._feeds = feeds
        self._told: dict[int, object] = {}

    def join(self, listener: Hashable, write: Write, *, is_combined: bool) -> None:
        """From now on changes are told; the first that comes is told by `now`."""
        if not self.is_heard:
            self._told = {market.market.id: market.day_state() for market in self._feeds.markets()}
        super().join(listener, write, is_combined=is_combined)

    def now(self, now_us: int) -> bytes:
        """All of them."""
        return self._payload(self._feeds.markets(), now_us)

    def tick(self, number: int, now_us: int) -> None:
        if number % TICKS_A_SECOND or not self.is_heard:
            return
        changed = []
        for market in self._feeds.markets():
            state = market.day_state()
            if self._told.get(market.market.id) != state:
                self._told[market.market.id] = state
                changed.append(market)
        if changed:
            self.tell([self._payload(changed, now_us)])

    def _payload(self, markets: list[MarketStreams], now_us: int) -> bytes:
        is_full = self.name == FULL_OF_ALL
        shown = (market.full_ticker(now_us) if is_full else market.mini_ticker(now_us) for market in markets)
        return b"[" + b",".join(shown) + b"]"


class Feeds:
    """Finds streams, and gives them their ticks."""

    def __init__(self, hub: Hub) -> None:
        self.hub = hub
        self._markets: dict[str, MarketStreams] = {}
        self._of_all = {name: TickersOfAll(name, self) for name in (FULL_OF_ALL, MINI_OF_ALL)}
        self._ticks = 0

    def find(self, name: str) -> Stream:
        """The stream of a name, such as `labusdc@depth@100ms`.

        Raises:
            CodedError: `channel_unknown`.
        """
        if name in self._of_all:
            return self._of_all[name]
        symbol, _, ending = name.partition("@")
        market = self._market(symbol)
        found = None if market is None else market.stream(ending)
        if found is None:
            raise unknown_channel(name)
        return found

    def markets(self) -> list[MarketStreams]:
        """Those of all markets there are."""
        found = (self._market(symbol_of(feeds.market).lower()) for feeds in self.hub.markets)
        return [market for market in found if market is not None]

    def tick(self, now_us: int) -> None:
        """A tenth of a second has passed."""
        self._ticks += 1
        for market in list(self._markets.values()):
            market.tick(self._ticks, now_us)
        for of_all in self._of_all.values():
            of_all.tick(self._ticks, now_us)

    def _market(self, symbol: str) -> MarketStreams | None:
        found = self._markets.get(symbol)
        if found is None:
            for feeds in self.hub.markets:
                if symbol_of(feeds.market).lower() == symbol:
                    found = self._markets[symbol] = MarketStreams(feeds, self.hub.place)
        return found
