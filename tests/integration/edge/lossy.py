"""A line to the exchange on which whole messages of books are lost, and which breaks when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import aiohttp
from aiohttp import web

_LOST: Final = '"depthUpdate"'


class LossyLine:
    """Carries WebSockets. Each `every`th event of a book is lost; 0 for none."""

    def __init__(self, url: str) -> None:
        self.url = ""
        self.every = 0
        self.lost = 0
        self.connections = 0
        """How many there have been."""
        self._to = url
        self._events = 0
        self._open: set[web.WebSocketResponse] = set()

    async def end_all(self) -> None:
        """Ends all connections."""
        for socket in list(self._open):
            await socket.close()

    async def carry(self, request: web.Request) -> web.WebSocketResponse:
        """Carries one connection."""
        here = web.WebSocketResponse()
        await here.prepare(request)
        self._open.add(here)
        async with aiohttp.ClientSession() as http, http.ws_connect(f"{self._to}{request.path_qs}") as there:
            self.connections += 1
            sending = asyncio.create_task(self._send(here, there))
            async for message in here:
                await there.send_str(message.data)
            sending.cancel()
        self._open.discard(here)
        return here

    async def _send(self, here: web.WebSocketResponse, there: aiohttp.ClientWebSocketResponse) -> None:
        async for message in there:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            if _LOST in message.data:
                self._events += 1
                if self.every and self._events % self.every == 0:
                    self.lost += 1
                    continue
            await here.send_str(message.data)


@asynccontextmanager
async def lossy_line(url: str) -> AsyncIterator[LossyLine]:
    """A line to a URL; its own is another port of this machine."""
    line = LossyLine(url)
    application = web.Application()
    application.router.add_get("/{tail:.*}", line.carry)
    runner = web.AppRunner(application, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    line.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield line
    await line.end_all()
    await runner.cleanup()
