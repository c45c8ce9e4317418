"""People who use the Python client on a running exchange."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from decimal import Decimal

import pytest

from cse_client import CseClient, NewOrder
from tests.exchange import RunningExchange

SignUp = Callable[..., Awaitable[CseClient]]


@pytest.fixture
async def sign_up(exchange: RunningExchange) -> AsyncIterator[SignUp]:
    """Signs somebody up who takes play money; arguments are amounts by asset."""
    async with AsyncExitStack() as stack:

        async def person(**amounts: str) -> CseClient:
            client = await stack.enter_async_context(CseClient(exchange.url))
            await client.sign_up(f"{secrets.token_hex(8)}@example.com", secrets.token_urlsafe(16), "A person")
            for asset, amount in amounts.items():
                await client.take_from_faucet(asset, amount)
            return client

        yield person


async def take_out_of_the_way(sign_up: SignUp) -> None:
    """Trades with the order that a paper's program has left resting, which other tests would meet."""
    seller = await sign_up(LAB="1000")
    taking = NewOrder(
        market="LAB-USDC", side="sell", type="limit", price="1.25", quantity="1000", time_in_force="ioc"
    )
    await seller.place_order(taking)
    left = (await seller.order_book("LAB-USDC")).bids
    assert [price for price, _ in left if Decimal(price) >= Decimal("1.25")] == []
