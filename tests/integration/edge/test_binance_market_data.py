"""Market data as the published clients of Binance read it, unmodified, from both sides of a trade."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.published import ccxt_client, published, python_binance_client
from tests.people import Person

SYMBOL = "LABUSDC"
API = "/binance/api/v3"


@pytest.fixture(scope="module")
def ccxt_binance(exchange: RunningExchange) -> Iterator[Any]:
    """ccxt, told nothing but where the exchange is and that it has no futures."""
    binance = ccxt_client(exchange.url)
    yield binance
    binance.session.close()


@pytest.fixture(scope="module")
def python_binance(exchange: RunningExchange) -> Iterator[Any]:
    """python-binance, told nothing but where the exchange is."""
    client = python_binance_client(exchange.url)
    yield client
    client.close_connection()


@pytest.fixture
def resting(trader: Person, other: Person) -> Iterator[dict[str, Any]]:
    """A trade of 4 at 2 which the buyer took, and a book of 1.50 to 2.50."""
    trader.limit("sell", "2", "4")
    (fill,) = other.limit("buy", "2", "4")["fills"]
    trader.limit("buy", "1.5", "10")
    trader.limit("sell", "2.5", "20")
    yield fill
    for person in (trader, other):
        assert person.send("DELETE", "/api/orders").status_code == 200


def test_ccxt_reads_markets_books_trades_and_candles(ccxt_binance: Any, resting: dict[str, Any]) -> None:
    market = ccxt_binance.load_markets(reload=True)["LAB/USDC"]
    assert (market["id"], market["active"], market["spot"]) == (SYMBOL, True, True)
    assert (market["precision"]["price"], market["precision"]["amount"]) == (0.0001, 0.01)
    book = ccxt_binance.fetch_order_book("LAB/USDC", 5)
    assert (book["bids"][0], book["asks"][0]) == ([1.5, 10.0], [2.5, 20.0])
    trade_id = resting["trade_id"]
    trade = ccxt_binance.fetch_trades("LAB/USDC", limit=1)[0]
    assert (trade["id"], trade["price"], trade["amount"], trade["side"]) == (trade_id, 2.0, 4.0, "buy")
    since = trade["timestamp"]
    found = ccxt_binance.fetch_trades("LAB/USDC", since=since, limit=10)
    assert [one["id"] for one in found][-1] == trade_id
    assert all(one["timestamp"] >= since for one in found)
    candle = ccxt_binance.fetch_ohlcv("LAB/USDC", "1m", limit=1)[0]
    assert (candle[0] % 60_000, candle[4]) == (0, 2.0)
    ticker = ccxt_binance.fetch_ticker("LAB/USDC")
    assert (ticker["last"], ticker["bid"], ticker["ask"], ticker["askVolume"]) == (2.0, 1.5, 2.5, 20.0)
    assert ccxt_binance.fetch_tickers(["LAB/USDC"])["LAB/USDC"]["quoteVolume"] >= 8
    assert ccxt_binance.fetch_bids_asks(["LAB/USDC"])["LAB/USDC"]["bid"] == 1.5
    assert abs(ccxt_binance.fetch_time() - time.time() * 1_000) < 60_000


def test_python_binance_reads_the_same(python_binance: Any, resting: dict[str, Any]) -> None:
    assert python_binance.ping() == {}
    assert abs(python_binance.get_server_time()["serverTime"] - time.time() * 1_000) < 60_000
    info = python_binance.get_symbol_info(SYMBOL)
    assert (info["baseAsset"], info["quoteAsset"], info["status"]) == ("LAB", "USDC", "TRADING")
    assert python_binance.get_order_book(symbol=SYMBOL, limit=5)["asks"][0] == ["2.5000", "20.00"]
    trade_id = int(resting["trade_id"])
    (newest,) = python_binance.get_recent_trades(symbol=SYMBOL, limit=1)
    assert (newest["id"], newest["quoteQty"], newest["isBuyerMaker"]) == (trade_id, "8", False)
    assert python_binance.get_historical_trades(symbol=SYMBOL, fromId=trade_id) == [newest]
    (aggregate,) = python_binance.get_aggregate_trades(symbol=SYMBOL, fromId=trade_id)
    at_ms = newest["time"]
    assert (aggregate["a"], aggregate["p"], aggregate["T"]) == (trade_id, "2.0000", at_ms)
    for within in (
        {"startTime": at_ms, "endTime": at_ms},
        {"endTime": at_ms, "limit": 1},
        {"startTime": at_ms, "limit": 1},
    ):
        assert aggregate in python_binance.get_aggregate_trades(symbol=SYMBOL, **within)
    assert python_binance.get_aggregate_trades(symbol=SYMBOL, startTime=at_ms + 60_000) == []
    (kline,) = python_binance.get_klines(symbol=SYMBOL, interval="1h", limit=1)
    assert (kline[4], len(kline)) == ("2.0000", 12)
    assert kline in list(python_binance.get_historical_klines(SYMBOL, "1h", kline[0]))
    assert float(python_binance.get_avg_price(symbol=SYMBOL)["price"]) > 0
    day = python_binance.get_ticker(symbol=SYMBOL)
    assert (day["lastId"], day["lastId"] - day["firstId"] + 1) == (trade_id, day["count"])
    assert python_binance.get_symbol_ticker(symbol=SYMBOL) == {"symbol": SYMBOL, "price": "2.0000"}
    assert python_binance.get_orderbook_ticker(symbol=SYMBOL)["bidQty"] == "10.00"
    assert SYMBOL in {one["symbol"] for one in python_binance.get_all_tickers()}
    assert SYMBOL in {one["symbol"] for one in python_binance.get_orderbook_tickers()}


def test_what_is_not_there_is_refused_as_the_clients_know_it(
    client: httpx.Client, ccxt_binance: Any, python_binance: Any
) -> None:
    with pytest.raises(published("binance.exceptions").BinanceAPIException) as refused:
        python_binance.get_order_book(symbol="NOSUCHUSDC")
    assert (refused.value.status_code, refused.value.code) == (400, -1121)
    with pytest.raises(published("ccxt").BadSymbol):
        ccxt_binance.public_get_depth({"symbol": "LAB-USDC"})
    for query, number in (
        ("klines?symbol=LABUSDC&interval=8h", -1120),
        ("klines?symbol=LABUSDC&interval=1m&startTime=then", -1130),
        ("depth", -1102),
        ("depth?symbol=LABUSDC&limit=0", -1130),
        ("depth?symbol=LABUSDC&symbol=LABUSDC", -1101),
        ("ticker/price?symbol=LABUSDC&symbols=%5B%22LABUSDC%22%5D", -1128),
        ("ticker/price?symbols=%5B%22LABUSDC%22,%22LABUSDC%22%5D", -1101),
        ("aggTrades?symbol=LABUSDC&fromId=1&startTime=1", -1128),
    ):
        answer = client.get(f"{API}/{query}")
        assert (answer.status_code, answer.json()["code"]) == (400, number), query
    for method, path, status, number in (
        ("GET", f"{API}/nothing", 404, -1099),
        ("PATCH", f"{API}/order", 405, -1099),
        ("GET", "/binance/ws/labusdc@trade", 400, -1102),
        ("PURGE", f"{API}/order", 405, -1099),
    ):
        answer = client.request(method, path)
        assert (answer.status_code, answer.json()["code"]) == (status, number), path
    # The bucket fills while the answer is on its way.
    assert client.get(f"{API}/ticker/24hr").headers["x-mbx-used-weight-1m"].isdigit()
