"""Over ten thousand changes, losses, reconnects and killed processes, a client has the exchange's book."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import httpx

from tests.e2e.person import Person
from tests.exchange import RunningExchange
from tests.integration.streams.conftest import Listener
from tests.integration.streams.trading import MARKET, Desk

BOOK, TRADES, TICKER, MINUTES = (
    f"orderbook.{MARKET}",
    f"trades.{MARKET}",
    f"ticker.{MARKET}",
    f"candles.{MARKET}.1m",
)
CHANNELS = (BOOK, TRADES, TICKER, MINUTES)
CHANGES = 10_000
LOSSES = 0.01


async def test_a_lossy_client_has_the_book_of_the_exchange(
    well: RunningExchange, person: Person, listen: Callable[[], Any]
) -> None:
    source = Random(7)
    listeners: list[Listener] = [await listen() for _ in range(3)]
    for listener in listeners:
        listener.loses = lambda: source.random() < LOSSES
    desk = Desk(well, person)
    trading = asyncio.create_task(desk.run(anything(desk, source), lambda done: done >= CHANGES, 0.002))
    living = [
        asyncio.create_task(live(listener, Random(number))) for number, listener in enumerate(listeners)
    ]
    for _ in range(2):
        await asyncio.sleep(1.5)
        well.kill(source.choice(["streams-1", "streams-2"]), signal.SIGKILL)
    assert await trading >= CHANGES
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
    for listener in listeners:
        listener.loses = lambda: False
        if listener.closed.is_set():
            await listener.connect()
    await compare(well, listeners)
    assert sum(listener.lost for listener in listeners) > 5
    assert sum(one.client.channels[BOOK].gaps for one in listeners) > 5, "losses were noticed"
    assert sum(one.client.channels[BOOK].updates for one in listeners) > 1_000


def anything(desk: Desk, source: Random) -> Iterator[list[bytes]]:
    while True:
        yield [desk.anything(source) for _ in range(source.randint(1, 12))]


async def live(listener: Listener, source: Random) -> None:
    """A client's life: it mends what it lost, and now and then its connection is cut."""
    await listener.subscribe(*CHANNELS)
    while True:
        await asyncio.sleep(0.02)
        if not listener.closed.is_set() and source.random() < 0.02:
            await listener.leave()
        if listener.closed.is_set():
            await listener.connect()
            await listener.subscribe(*CHANNELS)
        elif listener.client.lost:
            await listener.subscribe(*listener.client.lost)


async def compare(exchange: RunningExchange, listeners: list[Listener]) -> None:
    """Each listener comes to what REST shows, at the same number."""
    async with httpx.AsyncClient(base_url=exchange.url) as http:
        shown = (await http.get(f"/api/orderbook/{MARKET}", params={"depth": 500})).json()
        for listener in listeners:
            await compare_book(listener, shown)


async def compare_book(listener: Listener, shown: dict[str, Any]) -> None:
    await listener.subscribe(*CHANNELS)
    book = listener.client.channels[BOOK]
    await listener.until(lambda: str(book.sequence) == shown["book_sequence"], "the book is that of REST")
    assert book.best("bids", 500) == shown["bids"]
    assert book.best("asks", 500) == shown["asks"]
