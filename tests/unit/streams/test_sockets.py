"""The WebSocket server's sockets: what a peer hears of frames."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any

from cse.runtime.http.address import ClientAddresses
from cse.streams.limits import Limits
from cse.streams.sockets import StreamServer
from tests.streams.frames import handshake, masked

TEXT, CONTINUATION, PING, LAST = 0x01, 0x00, 0x09, 0x80


class Listener:
    """A peer that notes what it hears."""

    def __init__(self) -> None:
        self.heard_parts: list[int] = []
        self.received: asyncio.Queue[bytes] = asyncio.Queue()

    def heard(self, part: int = 0) -> bool:
        self.heard_parts.append(part)
        return True

    def receive(self, payload: bytes) -> None:
        self.received.put_nowait(payload)

    def ping(self, payload: bytes) -> None:
        """Answers nothing."""


class OneConnection:
    """All of them are one."""

    limits = Limits()
    count = 0

    def __init__(self, listener: Listener) -> None:
        self._listener = listener

    def arrive(self, connection: object, address: str) -> Any:
        return self._listener

    def depart(self, peer: object) -> None:
        """Nobody is counted."""


async def test_parts_of_a_message_are_counted(tmp_path: Path) -> None:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(tmp_path / "socket"))
    listener = Listener()
    server = StreamServer(OneConnection(listener), ClientAddresses([]))  # type: ignore[arg-type]
    await server.open(listening)
    _, writer = await asyncio.open_unix_connection(str(tmp_path / "socket"))
    writer.write(handshake())
    writer.write(masked(TEXT | LAST, b"whole"))
    writer.write(masked(TEXT, b"in ") + masked(PING | LAST, b"") + masked(CONTINUATION, b"thr"))
    writer.write(masked(CONTINUATION | LAST, b"ee") + masked(TEXT | LAST, b"whole again"))
    async with asyncio.timeout(30):
        assert [await listener.received.get() for _ in range(3)] == [b"whole", b"in three", b"whole again"]
    assert listener.heard_parts == [1, 1, 0, 2, 3, 1]
    writer.close()
    for listening_server in server._servers:
        listening_server.close()
