"""A server with one route that gives back what it gets, and connections to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from uvicorn.server import ServerState

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.address import ClientAddresses
from cse.runtime.http.application import Application
from cse.runtime.http.route import Access, Caller, Nothing, Reply, Respond, Route, Scope, SignedRequest
from cse.runtime.http.server import server_configuration

TIMEOUT_S = 60
GOOD = b"Bearer good"
LONG = b"x" * 4_000_000


class Known:
    """One person, and a key that signs whatever comes."""

    def __init__(self) -> None:
        self.good = GOOD

    def by_token(self, headers: Mapping[bytes, bytes]) -> Caller:
        if headers.get(b"authorization") != self.good:
            raise CodedError(codes.NOT_AUTHENTICATED)
        return CALLER

    async def by_signature(self, _: SignedRequest) -> Caller:
        return CALLER


CALLER = Caller(UUID(int=1), "session", 7, 0.0)


class Echo:
    """A route that gives the body back, and notes on which way it came."""

    def __init__(self) -> None:
        self.ways: list[str] = []
        self.held: list[tuple[Respond, bytes]] = []
        self.known = Known()
        self.application = Application(
            [
                Route(
                    "POST",
                    "/echo",
                    Access.PERSON,
                    "",
                    None,
                    raw=self.raw,
                    direct=self.direct,
                    request=Nothing,
                )
            ],
            self.known,
            ClientAddresses([]),
            lambda error, _: CodedError(codes.UNAVAILABLE) if isinstance(error, ConnectionError) else None,
        )

    async def raw(self, _: Scope, __: Caller, body: bytes) -> Reply:
        self.ways.append("asgi")
        return Reply(LONG if body == b"long" else body, 5)

    def direct(self, _: Caller, body: bytes, respond: Respond) -> bool:
        if body == b"away":
            return False
        self.ways.append("short")
        if body == b"odd!":
            raise CodedError(codes.INVALID_SIDE, field="side")
        if body == b"bug!":
            raise RuntimeError("a secret detail")
        if body == b"held":
            self.held.append((respond, body))
        elif body == b"lost":
            respond(ConnectionError())
        else:
            respond(Reply(LONG if body == b"long" else body, 6))
        return True


class Client:
    """One connection."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader = reader
        self.writer = writer

    def send(self, *bodies: bytes, more: bytes = b"", authorization: bytes = GOOD) -> None:
        self.writer.write(b"".join(request(body, more, authorization) for body in bodies))

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode().splitlines()
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        body = await self.reader.readexactly(int(headers["content-length"]))
        return int(head[0].split()[1]), headers, body

    async def echoes(self, body: bytes) -> dict[str, str]:
        """Sends a body, and wants it back."""
        self.send(body)
        status, headers, got = await self.answer()
        assert (status, got) == (200, body)
        return headers


def request(body: bytes, more: bytes = b"", authorization: bytes = GOOD) -> bytes:
    return (
        b"POST /echo HTTP/1.1\r\nHost: here\r\nAuthorization: %b\r\nContent-Type: application/json\r\n"
        b"%bContent-Length: %d\r\n\r\n%b" % (authorization, more, len(body), body)
    )


class Served:
    """A server and its connections."""

    def __init__(self, socket: Path) -> None:
        self.echo = Echo()
        self.state = ServerState()
        self.state.default_headers = [(b"date", b"today")]
        self._socket = str(socket)
        self._configuration = server_configuration(self.echo.application)
        self._configuration.load()
        self._clients: list[Client] = []
        self._listening: Any = None

    async def open(self) -> None:
        self._listening = await asyncio.get_running_loop().create_unix_server(
            lambda: self._configuration.http_protocol_class(  # type: ignore[call-arg]
                config=self._configuration, server_state=self.state, app_state={}
            ),
            self._socket,
        )

    def idle_for_at_most(self, idle_s: float) -> None:
        self._configuration.timeout_keep_alive = idle_s  # type: ignore[assignment]

    async def client(self) -> Client:
        client = Client(*await asyncio.open_unix_connection(self._socket))
        self._clients.append(client)
        return client

    async def close(self) -> None:
        for client in self._clients:
            client.writer.close()
        self._listening.close()


@asynccontextmanager
async def served(directory: Path) -> AsyncIterator[Served]:
    served = Served(directory / "socket")
    await served.open()
    try:
        async with asyncio.timeout(TIMEOUT_S):
            yield served
    finally:
        await served.close()
