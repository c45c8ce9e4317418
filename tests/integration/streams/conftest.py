"""An exchange with two streams processes, and clients of its WebSockets."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import aiohttp
import pytest

from tests.e2e.person import Person
from tests.exchange import RunningExchange, wait_until
from tests.streams.client import Client

TIMEOUT_S = 60.0


@pytest.fixture
def well(exchange: RunningExchange) -> Iterator[RunningExchange]:
    """The exchange with all its processes there, before and after."""
    wait_until(lambda: exchange.is_ready, "all is ready")
    yield exchange
    wait_until(lambda: exchange.is_ready, "all is ready")


@pytest.fixture
def person(well: RunningExchange) -> Iterator[Person]:
    """Somebody with money."""
    with Person(well.url) as person:
        person.take("USDC", "10000")
        person.take("LAB", "10000")
        yield person


class Listener:
    """A client on one connection after another, through the gateway."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self.client = Client()
        self.closed = asyncio.Event()
        # Decides of each message with data whether it is lost on the way.
        self.loses: Callable[[], bool] = lambda: False
        self.lost = 0
        self._http = http
        self._url = f"{url}/ws"
        self._reading: asyncio.Task[None] | None = None
        self._changed = asyncio.Event()

    async def connect(self) -> None:
        """Connects, again and again if it must."""
        async with asyncio.timeout(TIMEOUT_S):
            while True:
                with contextlib.suppress(aiohttp.ClientError):
                    self._socket = await self._http.ws_connect(self._url, autoping=True)
                    break
                await asyncio.sleep(0.05)
        self.closed.clear()
        self._reading = asyncio.create_task(self._read())

    async def send(self, message: str | dict[str, Any]) -> None:
        """Sends a message; on a connection just lost it goes nowhere."""
        with contextlib.suppress(ConnectionError, aiohttp.ClientError):
            await self._socket.send_str(message if isinstance(message, str) else json.dumps(message))

    async def subscribe(self, *channels: str) -> None:
        """Subscribes, going on where it stands."""
        await self.send(self.client.subscription(*channels))

    async def until(self, condition: Callable[[], Any], what: str) -> None:
        """Returns once the condition holds."""
        try:
            async with asyncio.timeout(TIMEOUT_S):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            raise AssertionError(
                f"not within {TIMEOUT_S:.0f} s: {what}; told {self.client.control}"
            ) from None

    async def leave(self) -> None:
        """Closes the connection."""
        await self._socket.close()
        if self._reading is not None:
            await self._reading

    async def _read(self) -> None:
        async for message in self._socket:
            if message.type is aiohttp.WSMsgType.TEXT:
                found = json.loads(message.data)
                if "channel" in found and "op" not in found and self.loses():
                    self.lost += 1
                else:
                    self.client.take_message(found)
                self._changed.set()
        self.client.close_code = self._socket.close_code
        self.closed.set()
        self._changed.set()


@pytest.fixture
async def listen(well: RunningExchange) -> AsyncIterator[Callable[[], Any]]:
    """Makes connected listeners."""
    made: list[Listener] = []
    async with aiohttp.ClientSession() as http:

        async def connected() -> Listener:
            listener = Listener(http, well.url)
            made.append(listener)
            await listener.connect()
            return listener

        yield connected
        for listener in made:
            await listener.leave()
