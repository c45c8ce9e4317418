"""A WebSocket by hand, straight at the streams' socket: for what no library would send."""

from __future__ import annotations

import asyncio
import contextlib
import json
from pathlib import Path

import httpx

from tests.exchange import RunningExchange
from tests.streams.client import Client
from tests.streams.frames import handshake, masked

# The first byte of a close frame, which stands in no text.
_CLOSE = b"\x88"


class Raw:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.client = Client()
        self._reader, self._writer = reader, writer

    @classmethod
    async def connect(cls, exchange: RunningExchange) -> Raw:
        """Connects to one of the processes, without a handshake so far."""
        path = exchange.data / "run" / "streams.sock"
        return cls(*await asyncio.open_unix_connection(str(path)))

    async def shake_hands(self, **headers: str) -> str:
        """Upgrades; returns the head of the answer."""
        self.write(handshake(**headers))
        return (await self._reader.readuntil(b"\r\n\r\n")).decode()

    def write(self, data: bytes) -> None:
        """Sends bytes."""
        self._writer.write(data)

    def send(self, message: object) -> None:
        """Sends a text message."""
        self.write(masked(0x81, json.dumps(message).encode()))

    async def rest(self) -> bytes:
        """All that comes until the other side closes."""
        async with asyncio.timeout(20):
            with contextlib.suppress(ConnectionError):
                return await self._reader.read()
        return b""

    async def until_closed(self) -> None:
        """Takes what comes, and closes when the other side does."""
        data = b""
        async with asyncio.timeout(20):
            with contextlib.suppress(ConnectionError):
                while chunk := await self._reader.read(1 << 16):
                    data += chunk
                    if _CLOSE in chunk:
                        self.write(masked(0x88, b"\x03\xe8"))
        self.client.take(data)
        self.close()

    def close(self) -> None:
        """Is gone."""
        self._writer.close()


def metric(exchange: RunningExchange, line: str) -> float:
    """The sum of a figure over all streams processes."""
    total = 0.0
    for name in exchange.pids:
        if name.startswith("streams"):
            transport = httpx.HTTPTransport(uds=str(exchange.data / "run" / f"{name}.health"))
            with httpx.Client(transport=transport, base_url="http://health") as client:
                for found in client.get("/metrics").text.splitlines():
                    if found.startswith(line + " "):
                        total += float(found.rpartition(" ")[2])
    return total


def memory_kb(exchange: RunningExchange) -> dict[str, int]:
    """What each streams process takes, by name."""
    found = {}
    for name, pid in exchange.pids.items():
        if name.startswith("streams"):
            status = Path(f"/proc/{pid}/status").read_text()
            found[name] = int(status.partition("VmRSS:")[2].split()[0])
    return found
