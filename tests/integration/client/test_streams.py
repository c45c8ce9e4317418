"""The Python stream against a real exchange, also while processes of it are killed."""

from __future__ import annotations

import asyncio
import random
from collections import deque
from typing import Any

import pytest

from cse_client import CseClient, NewOrder
from cse_client.market import Market
from cse_client.models import Side
from cse_client.stream import (
    ChannelRefused,
    FillsData,
    OrderBook,
    OrderQueues,
    OrdersData,
    StreamClient,
    TradesData,
    Update,
)
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp

MARKET = "KIKO-USDC"
ORDERS = 120


async def matches(client: CseClient, stream: StreamClient, book: OrderBook, sequences: deque[int]) -> bool:
    """Whether the local book comes to be what REST shows."""
    market = book.market
    for _ in range(100):
        shown = await client.order_book(market.name, depth=500)
        levels = [
            [(market.parse_price(price), market.parse_quantity(lots)) for price, lots in side]
            for side in (shown.bids, shown.asks)
        ]
        if sequences and sequences[-1] == int(shown.book_sequence) and levels == [book.bids, book.asks]:
            return True
        await asyncio.sleep(0.05)
    return False


async def shows_the_best(best: dict[str, Any], book: OrderBook) -> bool:
    """Whether what is told of the best levels comes to be the beginning of the local book."""

    def read(levels: list[tuple[str, str]]) -> list[tuple[int, int]]:
        return [(book.market.parse_price(price), book.market.parse_quantity(lots)) for price, lots in levels]

    for _ in range(200):
        if best.keys() == {"bbo", "depth"}:
            offers, depth = best["bbo"], best["depth"]
            firsts = [read([side] if side else []) for side in (offers.bid, offers.ask)]
            if [read(depth.bids), read(depth.asks)] == [book.bids[:5], book.asks[:5]] and firsts == [
                book.bids[:1],
                book.asks[:1],
            ]:
                return True
        await asyncio.sleep(0.05)
    return False


async def adds_up(queues: OrderQueues, book: OrderBook) -> bool:
    """Whether the single orders come to add up to the levels of the local book."""
    for _ in range(200):
        sums: list[dict[int, int]] = []
        for orders in (queues.bids, queues.asks):
            levels: dict[int, int] = {}
            for order in orders:
                levels[order.price] = levels.get(order.price, 0) + order.lots
            sums.append(levels)
        if queues.bids and [list(levels.items()) for levels in sums] == [book.bids, book.asks]:
            return True
        await asyncio.sleep(0.05)
    return False


async def trade(client: CseClient, other: CseClient, market: Market, dice: random.Random, count: int) -> None:
    """Orders of two people around one price, some of which trade and some of which are cancelled."""
    for _ in range(count):
        side: Side = dice.choice(("buy", "sell"))
        price = market.format_price(5_000 + dice.randrange(-20, 21))
        order = NewOrder(
            market=market.name, side=side, type="limit", price=price,
            quantity=market.format_quantity(dice.randrange(1_000, 9_000)),
        )  # fmt: skip
        person = client if side == "buy" else other
        placed = await person.place_and_resolve(order)
        if placed.order.status == "open" and dice.random() < 0.4:
            await person.cancel_order(placed.order.id)


async def test_a_book_is_the_servers_also_after_a_streams_process_was_killed(
    exchange: RunningExchange, sign_up: SignUp
) -> None:
    buyer, seller = await sign_up(USDC="100000"), await sign_up(KIKO="100000")
    market = await buyer.market(MARKET)
    dice = random.Random(4)
    sequences: deque[int] = deque(maxlen=1)
    trades: list[str] = []
    best: dict[str, Any] = {}

    def note_best(update: Update) -> None:
        best[update.channel.partition(".")[0]] = update.data

    def note_trades(update: Update) -> None:
        assert isinstance(update.data, TradesData)
        if update.is_snapshot:
            trades.clear()
        trades.extend(one.trade_id for one in update.data.trades)

    async with StreamClient(exchange.url) as stream:
        book = stream.order_book(market, lambda update: sequences.append(update.position.sequence))
        queues = stream.order_queues(market)
        stream.subscribe(f"trades.{MARKET}", note_trades)
        for channel in (f"bbo.{MARKET}", f"depth.{MARKET}.5"):
            stream.subscribe(channel, note_best)
        await stream.live()
        await trade(buyer, seller, market, dice, ORDERS // 2)
        assert await matches(buyer, stream, book, sequences)
        assert await shows_the_best(best, book)
        assert await adds_up(queues, book)
        session = stream.status.session
        exchange.kill_all("streams")
        await trade(buyer, seller, market, dice, ORDERS // 2)
        await stream.live(timeout_s=90)
        assert stream.status.session != session
        assert await matches(buyer, stream, book, sequences)
        assert await shows_the_best(best, book)
        assert await adds_up(queues, book)
        assert len(book.bids) + len(book.asks) > 5
    for person in (buyer, seller):
        await person.cancel_all()
    assert trades == [str(number) for number in range(int(trades[0]), int(trades[-1]) + 1)]


async def test_a_person_hears_of_orders_and_fills(exchange: RunningExchange, sign_up: SignUp) -> None:
    buyer, seller = await sign_up(USDC="1000"), await sign_up(KIKO="1000")
    statuses: list[tuple[str, str]] = []
    fills: list[str] = []

    def note_orders(update: Update) -> None:
        assert isinstance(update.data, OrdersData)
        statuses.extend((order.status, order.filled_quantity) for order in update.data.orders)

    def note_fills(update: Update) -> None:
        assert isinstance(update.data, FillsData)
        fills.extend(fill.liquidity for fill in update.data.fills)

    async with StreamClient(exchange.url, access_token=buyer.access_token, encoding="msgpack") as stream:
        stream.subscribe("user.orders", note_orders)
        stream.subscribe("user.fills", note_fills)
        await stream.live()
        order = NewOrder(market=MARKET, side="buy", type="limit", price="0.9", quantity="10", post_only=True)
        placed = await buyer.place_order(order)
        taken = NewOrder(
            market=MARKET, side="sell", type="limit", price="0.9", quantity="4", time_in_force="ioc"
        )
        await seller.place_order(taken)
        await buyer.cancel_order(placed.order.id)
        async with asyncio.timeout(10):
            while not statuses or statuses[-1][0] != "cancelled" or not fills:
                await asyncio.sleep(0.02)
    assert fills == ["maker"]
    assert [float(filled) for status, filled in statuses if status == "cancelled"] == [4.0]


async def test_channels_that_are_not_to_be_had_say_so(exchange: RunningExchange) -> None:
    async with StreamClient(exchange.url) as stream:
        for channel, code in (("trades.NOPE-USDC", "channel_unknown"), ("user.orders", "not_authenticated")):
            stream.subscribe(channel, lambda update: None)
            with pytest.raises(ChannelRefused) as refused:
                await stream.live(channel)
            assert refused.value.code == code
        with pytest.raises(ValueError, match="no channel"):
            stream.subscribe("weather.LUNA-USDC", lambda update: None)
