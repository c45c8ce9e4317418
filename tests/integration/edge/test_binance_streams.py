"""Streams as the published clients of Binance hear them, unmodified, from both sides of a trade."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import aiohttp
import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.lossy import LossyLine, lossy_line
from tests.integration.edge.published import ccxt_streams, published, python_binance_streams
from tests.people import Person

SYMBOL = "LABUSDC"
PAIR = "LAB/USDC"
TIMEOUT_S = 150.0
DEPTH = 500
_LOOKS_A_CHANGE = 4


async def trades(trader: Person, other: Person, price: str = "2") -> None:
    """A trade of 4 which the buyer takes, and a book of 1.50 to 2.50 around it."""

    def trade() -> None:
        trader.limit("sell", price, "4")
        other.limit("buy", price, "4")
        trader.limit("buy", "1.5", "10")
        trader.limit("sell", "2.5", "20")

    await asyncio.to_thread(trade)


@pytest.fixture
async def ccxt_pro(exchange: RunningExchange) -> AsyncIterator[Any]:
    """ccxt's streams, told nothing but where the exchange is and that it has no futures."""
    client = ccxt_streams(exchange.url)
    yield client
    await client.close()


@pytest.fixture
async def sockets(exchange: RunningExchange) -> AsyncIterator[Any]:
    """python-binance's manager of sockets, told nothing but where the exchange is."""
    client, manager = python_binance_streams(exchange.url)
    yield manager
    await client.close_connection()


async def test_ccxt_hears_books_trades_candles_and_tickers(
    ccxt_pro: Any, trader: Person, other: Person, quiet: None
) -> None:
    async with asyncio.timeout(TIMEOUT_S):
        await ccxt_pro.load_markets()
        watching = asyncio.gather(
            ccxt_pro.watch_trades(PAIR),
            ccxt_pro.watch_ohlcv(PAIR, "1h"),
            ccxt_pro.watch_ticker(PAIR),
            ccxt_pro.watch_bids_asks([PAIR]),
            ccxt_pro.watch_order_book(PAIR, 100),
        )
        while not watching.done():
            # Until all of them are heard.
            await trades(trader, other)
        heard, candles, ticker, bests, _ = await watching
        assert (heard[-1]["price"], heard[-1]["amount"], heard[-1]["side"]) == (2.0, 4.0, "buy")
        assert candles[-1][4] == 2.0
        assert ticker["symbol"] == PAIR
        assert bests.keys() == {PAIR}
        while [ccxt_pro.bidsasks[PAIR][side] for side in ("bid", "ask")] != [1.5, 2.5]:
            await asyncio.sleep(0.05)
        expected = await ccxt_pro.fetch_order_book(PAIR, 100)
        book = ccxt_pro.orderbooks[PAIR]
        while book["nonce"] < expected["nonce"]:
            await asyncio.sleep(0.05)
        assert (book["bids"], book["asks"]) == (expected["bids"], expected["asks"])


async def test_python_binance_hears_the_same(
    sockets: Any, trader: Person, other: Person, quiet: None
) -> None:
    async def first(socket: Any) -> Any:
        async with socket as opened:
            return await opened.recv()

    async with asyncio.timeout(TIMEOUT_S):
        hearing = asyncio.gather(
            first(sockets.trade_socket(SYMBOL)),
            first(sockets.aggtrade_socket(SYMBOL)),
            first(sockets.depth_socket(SYMBOL, interval=100)),
            first(sockets.multiplex_socket(["labusdc@kline_1m", "labusdc@miniTicker"])),
        )
        await trades(trader, other)
        while not hearing.done():
            await trades(trader, other)
        trade, aggregate, changed, combined = await hearing
        assert (trade["e"], trade["s"], trade["p"], trade["q"]) == ("trade", SYMBOL, "2.0000", "4.00")
        assert (aggregate["e"], aggregate["f"], aggregate["m"]) == ("aggTrade", aggregate["l"], False)
        assert changed["e"] == "depthUpdate"
        assert changed["U"] <= changed["u"]
        assert combined["stream"] in ("labusdc@kline_1m", "labusdc@miniTicker")
        # What is a whole is told at once to who comes.
        depth = await first(sockets.depth_socket(SYMBOL, depth="5"))
        assert (depth["bids"][0], depth["asks"][0][0]) == (["1.5000", depth["bids"][0][1]], "2.5000")
        assert (await first(sockets.symbol_ticker_socket(SYMBOL)))["c"] == "2.0000"
        assert (await first(sockets.symbol_book_ticker_socket(SYMBOL)))["b"] == "1.5000"
        assert SYMBOL in {one["s"] for one in await first(sockets.ticker_socket())}
        kline = await first(sockets.kline_socket(SYMBOL, "1h"))
        assert (kline["k"]["i"], kline["k"]["c"], kline["k"]["x"]) == ("1h", "2.0000", False)


async def test_a_connection_subscribes_as_it_goes(exchange: RunningExchange) -> None:
    async with asyncio.timeout(TIMEOUT_S), aiohttp.ClientSession() as http:

        async def asked(socket: aiohttp.ClientWebSocketResponse, text: str) -> Any:
            await socket.send_str(text)
            return json.loads((await socket.receive()).data)

        async with http.ws_connect(f"{exchange.url}/binance/ws/labusdc@trade") as socket:
            for request, told in (
                ('{"method":"SUBSCRIBE","params":["labusdc@aggTrade"],"id":1}', {"result": None, "id": 1}),
                (
                    '{"method":"LIST_SUBSCRIPTIONS","id":"two"}',
                    {"result": ["labusdc@trade", "labusdc@aggTrade"], "id": "two"},
                ),
                ('{"method":"UNSUBSCRIBE","params":["labusdc@trade"],"id":3}', {"result": None, "id": 3}),
                ('{"method":"SET_PROPERTY","params":["combined",true],"id":4}', {"result": None, "id": 4}),
                ('{"method":"GET_PROPERTY","params":["combined"],"id":5}', {"result": True, "id": 5}),
            ):
                assert await asked(socket, request) == told
            for request, number in (
                ('{"method":"SUBSCRIBE","params":["labusdc@nothing"],"id":6}', 2),
                ('{"method":"SUBSCRIBE","params":[],"id":6}', 2),
                ('{"method":"SET_PROPERTY","params":["combined",1],"id":6}', 2),
                ('{"method":"DANCE","id":6}', 2),
            ):
                refused = await asked(socket, request)
                assert (refused["error"]["code"], refused["id"]) == (number, 6), request
            assert (await asked(socket, "{"))["error"]["code"] == 3
            state = await asked(socket, '{"method":"SUBSCRIBE","params":["labusdc@depth5"],"id":7}')
            assert state == {"result": None, "id": 7}
            assert json.loads((await socket.receive()).data)["stream"] == "labusdc@depth5"
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused_at_once:
            await http.ws_connect(f"{exchange.url}/binance/stream?streams=nosuchusdc@trade")
        assert refused_at_once.value.status == 404


Sides = tuple[list[Any], list[Any]]


async def change_book(trader: Person, other: Person, rounds: range) -> None:
    """Changes a book on both sides, and takes levels out of it."""

    def change(number: int) -> None:
        trader.limit("buy", f"1.{number % 10}", "10")
        other.limit("sell", f"3.{number % 10}", "10")
        if number % 10 == 5:
            assert trader.send("DELETE", "/api/orders").status_code == 200

    for number in rounds:
        await asyncio.to_thread(change, number)
        await asyncio.sleep(0.1)


async def kept_over_losses(
    line: LossyLine,
    change: Callable[[range], Awaitable[None]],
    keeping: asyncio.Task[None],
    kept: Callable[[], Sides],
    expected: Callable[[], Awaitable[Sides]],
) -> None:
    """A book that a client keeps is the exchange's again, after lost events and the end of its connection."""
    line.every = 4
    while line.lost < 2:
        await change(range(4, 8))
    before = line.connections
    await line.end_all()
    line.every = 0
    while line.connections == before:
        # Its own code comes back; who leaves while it does so is kept waiting for ever by python-binance.
        if keeping.done():
            keeping.result()
        await asyncio.sleep(0.1)
    await change(range(8, 9))
    looks = 0
    while await expected() != kept():
        # An event that is missing is seen by the next; what is told takes a moment.
        if keeping.done():
            keeping.result()
        if looks % _LOOKS_A_CHANGE == 0:
            # Each level in turn: a client may have put an event upon a picture that was newer.
            at = looks // _LOOKS_A_CHANGE
            await change(range(at, at + 1))
        looks += 1
        await asyncio.sleep(0.25)
    assert kept()[0]


@pytest.fixture
async def line(exchange: RunningExchange) -> AsyncIterator[LossyLine]:
    """A line on which events of books are lost."""
    async with lossy_line(exchange.url) as line:
        yield line


async def test_the_book_that_ccxt_keeps_survives_losses(
    exchange: RunningExchange, line: LossyLine, trader: Person, other: Person, quiet: None
) -> None:
    client = ccxt_streams(exchange.url, streams=line.url)
    errors = published("ccxt")

    async def keep() -> None:
        while True:
            try:
                await client.watch_order_book(PAIR, 100)
            except (errors.ChecksumError, errors.NetworkError):
                continue

    def kept() -> Sides:
        book = client.orderbooks.get(PAIR, {"bids": [], "asks": []})
        return list(book["bids"]), list(book["asks"])

    async def expected() -> Sides:
        book = await client.fetch_order_book(PAIR, 100)
        return book["bids"], book["asks"]

    keeping = asyncio.create_task(keep())
    try:
        async with asyncio.timeout(TIMEOUT_S):
            await kept_over_losses(
                line, lambda rounds: change_book(trader, other, rounds), keeping, kept, expected
            )
    finally:
        keeping.cancel()
        await asyncio.gather(keeping, return_exceptions=True)
        await client.close()


async def test_the_book_that_python_binance_keeps_survives_losses(
    exchange: RunningExchange, line: LossyLine, trader: Person, other: Person, quiet: None
) -> None:
    client, manager = python_binance_streams(exchange.url, streams=line.url)
    # As deep as what it is held against: others of this run may have left levels in the book.
    caches = published("binance.ws.depthcache").DepthCacheManager(
        client, SYMBOL, bm=manager, ws_interval=100, limit=DEPTH
    )

    def kept() -> Sides:
        cache = caches.get_depth_cache()
        return cache.get_bids(), cache.get_asks()

    async def expected() -> Sides:
        book = await client.get_order_book(symbol=SYMBOL, limit=DEPTH)
        bids, asks = ([[float(part) for part in level] for level in book[side]] for side in ("bids", "asks"))
        return bids, asks

    async def keep(opened: Any) -> None:
        while True:
            await opened.recv()

    async with asyncio.timeout(TIMEOUT_S), caches as opened:
        keeping = asyncio.create_task(keep(opened))
        try:
            await kept_over_losses(
                line, lambda rounds: change_book(trader, other, rounds), keeping, kept, expected
            )
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
    await client.close_connection()
