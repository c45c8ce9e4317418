"""The channels of markets' single orders in this process: those that somebody listens to, and no others."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.market import MarketFeeds

KEPT_S: Final = 60.0


class MarketOrders:
    """Channels by market. `want` is called with one whose state is to be read."""

    def __init__(self, place: Place, epochs: Epochs) -> None:
        self.want: Callable[[MarketOrdersChannel], None] = lambda _: None
        # By the market's id.
        self.heard: dict[int, MarketOrdersChannel] = {}
        # Those that nobody listens to, and since when.
        self._idle_since_s: dict[int, float] = {}
        self._place = place
        self._epochs = epochs

    def channel(self, name: str, feeds: MarketFeeds) -> MarketOrdersChannel:
        """The channel of a market; made if it is not there."""
        self._idle_since_s.pop(feeds.market.id, None)
        found = self.heard.get(feeds.market.id)
        if found is None:
            found = MarketOrdersChannel(name, self._place, self._epochs, feeds.market, feeds.texts)
            self.heard[feeds.market.id] = found
            self.want(found)
        return found

    def holds(self, channel: MarketOrdersChannel) -> bool:
        """Whether it is still one of these."""
        return self.heard.get(channel.market.id) is channel

    def drop(self, channel: MarketOrdersChannel, now_s: float) -> None:
        """Nobody listens to it any more. It is kept a while: to begin it anew takes far more."""
        if self.holds(channel):
            self._idle_since_s[channel.market.id] = now_s

    def forget_idle(self, now_s: float) -> None:
        """Drops those that nobody has listened to for long."""
        for market, since_s in list(self._idle_since_s.items()):
            if now_s - since_s > KEPT_S:
                del self._idle_since_s[market], self.heard[market]
