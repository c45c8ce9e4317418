"""The channels of markets' single orders in this process: those that somebody listens to, and no others."""

from __future__ import annotations

from collections.abc import Callable

from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.market import MarketFeeds


class MarketOrders:
    """Channels by market. `want` is called with one whose state is to be read."""

    def __init__(self, place: Place, epochs: Epochs) -> None:
        self.want: Callable[[MarketOrdersChannel], None] = lambda _: None
        # By the market's id.
        self.heard: dict[int, MarketOrdersChannel] = {}
        self._place = place
        self._epochs = epochs

    def channel(self, name: str, feeds: MarketFeeds) -> MarketOrdersChannel:
        """The channel of a market; made if it is not there."""
        found = self.heard.get(feeds.market.id)
        if found is None:
            found = MarketOrdersChannel(name, self._place, self._epochs, feeds.market, feeds.texts)
            self.heard[feeds.market.id] = found
            self.want(found)
        return found

    def holds(self, channel: MarketOrdersChannel) -> bool:
        """Whether it is still one of these."""
        return self.heard.get(channel.market.id) is channel

    def drop(self, channel: MarketOrdersChannel) -> None:
        """Nobody listens to it any more."""
        if self.holds(channel):
            del self.heard[channel.market.id]
