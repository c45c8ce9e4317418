"""The open orders of a market that its channel begins with, read beside everything else."""

from __future__ import annotations

import asyncio
from typing import Final

from cse.engine.client import ReplicaClient
from cse.engine.models import EngineError
from cse.streams.channels.market_orders import MarketOrdersChannel
from cse.streams.follower import Feed
from cse.streams.market_orders import MarketOrders
from cse.streams.order_changes import order_changes

_RETRY_S: Final = 0.2


class MarketOrdersLoader:
    """Reads the state of these channels as they are wanted, and again until it is there."""

    def __init__(self, replica: ReplicaClient, feed: Feed, orders: MarketOrders) -> None:
        self._replica = replica
        self._feed = feed
        self._orders = orders
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, channel: MarketOrdersChannel) -> None:
        """Reads the state of a channel beside everything else."""
        task = asyncio.create_task(self._load(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Gives up what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _load(self, channel: MarketOrdersChannel) -> None:
        while self._orders.holds(channel):
            try:
                reading = await self._replica.market_orders(channel.market.id)
            except EngineError:
                await asyncio.sleep(_RETRY_S)
                continue
            earlier = await order_changes(self._feed, channel.market.id, reading)
            if channel.begin(reading, earlier):
                channel.let_in()
                return
