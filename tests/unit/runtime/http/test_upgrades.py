"""Connections that go on in another protocol."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from cse.runtime.http.route import Reply
from tests.unit.runtime.http.served import served


class Talk(asyncio.BufferedProtocol):
    """Another protocol: says back what it hears."""

    def __init__(self, is_unix: bool) -> None:
        assert is_unix
        self.heard = b""
        self._buffer = bytearray(16)

    def connection_made(self, transport: Any) -> None:
        self._transport = transport

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.heard += self._buffer[:nbytes]
        self._transport.write(bytes(self._buffer[:nbytes]))


UPGRADE = b"GET /talk?x=1 HTTP/1.1\r\nHost: here\r\nUpgrade: talk\r\nConnection: Upgrade\r\n\r\n"


@pytest.mark.parametrize("before", [0, 1])
async def test_a_connection_goes_on_in_another_protocol_from_the_request_for_it_on(
    tmp_path: Path, before: int
) -> None:
    async with served(tmp_path) as server:
        server.echo.application.upgrades[b"/talk"] = Talk
        client = await server.client()
        for _ in range(before):
            await client.echoes(b"abcd")
        server.idle_for_at_most(0.01)
        client.writer.write(UPGRADE)
        assert await client.reader.readexactly(len(UPGRADE)) == UPGRADE
        await asyncio.sleep(0.05)
        client.writer.write(b"hello")
        assert await client.reader.readexactly(5) == b"hello"
        assert not server.state.connections


async def test_behind_a_request_under_way_it_waits_for_the_answer(tmp_path: Path) -> None:
    async with served(tmp_path) as server:
        server.echo.application.upgrades[b"/talk"] = Talk
        client = await server.client()
        await client.echoes(b"abcd")
        client.send(b"held")
        while not server.echo.held:
            await asyncio.sleep(0)
        client.writer.write(UPGRADE)
        await asyncio.sleep(0.02)
        server.echo.held.pop()[0](Reply(b"held", 6))
        assert (await client.answer())[2] == b"held"
        assert await client.reader.readexactly(len(UPGRADE)) == UPGRADE
