"""The open orders of a market that its channel begins with, read beside everything else."""

from __future__ import annotations

import asyncio

from cse.engine.client import ReplicaClient
from cse.engine.models import EngineError
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.follower import Feed
from cse.streams.loader import RETRY_S, Loader
from cse.streams.market_orders import MarketOrders
from cse.streams.order_changes import order_changes


class MarketOrdersLoader(Loader[MarketOrdersChannel]):
    """Reads the state of these channels as they are wanted, and again until it is there."""

    def __init__(self, replica: ReplicaClient, feed: Feed, orders: MarketOrders) -> None:
        super().__init__()
        self._replica = replica
        self._feed = feed
        self._orders = orders

    async def _load(self, channel: MarketOrdersChannel) -> None:
        while self._orders.holds(channel):
            try:
                reading = await self._replica.market_orders(channel.market.id)
            except EngineError:
                await asyncio.sleep(RETRY_S)
                continue
            earlier = await order_changes(self._feed, channel.market.id, reading)
            if channel.begin(reading, earlier):
                channel.let_in()
                return
