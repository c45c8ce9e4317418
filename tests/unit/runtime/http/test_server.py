"""Answers as they leave: whole, and at once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from uvicorn.server import ServerState

from cse.runtime.http.server import server_configuration

TIMEOUT_S = 10


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
