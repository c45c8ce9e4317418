"""Requests straight over sockets: for programs that make thousands of them a second.

About half of what aiohttp costs, and less than it can do: HTTP/1.1 with keep-alive, no proxies, no
redirects, no compression, no cookies. The exchange's own answers need none of these.
"""

from __future__ import annotations

import asyncio
import ssl
from collections import deque
from collections.abc import Mapping
from typing import Final, cast
from urllib.parse import urlsplit

from cse_client.errors import NoAnswer, Unreachable
from cse_client.http.answers import AnswerReader, NotHttp
from cse_client.http.transport import Answer

_CONNECT_TIMEOUT_S: Final = 5.0


class DirectTransport:
    """A few connections, each with one request at a time; more requests than that wait their turn.

    With `connections_max=1` requests are carried out in the order in which they are sent.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`.
        connections_max: how many connections are open at most.
        timeout_s: after how long a request has got no answer.

    Raises:
        ValueError: `url` is no address of HTTP.
    """

    def __init__(self, url: str, *, connections_max: int = 8, timeout_s: float = 15.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is not the address of an exchange, such as http://127.0.0.1:8000")
        self._host = parts.hostname
        self._port = parts.port or (443 if parts.scheme == "https" else 80)
        self._ssl = ssl.create_default_context() if parts.scheme == "https" else None
        self._path = parts.path.rstrip("/")
        self._authority = parts.netloc.rpartition("@")[2]
        self._timeout_s = timeout_s
        self._connections_max = connections_max
        self._open = 0
        self._idle: list[_Connection] = []
        self._waiting: deque[asyncio.Future[None]] = deque()

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request and waits for its answer."""
        lines = [f"{method} {self._path}{target} HTTP/1.1\r\nhost: {self._authority}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        if body or method == "POST":
            lines.append(f"content-length: {len(body)}")
        raw = "\r\n".join(lines).encode("ascii") + b"\r\n\r\n" + body
        connection = await self._connection()
        try:
            return await connection.ask(raw, self._timeout_s)
        except (OSError, NotHttp) as error:
            raise NoAnswer(f"{method} {target}: {error or type(error).__name__}") from error
        finally:
            self._give_back(connection)

    async def close(self) -> None:
        """Closes the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()
            self._open -= 1
        # The loop lets go of a socket in its next turn.
        await asyncio.sleep(0)

    async def _connection(self) -> _Connection:
        """A connection that nobody uses, or a new one."""
        while True:
            while self._idle:
                connection = self._idle.pop()
                if connection.is_usable:
                    return connection
                self._open -= 1
            if self._open < self._connections_max:
                break
            turn = asyncio.get_running_loop().create_future()
            self._waiting.append(turn)
            await turn
        self._open += 1
        try:
            return await self._connect()
        except BaseException:
            self._open -= 1
            self._wake()
            raise

    async def _connect(self) -> _Connection:
        loop = asyncio.get_running_loop()
        try:
            async with asyncio.timeout(_CONNECT_TIMEOUT_S):
                _, connection = await loop.create_connection(
                    _Connection, self._host, self._port, ssl=self._ssl
                )
        except (OSError, TimeoutError) as error:
            raise Unreachable(f"{self._authority}: {error or 'no connection'}") from error
        return connection

    def _give_back(self, connection: _Connection) -> None:
        if connection.is_usable:
            self._idle.append(connection)
        else:
            connection.close()
            self._open -= 1
        self._wake()

    def _wake(self) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(None)
                return


class _Connection(asyncio.Protocol):
    """A connection that has at most one request under way."""

    def __init__(self) -> None:
        self.is_usable = True
        self._reader = AnswerReader()
        self._transport: asyncio.Transport | None = None
        self._answer: asyncio.Future[Answer] | None = None

    async def ask(self, request: bytes, timeout_s: float) -> Answer:
        """Sends a request; what is not answered in time leaves the connection unusable."""
        assert self._transport is not None
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[Answer] = loop.create_future()
        self._answer = answer
        timer = loop.call_later(timeout_s, self._fail, TimeoutError("no answer in time"))
        self._transport.write(request)
        try:
            return await answer
        except BaseException:
            self.is_usable = False
            raise
        finally:
            timer.cancel()
            self._answer = None

    def close(self) -> None:
        """Ends it."""
        self.is_usable = False
        if self._transport is not None:
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Those of other loops, such as uvloop's, are transports without being called so.
        self._transport = cast(asyncio.Transport, transport)

    def data_received(self, data: bytes) -> None:
        if self._answer is None:
            # Nobody asked.
            self.close()
            return
        try:
            answer = self._reader.feed(data)
        except NotHttp as error:
            self._fail(error)
            return
        if answer is not None and not self._answer.done():
            if answer.headers.get("connection", "").lower() == "close":
                self.is_usable = False
            self._answer.set_result(answer)

    def connection_lost(self, error: Exception | None) -> None:
        self._fail(error or ConnectionError("the server hung up"))

    def _fail(self, error: Exception) -> None:
        self.is_usable = False
        if self._answer is not None and not self._answer.done():
            self._answer.set_exception(error)
