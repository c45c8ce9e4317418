"""A server's socket: whom it drops, and what it lets out before it closes."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from cse.engine import transport
from cse.engine.transport import ServerSocket


class Counting:
    """A server that counts who comes and goes."""

    def __init__(self) -> None:
        self.came: list[int] = []
        self.went: list[int] = []

    def connected(self, connection: int) -> None:
        self.came.append(connection)

    def received(self, connection: int, data: bytes) -> None: ...

    def disconnected(self, connection: int) -> None:
        self.went.append(connection)


async def until(condition: object, seconds: float = 5.0) -> None:
    assert callable(condition)
    async with asyncio.timeout(seconds):
        while not condition():
            await asyncio.sleep(0.001)


async def test_a_client_that_does_not_read_is_dropped_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "UNREAD_BYTES_MAX", 1 << 20)
    server = Counting()
    socket = ServerSocket(tmp_path / "engine.sock", server)
    await socket.open()
    _, slow = await asyncio.open_unix_connection(tmp_path / "engine.sock")
    reader, quick = await asyncio.open_unix_connection(tmp_path / "engine.sock")
    await until(lambda: server.came == [1, 2])
    for _ in range(64):
        socket.send(1, bytes(1 << 16))
    socket.send(2, b"here")
    assert await reader.readexactly(4) == b"here"
    await until(lambda: server.went == [1])
    slow.close()
    quick.close()
    await socket.close()


async def test_what_was_written_goes_out_before_the_socket_closes(tmp_path: Path) -> None:
    server = Counting()
    socket = ServerSocket(tmp_path / "engine.sock", server)
    await socket.open()
    reader, writer = await asyncio.open_unix_connection(tmp_path / "engine.sock")
    await until(lambda: server.came == [1])
    written = bytes(4 << 20)
    socket.send(1, written)
    _, received = await asyncio.gather(socket.close(), reader.read(-1))
    assert received == written
    assert socket.connections == 0
    writer.close()


async def test_a_socket_file_that_a_dead_process_left_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "engine.sock"
    path.write_bytes(b"left behind")
    socket = ServerSocket(path, Counting())
    await socket.open()
    assert path.is_socket()
    await socket.close()
    assert not path.exists()
