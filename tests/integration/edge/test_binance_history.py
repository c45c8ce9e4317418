"""What an account did, as the published clients of Binance ask for it: by ids, by times, so many of it."""

from __future__ import annotations

import time
from typing import Any, NamedTuple

import pytest

from tests.integration.edge.published import published, refused
from tests.people import Person

SYMBOL, PAIR = "LABUSDC", "LAB/USDC"
DAY_MS = 86_400_000


class Past(NamedTuple):
    """Orders and trades of the account, ascending: five that traded at once, one cancelled, one open."""

    orders: list[dict[str, Any]]
    trades: list[dict[str, Any]]
    of_another: int


@pytest.fixture
def past(python_binance: Any, other: Person) -> Past:
    resting = other.limit("sell", "2", "10")
    for number in range(5):
        time.sleep(0.003)
        python_binance.order_limit_buy(symbol=SYMBOL, quantity=str(number + 1), price="2", timeInForce="IOC")
    cancelled = python_binance.order_limit_buy(symbol=SYMBOL, quantity="1", price="1")
    python_binance.cancel_order(symbol=SYMBOL, orderId=cancelled["orderId"])
    python_binance.order_limit_buy(symbol=SYMBOL, quantity="1", price="1")
    orders = python_binance.get_all_orders(symbol=SYMBOL)
    trades = python_binance.get_my_trades(symbol=SYMBOL)
    assert [order["status"] for order in orders] == ["FILLED"] * 4 + ["EXPIRED", "CANCELED", "NEW"]
    assert [trade["qty"] for trade in trades] == ["1", "2", "3", "4"]
    return Past(orders, trades, int(resting["order"]["id"]))


def test_trades_by_their_ids_and_their_orders(python_binance: Any, past: Past) -> None:
    def asked(**query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = python_binance.get_my_trades(symbol=SYMBOL, **query)
        return found

    trades = past.trades
    ids = [trade["id"] for trade in trades]
    assert ids == sorted(ids)
    assert asked(limit=2) == trades[-2:]
    assert asked(fromId=ids[1]) == trades[1:]
    assert asked(fromId=ids[1], limit=2) == trades[1:3]
    assert asked(fromId=0) == trades
    assert asked(fromId=ids[-1] + 1) == []
    first = trades[0]["orderId"]
    assert asked(orderId=first) == trades[:1]
    assert asked(orderId=first, fromId=ids[0]) == trades[:1]
    assert asked(orderId=first, fromId=ids[1]) == []
    # Of another's order there is nothing, as of one that is none.
    assert asked(orderId=past.of_another) == asked(orderId=1 << 52) == []
    assert asked(limit=100_000) == trades


def test_trades_by_their_times(python_binance: Any, past: Past) -> None:
    def asked(**query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = python_binance.get_my_trades(symbol=SYMBOL, **query)
        return found

    trades = past.trades
    for at_ms in {trade["time"] for trade in trades}:
        later = [trade for trade in trades if trade["time"] >= at_ms]
        earlier = [trade for trade in trades if trade["time"] <= at_ms]
        assert asked(startTime=at_ms) == later
        assert asked(startTime=at_ms, limit=1) == later[:1]
        assert asked(endTime=at_ms) == earlier
        assert asked(endTime=at_ms, limit=1) == earlier[-1:]
        # Both are within, to the end of the millisecond.
        assert asked(startTime=at_ms, endTime=at_ms) == [one for one in later if one in earlier]
        assert asked(startTime=at_ms, endTime=at_ms + DAY_MS) == later
        assert asked(startTime=at_ms + 1, endTime=at_ms) == []


def test_orders_by_ids_and_times(python_binance: Any, past: Past) -> None:
    def asked(**query: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = python_binance.get_all_orders(symbol=SYMBOL, **query)
        return found

    orders = past.orders
    ids = [order["orderId"] for order in orders]
    assert ids == sorted(ids)
    assert asked(orderId=ids[2]) == orders[2:]
    assert asked(orderId=ids[2], limit=3) == orders[2:5]
    assert asked(orderId=ids[-1] + 1) == []
    assert asked(orderId=past.of_another) == [
        order for order in orders if order["orderId"] >= past.of_another
    ]
    for at_ms in {order["time"] for order in orders}:
        later = [order for order in orders if order["time"] >= at_ms]
        earlier = [order for order in orders if order["time"] <= at_ms]
        assert asked(startTime=at_ms) == later
        assert asked(startTime=at_ms, limit=2) == later[:2]
        assert asked(endTime=at_ms) == earlier
        assert asked(startTime=at_ms, endTime=at_ms) == [one for one in later if one in earlier]
        assert asked(startTime=at_ms, endTime=at_ms + DAY_MS) == later
        assert asked(startTime=at_ms + 1, endTime=at_ms) == []


def test_ccxt_asks_for_the_same(ccxt_binance: Any, past: Past) -> None:
    trades, orders = past.trades, past.orders
    at_ms, ids = trades[1]["time"], [str(trade["id"]) for trade in trades]

    def named(found: list[dict[str, Any]]) -> list[str]:
        return [one["id"] for one in found]

    assert named(ccxt_binance.fetch_my_trades(PAIR)) == ids
    assert named(ccxt_binance.fetch_my_trades(PAIR, None, 2)) == ids[-2:]
    assert named(ccxt_binance.fetch_my_trades(PAIR, None, None, {"fromId": ids[2]})) == ids[2:]
    assert named(ccxt_binance.fetch_my_trades(PAIR, None, None, {"orderId": trades[0]["orderId"]})) == ids[:1]
    since = [str(trade["id"]) for trade in trades if trade["time"] >= at_ms]
    assert named(ccxt_binance.fetch_my_trades(PAIR, at_ms)) == since
    assert named(ccxt_binance.fetch_my_trades(PAIR, at_ms, 1)) == since[:1]
    until = [str(trade["id"]) for trade in trades if at_ms <= trade["time"] <= at_ms]
    assert named(ccxt_binance.fetch_my_trades(PAIR, at_ms, None, {"until": at_ms})) == until
    began_ms = orders[0]["time"]
    listed = [str(order["orderId"]) for order in orders]
    assert named(ccxt_binance.fetch_orders(PAIR, began_ms)) == listed
    assert named(ccxt_binance.fetch_orders(PAIR, began_ms, 2)) == listed[:2]
    assert named(ccxt_binance.fetch_orders(PAIR, began_ms, None, {"until": began_ms + DAY_MS})) == listed
    assert named(ccxt_binance.fetch_orders(PAIR, None, None, {"orderId": listed[3]})) == listed[3:]
    for call, status in (("fetch_closed_orders", "FILLED"), ("fetch_canceled_orders", "CANCELED")):
        of_status = [str(order["orderId"]) for order in orders if order["status"] == status]
        assert named(getattr(ccxt_binance, call)(PAIR, began_ms)) == of_status
    with pytest.raises(published("ccxt").BadRequest):
        ccxt_binance.fetch_my_trades(PAIR, at_ms, None, {"until": at_ms + DAY_MS + 1})


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"startTime": 1_000, "endTime": 1_001 + DAY_MS}, -1127),
        ({"startTime": 0, "endTime": 1_795_000_000_000}, -1127),
        ({"startTime": "then"}, -1130),
        ({"endTime": -1}, -1130),
        ({"orderId": "x"}, -1130),
        ({"limit": 0}, -1130),
        ({"limit": -1}, -1130),
        ({"limit": "many"}, -1130),
        ({"symbol": "NOSUCHUSDC"}, -1121),
        ({"page": 1}, -1104),
    ],
)
def test_what_is_out_of_bounds_is_refused_by_its_number(
    python_binance: Any, query: dict[str, Any], number: int
) -> None:
    asked = {"symbol": SYMBOL} | query
    assert refused(python_binance.get_my_trades, **asked) == (400, number)
    assert refused(python_binance.get_all_orders, **asked) == (400, number)


@pytest.mark.parametrize(
    "query",
    [
        {"fromId": 1, "startTime": 1_000},
        {"fromId": 1, "endTime": 1_000},
        {"orderId": 1, "startTime": 1_000},
        {"orderId": 1, "fromId": 1, "endTime": 1_000},
    ],
)
def test_trades_are_asked_for_by_ids_or_by_times(python_binance: Any, query: dict[str, Any]) -> None:
    assert refused(python_binance.get_my_trades, symbol=SYMBOL, **query) == (400, -1128)
    assert refused(python_binance.get_my_trades, symbol=SYMBOL, fromId="x") == (400, -1130)
