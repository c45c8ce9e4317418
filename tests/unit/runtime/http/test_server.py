"""Answers as they leave: whole, and at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from uvicorn.server import ServerState

from cse.runtime.http.server import server_configuration
from cse.runtime.http.whole_answers import BESIDE_BODY_LIMIT_BYTES

TIMEOUT_S = 60


async def application(_: Any, __: Any, send: Callable[[Any], Awaitable[None]]) -> None:
    headers = [(b"content-length", b"5")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"hello"})


@asynccontextmanager
async def served(socket: Path) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    configuration = server_configuration(application)
    configuration.load()
    state = ServerState()
    listening = await asyncio.get_running_loop().create_unix_server(
        lambda: configuration.http_protocol_class(  # type: ignore[call-arg]
            config=configuration, server_state=state, app_state={}
        ),
        str(socket),
    )
    reader, writer = await asyncio.open_unix_connection(str(socket))
    try:
        yield reader, writer
    finally:
        writer.close()
        listening.close()


@pytest.mark.parametrize(("method", "body"), [("GET", b"hello"), ("HEAD", b"")])
async def test_an_answer_comes_while_the_connection_stays(tmp_path: Path, method: str, body: bytes) -> None:
    async with served(tmp_path / "socket") as (reader, writer), asyncio.timeout(TIMEOUT_S):
        for _ in range(2):
            writer.write(f"{method} / HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
            head = await reader.readuntil(b"\r\n\r\n")
            assert head.startswith(b"HTTP/1.1 200 OK\r\n")
            assert await reader.readexactly(len(body)) == body


UPGRADE = b"POST / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: other\r\n"
SMUGGLED = b"GET / HTTP/1.1\r\nHost: smuggled\r\n\r\n"


@pytest.mark.parametrize("at_once", [True, False])
async def test_the_body_of_a_request_that_asks_for_another_protocol_is_no_request(
    tmp_path: Path, *, at_once: bool
) -> None:
    head = UPGRADE + b"Content-Length: %d\r\n\r\n" % len(SMUGGLED)
    async with served(tmp_path / "socket") as (reader, writer), asyncio.timeout(TIMEOUT_S):
        writer.write(head + SMUGGLED if at_once else head)
        assert b"connection: close" in await reader.readuntil(b"\r\n\r\n")
        assert await reader.readexactly(5) == b"hello"
        rest = b""
        with suppress(ConnectionError):
            if not at_once:
                writer.write(SMUGGLED)
            rest = await reader.read()
        assert rest == b""


@pytest.mark.parametrize(
    "beginning",
    [
        b"GET /",
        b"GET / HTTP/1.1\r\nX: ",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1;",
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: ",
    ],
    ids=["address", "header", "chunk", "trailer"],
)
async def test_what_is_not_body_has_a_bound(tmp_path: Path, beginning: bytes) -> None:
    async with served(tmp_path / "socket") as (_, writer), asyncio.timeout(TIMEOUT_S):
        writer.write(beginning)
        await writer.drain()
        with suppress(ConnectionError):
            # Far more than any one read brings, and than the buffers between hold.
            for _ in range(256):
                writer.write(b"a" * BESIDE_BODY_LIMIT_BYTES)
                await writer.drain()
            pytest.fail("it was all taken")


async def test_a_long_body_in_many_pieces_is_no_long_head(tmp_path: Path) -> None:
    body = b"1\r\na\r\n" * 16_384 + b"0\r\n\r\n"
    request = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + body
    async with served(tmp_path / "socket") as (reader, writer), asyncio.timeout(TIMEOUT_S):
        for _ in range(2):
            for start in range(0, len(request), 4_096):
                writer.write(request[start : start + 4_096])
                await writer.drain()
            assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 200 OK\r\n")
            assert await reader.readexactly(5) == b"hello"
