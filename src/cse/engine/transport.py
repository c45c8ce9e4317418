"""The engine's sockets: unix servers and clients on asyncio. Nothing else here opens one."""

from __future__ import annotations

import asyncio
import contextlib
from pathlib import Path
from typing import Final, Protocol, cast

RECONNECT_FIRST_S: Final = 0.02
RECONNECT_LAST_S: Final = 0.25
CLOSE_TIMEOUT_S: Final = 1.0
# A client that does not read its answers is dropped once this much waits for it.
UNREAD_BYTES_MAX: Final = 64 << 20


class Caller(Protocol):
    """Who uses a link."""

    def link_made(self) -> None: ...

    def link_received(self, data: bytes) -> None: ...

    def link_lost(self) -> None: ...


class Link(asyncio.Protocol):
    """A client's connection to a unix socket, made anew with back-off whenever it is lost."""

    def __init__(self, path: str | Path, caller: Caller) -> None:
        self._path = str(path)
        self._caller = caller
        self._transport: asyncio.Transport | None = None
        self._task: asyncio.Task[None] | None = None
        self._made = asyncio.Event()
        self._lost = asyncio.Event()

    @property
    def connected(self) -> bool:
        return self._transport is not None

    def open(self) -> None:
        """Begins to connect, and goes on until `close`."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._keep_connected())

    async def wait_connected(self) -> None:
        await self._made.wait()

    async def close(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None
        if self._transport is not None:
            self._transport.close()
            # A connection that was only being made when its task was cancelled may never say that
            # it is lost.
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_TIMEOUT_S):
                    await self._lost.wait()

    def write(self, data: bytes) -> None:
        """Sends bytes; without a connection they go nowhere, as they would on one just lost."""
        if self._transport is not None:
            self._transport.write(data)

    def drop(self) -> None:
        """Ends a connection that cannot be understood any more; another one follows."""
        if self._transport is not None:
            self._transport.abort()

    async def _keep_connected(self) -> None:
        loop = asyncio.get_running_loop()
        delay_s = RECONNECT_FIRST_S
        while True:
            try:
                self._lost.clear()
                await loop.create_unix_connection(lambda: self, self._path)
            except OSError:
                await asyncio.sleep(delay_s)
                delay_s = min(2 * delay_s, RECONNECT_LAST_S)
                continue
            delay_s = RECONNECT_FIRST_S
            await self._lost.wait()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._made.set()
        self._caller.link_made()

    def data_received(self, data: bytes) -> None:
        self._caller.link_received(data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._made.clear()
        self._lost.set()
        self._caller.link_lost()


class Server(Protocol):
    """Who answers the connections of a socket. Connections are numbered from 1."""

    def connected(self, connection: int) -> None: ...

    def received(self, connection: int, data: bytes) -> None: ...

    def disconnected(self, connection: int) -> None: ...


class _Connection(asyncio.Protocol):
    def __init__(self, socket: ServerSocket) -> None:
        self._socket = socket
        self.number = 0
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._socket.add(self)

    def data_received(self, data: bytes) -> None:
        self._socket.server.received(self.number, data)

    def connection_lost(self, exc: Exception | None) -> None:
        self._socket.forget(self)


class ServerSocket:
    """A listening unix socket and its connections."""

    def __init__(self, path: str | Path, server: Server) -> None:
        self.server = server
        self._path = Path(path)
        self._listening: asyncio.Server | None = None
        self._connections: dict[int, _Connection] = {}
        self._empty = asyncio.Event()
        self._empty.set()
        self._last_number = 0

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._connections)

    async def open(self) -> None:
        """Listens. A socket file that a dead process left is replaced."""
        self._path.unlink(missing_ok=True)
        loop = asyncio.get_running_loop()
        self._listening = await loop.create_unix_server(lambda: _Connection(self), str(self._path))
        self._path.chmod(0o660)

    def stop_listening(self) -> None:
        """Takes no more connections; those that are there stay."""
        if self._listening is not None:
            self._listening.close()
            self._path.unlink(missing_ok=True)

    async def close(self) -> None:
        """Closes all, once what was written has gone out; a client that does not read is not waited
        for."""
        self.stop_listening()
        for connection in list(self._connections.values()):
            if connection.transport is not None:
                connection.transport.close()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CLOSE_TIMEOUT_S):
                await self._empty.wait()

    def send(self, number: int, data: bytes) -> None:
        """Sends to a connection, if it is still there."""
        connection = self._connections.get(number)
        if connection is None or connection.transport is None:
            return
        connection.transport.write(data)
        if connection.transport.get_write_buffer_size() > UNREAD_BYTES_MAX:
            connection.transport.abort()

    def drop(self, number: int) -> None:
        """Ends a connection at once."""
        connection = self._connections.get(number)
        if connection is not None and connection.transport is not None:
            connection.transport.abort()

    def add(self, connection: _Connection) -> None:
        self._last_number += 1
        connection.number = self._last_number
        self._connections[connection.number] = connection
        self._empty.clear()
        self.server.connected(connection.number)

    def forget(self, connection: _Connection) -> None:
        self._connections.pop(connection.number, None)
        if not self._connections:
            self._empty.set()
        self.server.disconnected(connection.number)
