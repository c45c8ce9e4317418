"""What becomes of orders and balances, as the published clients of Binance hear it, unmodified."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.published import ccxt_streams, made_key, python_binance_streams
from tests.people import Person

SYMBOL = "LABUSDC"
PAIR = "LAB/USDC"
TIMEOUT_S = 150.0


@pytest.fixture
async def python_binance(exchange: RunningExchange, trader: Person) -> AsyncIterator[tuple[Any, Any]]:
    """python-binance's client with a key of the trader, and its manager of sockets."""
    key = await asyncio.to_thread(made_key, trader, "read", "trade")
    client, manager = python_binance_streams(exchange.url, *key)
    yield client, manager
    await client.close_connection()


class Heard:
    """The events of a socket of python-binance."""

    def __init__(self, socket: Any) -> None:
        self._socket = socket

    async def until(self, kind: str, **fields: Any) -> dict[str, Any]:
        """The next event of a kind that has these fields."""
        while True:
            event: dict[str, Any] = await self._socket.recv()
            if event["e"] == kind and all(event.get(name) == value for name, value in fields.items()):
                return event


async def held_by(client: Any) -> dict[str, tuple[str, str]]:
    """What the account has of each asset, free and locked, as REST tells python-binance."""
    balances = (await client.get_account())["balances"]
    return {one["asset"]: (one["free"], one["locked"]) for one in balances}


async def test_python_binance_hears_what_becomes_of_an_order(
    python_binance: tuple[Any, Any], trader: Person, other: Person, quiet: None
) -> None:
    client, manager = python_binance
    async with asyncio.timeout(TIMEOUT_S), manager.user_socket() as socket:
        heard = Heard(socket)
        placed = await client.create_order(
            symbol=SYMBOL, side="BUY", type="LIMIT", timeInForce="GTC", quantity="10", price="2",
            newClientOrderId="one",
        )  # fmt: skip
        new = await heard.until("executionReport", x="NEW")
        assert (new["i"], new["c"], new["X"], new["q"], new["p"], new["w"], new["g"]) == (
            placed["orderId"], "one", "NEW", "10", "2", True, -1,
        )  # fmt: skip
        assert (new["O"], new["T"], new["V"]) == (placed["transactTime"], new["E"], "EXPIRE_TAKER")
        locked = await heard.until("outboundAccountPosition")
        assert {one["a"]: (one["f"], one["l"]) for one in locked["B"]} == {
            "USDC": (await held_by(client))["USDC"]
        }
        await asyncio.to_thread(other.limit, "sell", "2", "4")
        part = await heard.until("executionReport", x="TRADE")
        assert (part["X"], part["l"], part["z"], part["L"], part["Y"], part["m"], part["N"]) == (
            "PARTIALLY_FILLED", "4", "4", "2", "8", True, "USDC",
        )  # fmt: skip
        (trade,) = await client.get_my_trades(symbol=SYMBOL, orderId=placed["orderId"])
        assert (trade["id"], trade["commission"]) == (part["t"], part["n"])
        replaced = await client.cancel_replace_order(
            symbol=SYMBOL, side="BUY", type="LIMIT", timeInForce="GTC", quantity="3", price="2",
            cancelReplaceMode="STOP_ON_FAILURE", cancelOrderId=placed["orderId"],
        )  # fmt: skip
        gone = await heard.until("executionReport", x="CANCELED")
        assert (gone["i"], gone["C"], gone["X"], gone["z"]) == (placed["orderId"], "one", "CANCELED", "4")
        second = await heard.until("executionReport", x="NEW")
        assert second["i"] == replaced["newOrderResponse"]["orderId"]
        await asyncio.to_thread(other.limit, "sell", "2", "3")
        assert (await heard.until("executionReport", x="TRADE"))["X"] == "FILLED"
        bought = await heard.until("outboundAccountPosition")
        held = await held_by(client)
        assert {one["a"]: (one["f"], one["l"]) for one in bought["B"]} == {
            asset: held[asset] for asset in ("LAB", "USDC")
        }


async def test_linked_orders_and_transfers_are_told(
    python_binance: tuple[Any, Any], trader: Person, other: Person, quiet: None
) -> None:
    client, manager = python_binance
    async with asyncio.timeout(TIMEOUT_S), manager.user_socket() as socket:
        heard = Heard(socket)
        pair = await client.create_oco_order(
            symbol=SYMBOL, side="SELL", quantity="3", aboveType="LIMIT_MAKER", abovePrice="4",
            belowType="STOP_LOSS_LIMIT", belowStopPrice="1", belowPrice="0.9", belowTimeInForce="GTC",
        )  # fmt: skip
        legs = {order["orderId"] for order in pair["orders"]}
        first = await heard.until("executionReport", x="NEW")
        assert (first["i"] in legs, first["g"]) == (True, pair["orderListId"])
        begun = await heard.until("listStatus", l="EXEC_STARTED")
        assert (begun["g"], begun["c"], {leg["i"] for leg in begun["O"]}) == (
            pair["orderListId"],
            "OCO",
            legs,
        )
        await asyncio.to_thread(other.limit, "buy", "4", "3")
        assert (await heard.until("executionReport", x="TRADE"))["X"] == "FILLED"
        assert (await heard.until("executionReport", x="CANCELED"))["i"] in legs
        assert (await heard.until("listStatus", l="ALL_DONE"))["g"] == pair["orderListId"]
        await asyncio.to_thread(trader.fund, "LAB", "7")
        assert (await heard.until("balanceUpdate"))["a"] == "LAB"


async def test_who_may_not_hears_why_and_a_revoked_key_hears_no_more(
    exchange: RunningExchange, python_binance: tuple[Any, Any], trader: Person
) -> None:
    _, manager = python_binance
    errors = pytest.importorskip("binance.exceptions")
    key = await asyncio.to_thread(made_key, trader, "trade")
    client, without = python_binance_streams(exchange.url, *key)
    async with asyncio.timeout(TIMEOUT_S):
        with pytest.raises(errors.BinanceAPIException) as refused:
            await without.user_socket().__aenter__()
        assert (refused.value.status_code, refused.value.code) == (401, -2015)
        await client.close_connection()
        async with manager.user_socket() as socket:
            for one in (await asyncio.to_thread(trader.get, "/api/keys"))["items"]:
                await asyncio.to_thread(trader.send, "DELETE", f"/api/keys/{one['id']}")
            assert (await Heard(socket).until("eventStreamTerminated"))["E"] > 0


def kept(orders: Any, order_id: str) -> Any:
    """An order as ccxt has it; None before it has heard of it."""
    return next((order for order in orders or () if order["id"] == order_id), None)


async def until(condition: Callable[[], object]) -> None:
    """Returns once the condition holds."""
    while not condition():
        await asyncio.sleep(0.02)


async def test_ccxt_hears_orders_trades_and_balances(
    exchange: RunningExchange, trader: Person, other: Person, quiet: None
) -> None:
    key = await asyncio.to_thread(made_key, trader, "read", "trade")
    client = ccxt_streams(exchange.url, *key)
    try:
        async with asyncio.timeout(TIMEOUT_S):
            watching = asyncio.gather(client.watch_orders(PAIR), client.watch_balance())
            while not watching.done():
                order = await client.create_order(PAIR, "limit", "buy", 10, 1.5)
                await client.cancel_order(order["id"], PAIR)
            await watching
            listening = asyncio.create_task(client.watch_my_trades(PAIR))
            order = await client.create_order(PAIR, "limit", "buy", 10, 1.5)
            # What it keeps is looked at: who asks it to watch hears of what comes after that alone.
            await until(lambda: kept(client.orders, order["id"]))
            found = kept(client.orders, order["id"])
            assert (found["status"], found["price"], found["side"]) == ("open", 1.5, "buy")
            await asyncio.to_thread(other.limit, "sell", "1.5", "4")
            (trade,) = await listening
            assert (trade["order"], trade["amount"], trade["price"]) == (order["id"], 4.0, 1.5)
            assert trade["takerOrMaker"] == "maker"
            edited = await client.edit_order(order["id"], PAIR, "limit", "buy", 10, 1.4)
            await until(lambda: kept(client.orders, edited["id"]))
            expected = (await client.fetch_balance())["USDC"]
            await until(lambda: client.balance["spot"]["USDC"]["used"] == expected["used"])
            assert client.balance["spot"]["USDC"]["free"] == expected["free"]
    finally:
        await client.close()
