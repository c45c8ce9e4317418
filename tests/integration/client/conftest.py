"""People who use the Python client on a running exchange."""

from __future__ import annotations

import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack

import pytest

from cse_client import CseClient
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
