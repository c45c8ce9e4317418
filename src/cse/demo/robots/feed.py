"""What the robots hear over the exchange's streams: every trade, and what became of their own orders."""

from __future__ import annotations

import contextlib
import time
from collections.abc import AsyncIterator, Sequence
from typing import Final

from cse.demo.robots.desk import Desk
from cse_client import Market
from cse_client.stream import OrdersData, Status, StreamClient, TradesData, Update

# An order so young may rest though a snapshot that was taken before it does not have it.
_YOUNG_S: Final = 5.0


@contextlib.asynccontextmanager
async def listening(url: str, desks: Sequence[Desk]) -> AsyncIterator[None]:
    """Tells the desks what there is to hear, for as long as the context lasts.

    Without a stream they go on: they know the fills of their own takers, and learn of others when
    they want to take an order back that is gone.
    """
    makers = [trader for _, trader in desks[0].makers] if desks else []
    async with contextlib.AsyncExitStack() as stack:
        trades = await stack.enter_async_context(StreamClient(url))
        trades.on_status(lambda status: _note_status(desks, status))
        for desk in desks:
            trades.subscribe(f"trades.{desk.market.name}", _TradesOf(desk, desk.market))
        for number, maker in enumerate(makers):
            own = await stack.enter_async_context(StreamClient(url, access_token=maker.client.access_token))
            own.subscribe("user.orders", _OrdersOf(desks, number))
        yield


def _note_status(desks: Sequence[Desk], status: Status) -> None:
    for desk in desks:
        desk.hears_trades = status.state == "live"


class _TradesOf:
    """Hears one market's trades. Those of a snapshot are past."""

    def __init__(self, desk: Desk, market: Market) -> None:
        self._desk = desk
        self._market = market

    def __call__(self, update: Update) -> None:
        if update.is_snapshot or not isinstance(update.data, TradesData):
            return
        for trade in update.data.trades:
            ticks = self._market.parse_price(trade.price)
            self._desk.saw_trade(trade.side, ticks, self._market.parse_quantity(trade.quantity))


class _OrdersOf:
    """Hears what became of one maker's orders, in whatever market."""

    def __init__(self, desks: Sequence[Desk], number: int) -> None:
        self._ladders = {desk.market.name: desk.makers[number][0] for desk in desks}

    def __call__(self, update: Update) -> None:
        if not isinstance(update.data, OrdersData):
            return
        if update.is_snapshot:
            self._compare(update.data)
            return
        for order in update.data.orders:
            ladder = self._ladders.get(order.market)
            if ladder is not None and order.status != "open":
                ladder.drop(order.id)

    def _compare(self, data: OrdersData) -> None:
        """Forgets what is not among all open orders, or among the newest of them."""
        there = {order.id for order in data.orders}
        oldest = min((int(order_id) for order_id in there), default=0) if data.more else 0
        placed_before_s = time.time() - _YOUNG_S
        for ladder in self._ladders.values():
            for order in list(ladder.orders.values()):
                is_told = int(order.order_id) >= oldest and order.placed_at_s < placed_before_s
                if is_told and order.order_id not in there:
                    ladder.drop(order.order_id)
