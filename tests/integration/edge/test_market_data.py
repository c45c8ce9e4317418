"""What everyone sees of a market, right after somebody traded on it."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from itertools import pairwise
from typing import Any

import pytest

from cse.domain import demo
from cse.marketdata.intervals import Interval
from tests.people import Person

MARKET = "LAB-USDC"


@pytest.fixture
def traded(trader: Person, other: Person) -> list[dict[str, Any]]:
    """Three trades at three prices, oldest first, as the taker's fills."""
    fills = []
    for price, quantity in (("2", "4"), ("3", "1.5"), ("2.5", "2")):
        trader.limit("sell", price, quantity)
        fills += other.limit("buy", price, quantity)["fills"]
    return fills


def seen_by_all(person: Person, market: str = MARKET) -> list[dict[str, Any]]:
    """All trades of a market, newest first."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = person.get("/api/trades", market=market, limit=4, **cursor)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def test_trades_paged_in_both_directions_are_all_there_and_dense(
    trader: Person, traded: list[dict[str, Any]]
) -> None:
    newest_first = seen_by_all(trader)
    ids = [int(trade["trade_id"]) for trade in newest_first]
    assert ids == list(range(len(ids), 0, -1))
    assert [trade["trade_id"] for trade in newest_first[:3]] == [fill["trade_id"] for fill in traded[::-1]]
    ascending: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = trader.get("/api/trades", market=MARKET, after=0, limit=4, **cursor)
        ascending += page["items"]
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert ascending == newest_first[::-1]
    hole = trader.get("/api/trades", market=MARKET, after=traded[0]["trade_id"])["items"]
    assert hole == newest_first[:2][::-1]
    assert trader.get("/api/trades", market=MARKET, after=ids[0])["items"] == []
    assert [(trade["price"], trade["quantity"]) for trade in hole] == [("3.0000", "1.50"), ("2.5000", "2.00")]


def test_a_book_by_group_has_all_that_the_book_has(trader: Person) -> None:
    resting = []
    for side, price, quantity in (
        ("buy", "1.01", "4"), ("buy", "1.02", "1"), ("buy", "0.9", "2"), ("sell", "7.01", "3"), ("sell", "7.1", "5"),
    ):  # fmt: skip
        resting.append(trader.limit(side, price, quantity)["order"]["id"])
    book = trader.get(f"/api/orderbook/{MARKET}", depth=500)
    by_group = trader.get(f"/api/orderbook/{MARKET}", depth=500, group="0.1")
    for side, down in (("bids", True), ("asks", False)):
        expected: dict[Decimal, Decimal] = {}
        for price, quantity in book[side]:
            steps = Decimal(price) / Decimal("0.1")
            at = steps.to_integral_value(ROUND_FLOOR if down else ROUND_CEILING) / 10
            expected[at] = expected.get(at, Decimal(0)) + Decimal(quantity)
        assert {Decimal(price): Decimal(quantity) for price, quantity in by_group[side]} == expected
    assert ["1.0000", "5.00"] in by_group["bids"]
    assert ["7.1000", "8.00"] in by_group["asks"]
    assert len(trader.get(f"/api/orderbook/{MARKET}", depth=1, group="0.1")["bids"]) == 1
    for order in resting:
        assert trader.send("DELETE", f"/api/orders/{order}").is_success


def test_candles_of_every_interval_hold_each_trade_once(trader: Person, traded: list[dict[str, Any]]) -> None:
    trades = seen_by_all(trader)[::-1]
    for interval in Interval:
        check_candles(trader, interval.value, trades)


def check_candles(trader: Person, interval: str, trades: list[dict[str, Any]]) -> None:
    """The candles are what the trades, oldest first, come to."""
    page = trader.get(f"/api/candles/{MARKET}", interval=interval)
    assert (page["market"], page["interval"]) == (MARKET, interval)
    candles = page["items"]
    assert sum(candle["trades"] for candle in candles) == len(trades)
    times = [candle["time"] for candle in candles]
    assert times == sorted(set(times))
    for candle, ends in zip(candles, [*times[1:], "9"], strict=True):
        within = [trade for trade in trades if candle["time"] <= trade["time"] < ends]
        prices = [float(trade["price"]) for trade in within]
        shown = [float(candle[name]) for name in ("open", "high", "low", "close")]
        assert shown == [prices[0], max(prices), min(prices), prices[-1]]
        volume = sum(float(trade["quantity"]) for trade in within)
        assert float(candle["base_volume"]) == pytest.approx(volume)
        assert candle["closed"] or candle is candles[-1]


def test_candles_are_cut_by_time_and_by_page(trader: Person, traded: list[dict[str, Any]]) -> None:
    newest = trader.get("/api/trades", market=MARKET, limit=1)["items"][0]
    second = newest["time"][:19]
    (candle,) = trader.get(f"/api/candles/{MARKET}", interval="1s", limit=1)["items"]
    assert candle["time"] == f"{second}.000000Z"
    asked = {"interval": "1s", "from": f"{second}Z"}
    assert trader.get(f"/api/candles/{MARKET}", **asked)["items"] == [candle]
    assert trader.get(f"/api/candles/{MARKET}", **asked, to=f"{second}Z")["items"] == []
    before = trader.get(f"/api/candles/{MARKET}", interval="1s", to=f"{second}Z")["items"]
    assert all(one["time"] < candle["time"] for one in before)
    found: list[dict[str, Any]] = []
    cursor: dict[str, Any] = {}
    while True:
        page = trader.get(f"/api/candles/{MARKET}", interval="1s", limit=1, **cursor)
        found = page["items"] + found
        if page["next_cursor"] is None:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == trader.get(f"/api/candles/{MARKET}", interval="1s")["items"]
    ascending = trader.get(f"/api/candles/{MARKET}", interval="1s", limit=1, **{"from": found[0]["time"]})
    assert ascending["items"] == found[:1]


def test_a_candle_closes_when_the_journal_s_time_has_passed(
    trader: Person, traded: list[dict[str, Any]]
) -> None:
    """Not before, whatever the clock of whoever asks: the next command closes it."""
    asked = {"interval": "5s", "limit": 1}
    (candle,) = trader.get(f"/api/candles/{MARKET}", **asked)["items"]
    ends = datetime.fromisoformat(candle["time"]) + timedelta(seconds=5)
    assert candle["closed"] is False or datetime.now(UTC) >= ends
    while datetime.now(UTC) < ends + timedelta(seconds=0.1):
        time.sleep(0.05)
    trader.limit("buy", "0.01", "100")
    (closed,) = trader.get(f"/api/candles/{MARKET}", **asked)["items"]
    assert closed == candle | {"closed": True}


def test_the_tickers_are_those_of_each_market(trader: Person, traded: list[dict[str, Any]]) -> None:
    page = trader.get("/api/tickers")
    names = [market["market"] for market in trader.get("/api/markets")["items"]]
    assert [ticker["market"] for ticker in page["items"]] == names
    assert page["next_cursor"] is None
    for ticker in page["items"]:
        assert int(ticker["sequence"]) >= int(page["sequence"])
        alone = trader.get(f"/api/ticker/{ticker['market']}")
        ignored = {"sequence": "", "time": ""}
        assert ticker | ignored == alone | ignored
    trades = seen_by_all(trader)
    (lab,) = (ticker for ticker in page["items"] if ticker["market"] == MARKET)
    assert (lab["last_price"], lab["trades_24h"]) == (trades[0]["price"], len(trades))
    assert lab["open_24h"] == trades[-1]["price"]
    assert float(lab["high_24h"]) == max(float(trade["price"]) for trade in trades)
    assert float(lab["base_volume_24h"]) == pytest.approx(sum(float(trade["quantity"]) for trade in trades))


def test_a_market_s_spark_ends_with_its_last_price(trader: Person, traded: list[dict[str, Any]]) -> None:
    page = trader.get("/api/sparks")
    names = [market["market"] for market in trader.get("/api/markets")["items"]]
    assert [spark["market"] for spark in page["items"]] == names
    sparks = {spark["market"]: spark for spark in page["items"]}
    (candle,) = trader.get(f"/api/candles/{MARKET}", interval="15m", limit=1)["items"]
    assert sparks[MARKET]["closes"][-1] == candle["close"] == "2.5000"
    assert sparks[MARKET]["interval"] == "15m"
    assert all(len(spark["closes"]) <= 96 for spark in page["items"])


def test_assets_have_names(trader: Person) -> None:
    assets = {asset["asset"]: asset for asset in trader.get("/api/assets")["items"]}
    assert (assets["USDC"]["name"], assets["USDC"]["demo"]) == ("USD Coin", False)
    for asset in demo.ASSETS:
        assert (assets[asset.symbol]["name"], assets[asset.symbol]["demo"]) == (asset.name, True)


def test_a_list_of_creators_is_there_for_everyone(trader: Person) -> None:
    page = trader.get("/api/creators")
    assert page["next_cursor"] is None
    assert {creator["asset"] for creator in page["items"]} <= {asset.symbol for asset in demo.ASSETS}


def test_an_indicator_has_a_row_for_each_candle_whatever_the_page(
    trader: Person, traded: list[dict[str, Any]]
) -> None:
    asked = {"name": "sma", "parameters": "length:2", "interval": "1s"}
    candles = trader.get(f"/api/candles/{MARKET}", interval="1s")["items"]
    page = trader.get(f"/api/indicators/{MARKET}", **asked)
    assert (page["name"], page["parameters"], page["interval"]) == ("sma", {"length": 2}, "1s")
    assert [row["time"] for row in page["items"]] == [candle["time"] for candle in candles]
    assert page["since"] == candles[0]["time"]
    closes = [float(candle["close"]) for candle in candles]
    means = [None, *((one + two) / 2 for one, two in pairwise(closes))]
    assert [row["values"]["sma"] for row in page["items"]] == [
        None if mean is None else pytest.approx(mean) for mean in means
    ]
    last = trader.get(f"/api/indicators/{MARKET}", **asked, limit=1)
    assert last["items"] == page["items"][-1:]
    ascending = trader.get(f"/api/indicators/{MARKET}", **asked, **{"from": candles[-1]["time"]})
    assert ascending["items"] == page["items"][-1:]
    if len(candles) > 1:
        earlier = trader.get(f"/api/indicators/{MARKET}", **asked, limit=1, cursor=last["next_cursor"])
        assert earlier["items"] == page["items"][-2:-1]


def test_every_indicator_is_answered(trader: Person, traded: list[dict[str, Any]]) -> None:
    listed = trader.get("/api/indicators")["items"]
    assert len(listed) >= 60
    for indicator in listed:
        page = trader.get(f"/api/indicators/{MARKET}", name=indicator["name"], interval="1m", limit=2)
        assert page["parameters"] == {
            parameter["name"]: parameter["default"] for parameter in indicator["parameters"]
        }
        assert all(list(row["values"]) == indicator["outputs"] for row in page["items"])
