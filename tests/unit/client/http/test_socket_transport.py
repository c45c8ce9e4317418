"""What the socket of orders refuses is told as what it is, and not as a network that is away."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable
from contextlib import asynccontextmanager

import msgspec
import pytest
from aiohttp import web

from cse_client.errors import ApiError, ClientError
from cse_client.http.socket_transport import CancelOnDisconnect, SocketTransport

TOKEN = {"authorization": "Bearer token"}


@asynccontextmanager
async def exchange(*refusals: str) -> AsyncIterator[tuple[str, list[str]]]:
    """One that refuses guards by these codes, one after another, and then takes them; with what it was asked."""
    left, asked = list(refusals), list[str]()

    async def orders(request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        async for message in socket:
            told = msgspec.json.decode(message.data)
            asked.append(told["op"])
            answer = {"op": "answer", "id": told["id"], "status": 200, "sequence": "1", "body": {}}
            if told["op"] == "cancel_on_disconnect":
                answer = {"op": "cancel_on_disconnect", "id": told["id"], "guard": "g", "resumed": False}
                if left:
                    code = left.pop(0)
                    answer = {"op": "error", "id": told["id"], "code": code, "message": "why"}
            if told["op"] != "authenticate":
                await socket.send_json(answer)
        return socket

    application = web.Application()
    application.router.add_get("/ws/orders", orders)
    runner = web.AppRunner(application, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    try:
        port = runner.addresses[0][1]
        yield f"http://127.0.0.1:{port}", asked
    finally:
        await runner.cleanup()


async def refusal(work: Awaitable[object]) -> ClientError | None:
    try:
        await work
    except ClientError as error:
        return error
    return None


@pytest.mark.parametrize(("code", "retryable"), [("market_unknown", False), ("unavailable", True)])
async def test_a_guard_that_is_refused_is_no_network_that_is_away(code: str, retryable: bool) -> None:
    async with exchange(code) as (url, asked):
        transport = SocketTransport(url, cancel_on_disconnect=CancelOnDisconnect(markets=("NONE",)))
        try:
            refused = await refusal(transport.send("GET", "/api/orders", TOKEN, b""))
            assert isinstance(refused, ApiError)
            assert (refused.code, refused.retryable, refused.money) == (code, retryable, "none")
            assert "orders" not in asked
            # It is asked for again with the next request, which goes out once it is taken.
            assert (await transport.send("GET", "/api/orders", TOKEN, b"")).status == 200
            assert asked[-2:] == ["cancel_on_disconnect", "orders"]
        finally:
            await transport.close()


async def test_a_change_of_the_guard_is_refused_alike() -> None:
    async with exchange() as (url, _):
        transport = SocketTransport(url)
        try:
            await transport.send("GET", "/api/orders", TOKEN, b"")
            await transport.set_cancel_on_disconnect(CancelOnDisconnect())
            assert transport.guard == "g"
        finally:
            await transport.close()
    async with exchange("scope_missing") as (url, _):
        transport = SocketTransport(url)
        try:
            await transport.send("GET", "/api/orders", TOKEN, b"")
            refused = await refusal(transport.set_cancel_on_disconnect(CancelOnDisconnect()))
            assert isinstance(refused, ApiError)
            assert refused.code == "scope_missing"
        finally:
            await transport.close()
