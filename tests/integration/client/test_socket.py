"""The Python client over the orders' WebSocket, on a running exchange."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from typing import NamedTuple

import pytest

from cse_client import (
    AmendedOrder,
    ApiError,
    CancelOnDisconnect,
    CseClient,
    HmacKey,
    NewApiKey,
    NewOrder,
    OrderRefused,
    Replacement,
    SocketTransport,
)
from tests.exchange import RunningExchange
from tests.integration.client.conftest import SignUp

MARKET = "LAB-USDC"


class Trader(NamedTuple):
    """Somebody whose orders go over the socket, and the same person over HTTP."""

    orders: CseClient
    plain: CseClient
    socket: SocketTransport


@pytest.fixture
async def trader(exchange: RunningExchange, sign_up: SignUp) -> AsyncIterator[Trader]:
    plain = await sign_up(USDC="1000")
    socket = SocketTransport(exchange.url, cancel_on_disconnect=CancelOnDisconnect())
    async with AsyncExitStack() as stack:
        orders = await stack.enter_async_context(CseClient(exchange.url, transport=socket))
        assert plain.session is not None
        orders.resume(plain.session)
        yield Trader(orders, plain, socket)
        await socket.close()


def order(client_order_id: str | None = None) -> NewOrder:
    return NewOrder(
        market=MARKET, side="buy", type="limit", price="0.01", quantity="100", client_order_id=client_order_id
    )


async def open_orders(client: CseClient) -> list[str]:
    return [order.id for order in (await client.orders()).items]


async def test_the_client_is_the_same_over_the_socket(trader: Trader) -> None:
    orders = trader.orders
    placed = await orders.place_and_resolve(order(secrets.token_hex(8)))
    order_id = placed.order.id
    assert (await orders.amend_order(order_id, AmendedOrder(quantity="110"))).order.status == "open"
    assert (await orders.order(order_id)) == (await trader.plain.order(order_id))
    replaced = await orders.replace_order(Replacement(order=order(), cancel_order=order_id))
    assert replaced.cancelled == order_id
    with pytest.raises(OrderRefused) as refused:
        await orders.place_order(NewOrder(market=MARKET, side="buy", type="limit", price="0", quantity="1"))
    assert refused.value.money == "none"
    assert await orders.cancel_all(MARKET) == 1
    assert trader.socket.guard is not None


async def test_many_orders_are_under_way_at_a_time_and_go_with_the_connection(trader: Trader) -> None:
    placed = await asyncio.gather(*(trader.orders.place_order(order()) for _ in range(200)))
    assert len({one.order.id for one in placed}) == 200
    await trader.socket.close()
    async with asyncio.timeout(30):
        while await open_orders(trader.plain):
            await asyncio.sleep(0.05)


@pytest.mark.parametrize("may_trade", [True, False])
async def test_an_api_key_trades_as_far_as_its_scopes_go(
    exchange: RunningExchange, trader: Trader, may_trade: bool
) -> None:
    made = await trader.plain.make_key(
        NewApiKey(label="a program", scopes=["read", "trade"] if may_trade else ["read"])
    )
    socket = SocketTransport(exchange.url, encoding="msgpack")
    async with CseClient(
        exchange.url, transport=socket, key=HmacKey(made.key.id, made.secret or "")
    ) as keyed:
        assert await open_orders(keyed) == []
        if may_trade:
            placed = await keyed.place_order(order())
            assert await open_orders(trader.plain) == [placed.order.id]
        else:
            with pytest.raises(ApiError) as refused:
                await keyed.place_order(order())
            assert refused.value.code == "scope_missing"
    await socket.close()
