"""Orders as the published clients of Binance place, find and cancel them, unmodified."""

from __future__ import annotations

import hashlib
import hmac
import time
from typing import Any
from urllib.parse import urlencode

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from tests.exchange import RunningExchange
from tests.integration.edge.published import made_key, published, python_binance_client, refused
from tests.people import Person

SYMBOL = "LABUSDC"
API = "/binance/api/v3"


def test_python_binance_places_finds_and_cancels(python_binance: Any, other: Person) -> None:
    client = python_binance
    account = client.get_account()
    assert {one["asset"]: one["free"] for one in account["balances"]}["USDC"] == "100000"
    assert account["canTrade"] is True
    assert client.create_test_order(symbol=SYMBOL, side="BUY", type="MARKET", quantity="1") == {}
    other.limit("sell", "2", "4")
    bought = client.order_limit_buy(symbol=SYMBOL, quantity="10", price="2")
    assert (bought["status"], bought["executedQty"], bought["cummulativeQuoteQty"]) == (
        "PARTIALLY_FILLED", "4", "8",
    )  # fmt: skip
    assert [(fill["qty"], fill["price"]) for fill in bought["fills"]] == [("4", "2")]
    found = client.get_order(symbol=SYMBOL, orderId=bought["orderId"])
    assert (found["clientOrderId"], found["origQty"]) == (bought["clientOrderId"], "10")
    assert client.get_order(symbol=SYMBOL, origClientOrderId=found["clientOrderId"]) == found
    assert client.get_open_orders(symbol=SYMBOL) == [found]
    (trade,) = client.get_my_trades(symbol=SYMBOL, orderId=bought["orderId"])
    assert (trade["qty"], trade["isBuyer"], trade["isMaker"]) == ("4", True, False)
    assert client.get_my_trades(symbol=SYMBOL, fromId=trade["id"]) == [trade]
    cancelled = client.cancel_order(symbol=SYMBOL, orderId=bought["orderId"])
    assert (cancelled["status"], cancelled["origClientOrderId"]) == ("CANCELED", found["clientOrderId"])
    assert refused(client.cancel_order, symbol=SYMBOL, orderId=bought["orderId"]) == (400, -2011)
    assert refused(client.get_order, symbol=SYMBOL, orderId=1 << 52) == (400, -2013)
    (listed,) = client.get_all_orders(symbol=SYMBOL)
    assert (listed["orderId"], listed["status"]) == (bought["orderId"], "CANCELED")
    assert client.get_all_orders(symbol=SYMBOL, orderId=bought["orderId"] + 1) == []


def test_orders_of_each_kind_come_to_what_they_are_called(python_binance: Any, other: Person) -> None:
    client = python_binance
    other.limit("sell", "2", "4")
    sized = client.order_market_buy(symbol=SYMBOL, quoteOrderQty="4")
    assert (sized["status"], sized["type"], sized["executedQty"]) == ("FILLED", "MARKET", sized["origQty"])
    resting = {"symbol": SYMBOL, "side": "BUY", "type": "LIMIT_MAKER", "quantity": "10"}
    maker = client.create_order(**resting, price="1", newOrderRespType="RESULT")
    assert (maker["type"], maker["status"], "fills" in maker) == ("LIMIT_MAKER", "NEW", False)
    assert refused(client.create_order, **resting, price="2") == (400, -2010)
    for fields in (
        {"type": "STOP_LOSS", "stopPrice": "1"},
        {"type": "STOP_LOSS_LIMIT", "stopPrice": "1", "price": "0.9", "timeInForce": "GTC"},
        {"type": "TAKE_PROFIT", "stopPrice": "3"},
        {"type": "TAKE_PROFIT_LIMIT", "stopPrice": "3", "price": "3.1", "timeInForce": "GTC"},
        {"type": "STOP_LOSS", "trailingDelta": 150},
        {"type": "LIMIT", "price": "5", "timeInForce": "GTC", "icebergQty": "1"},
    ):
        placed = client.create_order(symbol=SYMBOL, side="SELL", quantity="2", **fields)
        found = client.get_order(symbol=SYMBOL, orderId=placed["orderId"])
        shown = {name: found[name] for name in fields if name != "timeInForce"}
        assert shown == {name: value for name, value in fields.items() if name != "timeInForce"}
    pair = client.create_oco_order(
        symbol=SYMBOL, side="SELL", quantity="3", aboveType="LIMIT_MAKER", abovePrice="4",
        belowType="STOP_LOSS_LIMIT", belowStopPrice="1", belowPrice="0.9", belowTimeInForce="GTC",
    )  # fmt: skip
    assert [report["type"] for report in pair["orderReports"]] == ["LIMIT_MAKER", "STOP_LOSS_LIMIT"]
    listed = {order["orderId"]: order["orderListId"] for order in client.get_open_orders(symbol=SYMBOL)}
    assert {listed[order["orderId"]] for order in pair["orders"]} == {pair["orderListId"]}
    assert [one["orderListId"] for one in client.get_open_oco_orders()] == [pair["orderListId"]]
    found = client.v3_get_order_list(orderListId=pair["orderListId"])
    assert (found["listOrderStatus"], found["orders"]) == ("EXECUTING", pair["orders"])
    gone = client.v3_delete_order_list(symbol=SYMBOL, orderListId=pair["orderListId"])
    assert (gone["listOrderStatus"], {one["status"] for one in gone["orderReports"]}) == (
        "ALL_DONE", {"CANCELED"},
    )  # fmt: skip
    assert refused(client.v3_delete_order_list, symbol=SYMBOL, orderListId=pair["orderListId"]) == (
        400, -2011,
    )  # fmt: skip
    for order in pair["orders"]:
        del listed[order["orderId"]]
    (rate,) = client.get_current_order_count()
    assert (rate["rateLimitType"], rate["count"] <= rate["limit"]) == ("ORDERS", True)
    closed = client.cancel_all_open_orders(symbol=SYMBOL)
    assert {order["orderId"] for order in closed} == set(listed)
    assert refused(client.cancel_all_open_orders, symbol=SYMBOL) == (400, -2011)


@pytest.mark.parametrize(
    ("fields", "number"),
    [
        ({"price": "2.00001", "quantity": "1"}, -1013),
        ({"price": "2", "quantity": "1.001"}, -1013),
        ({"price": "0.0001", "quantity": "0.01"}, -1013),
        ({"price": "2", "quantity": "1000000"}, -2010),
        ({"price": "1e1", "quantity": "1"}, -1100),
        ({"price": "2", "quantity": "1", "newClientOrderId": "a" * 37}, -1100),
        ({"price": "2", "quantity": "1", "unheardOf": "1"}, -1104),
    ],
)
def test_what_is_no_order_is_refused_by_the_number_of_its_kind(
    python_binance: Any, fields: dict[str, str], number: int
) -> None:
    assert refused(python_binance.order_limit_buy, symbol=SYMBOL, **fields) == (400, number)


def test_a_replacement_says_which_half_failed(python_binance: Any) -> None:
    client = python_binance
    first = client.order_limit_buy(symbol=SYMBOL, quantity="10", price="1")
    order = {"symbol": SYMBOL, "side": "BUY", "type": "LIMIT", "timeInForce": "GTC", "quantity": "10"}
    both = client.cancel_replace_order(
        cancelReplaceMode="STOP_ON_FAILURE", cancelOrderId=first["orderId"], price="1.1", **order
    )
    assert (both["cancelResult"], both["newOrderResult"]) == ("SUCCESS", "SUCCESS")
    assert both["cancelResponse"]["orderId"] == first["orderId"]
    second = both["newOrderResponse"]["orderId"]
    gone = {"cancelOrderId": first["orderId"], "price": "1.2"} | order
    assert refused(client.cancel_replace_order, cancelReplaceMode="STOP_ON_FAILURE", **gone) == (400, -2022)
    assert refused(client.cancel_replace_order, cancelReplaceMode="ALLOW_FAILURE", **gone) == (409, -2021)
    dear = {"cancelOrderId": second, "price": "1.2"} | order | {"quantity": "1000000"}
    assert refused(client.cancel_replace_order, cancelReplaceMode="STOP_ON_FAILURE", **dear) == (400, -2022)
    assert client.get_order(symbol=SYMBOL, orderId=second)["status"] == "NEW"
    assert refused(client.cancel_replace_order, cancelReplaceMode="ALLOW_FAILURE", **dear) == (409, -2021)
    assert client.get_order(symbol=SYMBOL, orderId=second)["status"] == "CANCELED"


def test_ccxt_trades_too(ccxt_binance: Any, other: Person) -> None:
    client = ccxt_binance
    assert client.fetch_balance()["USDC"]["free"] == 100_000
    order = client.create_order("LAB/USDC", "limit", "buy", 10, 1.5)
    assert (order["status"], order["side"], order["price"]) == ("open", "buy", 1.5)
    assert client.fetch_order(order["id"], "LAB/USDC")["amount"] == 10
    assert [one["id"] for one in client.fetch_open_orders("LAB/USDC")] == [order["id"]]
    edited = client.edit_order(order["id"], "LAB/USDC", "limit", "buy", 10, 1.6)
    assert edited["price"] == 1.6
    other.limit("sell", "1.6", "4")
    assert client.fetch_my_trades("LAB/USDC")[-1]["amount"] == 4
    assert client.cancel_order(edited["id"], "LAB/USDC")["status"] == "canceled"
    errors = published("ccxt")
    with pytest.raises(errors.OrderNotFound):
        client.cancel_order(edited["id"], "LAB/USDC")
    with pytest.raises(errors.InsufficientFunds):
        client.create_order("LAB/USDC", "limit", "buy", 1_000_000, 1.5)


def test_ccxt_is_asked_all_that_a_bot_asks(ccxt_binance: Any, other: Person) -> None:
    """The calls of freqtrade, as it makes them, for a round trip under a stop."""
    client, pair = ccxt_binance, "LAB/USDC"
    market = client.load_markets()[pair]
    assert (market["spot"], market["active"], market["precision"]["amount"]) == (True, True, 0.01)
    assert abs(client.fetch_time() - time.time() * 1_000) < 60_000
    other.limit("sell", "2", "20")
    other.limit("buy", "1.9", "20")
    since_ms = client.milliseconds() - 5_000
    rate = client.fetch_l2_order_book(pair, 5)["asks"][0][0]
    bought = client.create_order(pair, "limit", "buy", 9.99, rate, {})
    found = client.fetch_order(bought["id"], pair)
    assert (found["status"], found["filled"], found["average"], found["cost"]) == ("closed", 9.99, 2, 19.98)
    held = client.create_order(pair, "limit", "sell", 9.99, 0.99, {"stopPrice": 1})
    stop = client.fetch_order(held["id"], pair)
    assert (stop["status"], stop["stopPrice"], stop["price"]) == ("open", 1, 0.99)
    assert client.fetch_balance()["LAB"]["used"] == 9.99
    assert client.cancel_order(held["id"], pair, params={})["status"] == "canceled"
    sold = client.create_order(pair, "market", "sell", 9.99, None, {})
    assert (sold["status"], sold["filled"], sold["average"]) == ("closed", 9.99, 1.9)
    trades = client.fetch_my_trades(pair, since_ms)
    assert [(one["order"], one["fee"]["currency"]) for one in trades] == [
        (bought["id"], "USDC"), (sold["id"], "USDC"),
    ]  # fmt: skip
    assert client.fetch_ohlcv(pair, "1m", limit=5)[-1][4] == 1.9
    ticker = client.fetch_tickers([pair])[pair]
    assert (ticker["last"], ticker["bid"], ticker["ask"]) == (1.9, 1.9, 2)


def signed(
    key: tuple[str, str], query: dict[str, Any], at_ms: int | None = None
) -> tuple[str, dict[str, str]]:
    """A query with its signature, and the header that names the key."""
    text = urlencode(query | {"timestamp": at_ms or int(time.time() * 1_000)})
    mac = hmac.new(key[1].encode(), text.encode(), hashlib.sha256).hexdigest()
    return f"{text}&signature={mac}", {"X-MBX-APIKEY": key[0]}


def test_who_may_not_is_told_as_at_binance(client: httpx.Client, trader: Person, quiet: None) -> None:
    reader = made_key(trader, "read")
    elsewhere = made_key(trader, "read", allowed_networks=["198.51.100.0/24"])
    ask = {"symbol": SYMBOL}
    now_ms = int(time.time() * 1_000)
    order = ask | {"side": "BUY", "type": "MARKET", "quantity": "1"}
    for method, path, key, query, at_ms, told in (
        ("GET", "openOrders", reader, ask, None, (200, None)),
        ("POST", "order", reader, order, None, (401, -2015)),
        ("GET", "openOrders", elsewhere, ask, None, (401, -2015)),
        ("GET", "openOrders", (reader[0], "another"), ask, None, (400, -1022)),
        ("GET", "openOrders", ("no key", reader[1]), ask, None, (401, -2014)),
        ("GET", "openOrders", reader, ask, now_ms - 60_000, (400, -1021)),
        ("GET", "openOrders", reader, ask, now_ms + 60_000, (400, -1021)),
    ):
        text, headers = signed(key, query, at_ms)
        answer = client.request(method, f"{API}/{path}?{text}", headers=headers)
        found = answer.json()
        assert (answer.status_code, found["code"] if isinstance(found, dict) else None) == told, path
    assert (
        client.get(f"{API}/account?timestamp=1", headers={"X-MBX-APIKEY": reader[0]}).json()["code"] == -1102
    )
    assert trader.get("/api/orders")["items"] == []


def test_what_changes_something_is_good_once_and_what_reads_may_come_again(
    client: httpx.Client, trader: Person, quiet: None
) -> None:
    key = made_key(trader, "read", "trade")
    order = {
        "symbol": SYMBOL,
        "side": "BUY",
        "type": "LIMIT",
        "timeInForce": "GTC",
        "quantity": "1",
        "price": "1",
    }
    text, headers = signed(key, order | {"recvWindow": 30_000})
    placed = client.post(f"{API}/order?{text}", headers=headers)
    assert placed.status_code == 200, placed.text
    again = client.post(f"{API}/order?{text}", headers=headers)
    assert (again.status_code, again.json()) == (400, {"code": -2010, "msg": "Duplicate order sent."})
    text, headers = signed(key, {"symbol": SYMBOL, "recvWindow": 30_000})
    for _ in range(2):
        assert len(client.get(f"{API}/openOrders?{text}", headers=headers).json()) == 1
    # Whoever has seen a question cannot make a cancel of it.
    taken = client.delete(f"{API}/openOrders?{text}", headers=headers)
    assert (taken.status_code, taken.json()["code"]) == (400, -2011)
    assert len(trader.get("/api/orders")["items"]) == 1


def test_a_key_of_ones_own_signs_for_python_binance(
    exchange: RunningExchange, trader: Person, quiet: None
) -> None:
    private = Ed25519PrivateKey.generate()
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    public = private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    key, _ = made_key(trader, "read", "trade", algorithm="ed25519", public_key=public)
    client = python_binance_client(exchange.url, key, private_key=pem)
    placed = client.order_limit_buy(symbol=SYMBOL, quantity="1", price="1")
    assert client.cancel_order(symbol=SYMBOL, orderId=placed["orderId"])["status"] == "CANCELED"
    client.close_connection()
