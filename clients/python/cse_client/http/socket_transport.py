"""Orders over one WebSocket, pipelined; and orders that are cancelled when it ends."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import aiohttp
import msgspec

from cse_client import backoff
from cse_client.accounts import without_account
from cse_client.encodings import Encoding, packed, query_of
from cse_client.errors import ClientError, NoAnswer, Unreachable
from cse_client.http.aiohttp_transport import AiohttpTransport
from cse_client.http.socket_messages import SocketMessage, answer_of, message_of, refusal_of
from cse_client.http.transport import Answer
from cse_client.signing import Signing

TokenSource = Callable[[str], Awaitable[str]]

_MESSAGE_BYTES_MAX: Final = 16 << 20
_CONNECT_TIMEOUT_S: Final = 5.0
# The server says something every five seconds.
_PING_S: Final = 10.0
_RENEWED_BEFORE_S: Final = 25.0
_FIRST_WAIT_S: Final = 0.1
_LONGEST_WAIT_S: Final = 5.0


@dataclass(frozen=True, slots=True)
class CancelOnDisconnect:
    """Which orders the exchange cancels when the connection ends, whoever ends it.

    Attributes:
        markets: by name; None for all.
        grace_s: so long it waits for the connection to come back, 60 seconds at most.
    """

    markets: tuple[str, ...] | None = None
    grace_s: float = 0.0


class SocketTransport:
    """What has to do with orders goes over one WebSocket, any number of requests at a time, and all else
    over HTTP. It is for one person, or one API key.

    Args:
        url: the exchange, such as `http://127.0.0.1:8000`.
        cancel_on_disconnect: orders that are cancelled when the connection ends, `close` included.
        timeout_s: after how long a request has got no answer.
        encoding: `json`, or `msgpack` for MessagePack in binary frames.

    Attributes:
        access_token: gives tokens while nothing is asked; a `CseClient` sets it. Without a new one the
            connection ends with the token.
        signing: signs the connection in with an API key; a `CseClient` that has one sets it.
        account: which of the person's accounts the connection is for; a `CseClient` sets it. What is about
            another one goes over HTTP.
        guard: the exchange's name for what it cancels when the connection ends.
        resumed: whether orders of an earlier connection were kept when this one was made.
    """

    def __init__(
        self,
        url: str,
        *,
        cancel_on_disconnect: CancelOnDisconnect | None = None,
        timeout_s: float = 15.0,
        encoding: Encoding = "json",
    ) -> None:
        self.http = AiohttpTransport(url, timeout_s=timeout_s)
        self.access_token: TokenSource | None = None
        self.signing: Signing | None = None
        self.account: str | None = None
        self.guard: str | None = None
        self.resumed = False
        self._url = url.rstrip("/") + "/ws/orders" + query_of(encoding)
        self._is_packed = encoding == "msgpack"
        self._wanted = cancel_on_disconnect
        self._timeout_s = timeout_s
        self._connection: _Connection | None = None
        self._connecting = asyncio.Lock()
        self._token = ""
        self._is_open = True
        self._coming_back: asyncio.Task[None] | None = None

    async def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """Sends one request and waits for its answer."""
        account, plain = without_account(target)
        message = message_of(method, plain, headers, body)
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if message is None or account != self.account or not (token or self.signing):
            return await self.http.send(method, target, headers, body)
        connection = await self._connected(token)
        if token != connection.token:
            connection.authenticate(token)
        return answer_of(await connection.ask(message, self._timeout_s))

    async def set_cancel_on_disconnect(self, wanted: CancelOnDisconnect | None) -> None:
        """Changes what is cancelled when the connection ends; None for nothing.

        Raises:
            ApiError: the exchange refuses it.
            Unreachable: no answer came.
        """
        self._wanted = wanted
        connection = self._connection
        if connection is not None and connection.is_open:
            await self._guard(connection)

    async def close(self) -> None:
        """Ends the connection, and with it the orders that it guards."""
        self._is_open = False
        if self._coming_back is not None:
            self._coming_back.cancel()
            await asyncio.gather(self._coming_back, return_exceptions=True)
        if self._connection is not None:
            await self._connection.close()
        await self.http.close()

    async def _connected(self, token: str) -> _Connection:
        connection = self._connection
        if connection is not None and connection.is_open:
            return connection
        async with self._connecting:
            connection = self._connection
            if connection is None or not connection.is_open:
                connection = await self._connect(token)
            return connection

    async def _connect(self, token: str) -> _Connection:
        self._token = token
        try:
            socket = await self.http.session.ws_connect(
                self._url,
                max_msg_size=_MESSAGE_BYTES_MAX,
                heartbeat=_PING_S,
                timeout=aiohttp.ClientWSTimeout(ws_close=_CONNECT_TIMEOUT_S),
            )
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unreachable(f"{self._url}: {error or type(error).__name__}") from error
        connection = _Connection(socket, self._ended, self._renewed, self.account, is_packed=self._is_packed)
        try:
            if self.signing is not None:
                await connection.sign_in(self.signing, self._timeout_s)
            else:
                connection.authenticate(token)
            if self._wanted is not None:
                await self._guard(connection)
        except BaseException:
            await connection.close()
            raise
        self._connection = connection
        return connection

    async def _guard(self, connection: _Connection) -> None:
        wanted = self._wanted
        message: SocketMessage = {"op": "cancel_on_disconnect", "enabled": wanted is not None}
        if wanted is not None:
            message["grace_ms"] = int(wanted.grace_s * 1_000)
            if wanted.markets is not None:
                message["markets"] = list(wanted.markets)
            if self.guard is not None and connection is not self._connection:
                message["resume"] = self.guard
        try:
            told = await connection.ask(message, self._timeout_s)
        except NoAnswer as error:
            raise Unreachable(str(error)) from error
        if told["op"] == "error":
            raise refusal_of(told)
        self.guard, self.resumed = told["guard"], told["resumed"]

    async def _renewed(self) -> str | None:
        if self.access_token is None or self.signing is not None:
            return None
        return await self.access_token("")

    def _ended(self, connection: _Connection) -> None:
        """The connection is lost. Where the exchange waits for it, it comes back without being asked."""
        if connection is not self._connection or not self._is_open:
            return
        if self._wanted is not None and self._wanted.grace_s and self._coming_back is None:
            self._coming_back = asyncio.create_task(self._come_back())
            self._coming_back.add_done_callback(self._came_back)

    def _came_back(self, _: object) -> None:
        self._coming_back = None

    async def _come_back(self) -> None:
        tries = 0
        while self._is_open:
            try:
                await self._connected(await self._renewed() or self._token)
                return
            except ClientError as error:
                if not error.retryable:
                    # Who sends the next request is told.
                    return
            await asyncio.sleep(backoff.wait_s(tries, first_s=_FIRST_WAIT_S, longest_s=_LONGEST_WAIT_S))
            tries += 1


class _Connection:
    """One connection: answers find their requests by the id."""

    def __init__(
        self,
        socket: aiohttp.ClientWebSocketResponse,
        ended: Callable[[_Connection], None],
        renewed: Callable[[], Awaitable[str | None]],
        account: str | None,
        *,
        is_packed: bool,
    ) -> None:
        self.token = ""
        self.is_open = True
        self._socket = socket
        self._is_packed = is_packed
        self._ended = ended
        self._renewed = renewed
        self._account = account
        self._waiting: dict[str, asyncio.Future[dict[str, Any]]] = {}
        self._session: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._last_id = 0
        self._why = "the connection was lost"
        self._to_send: asyncio.Queue[bytes] = asyncio.Queue()
        self._writing = asyncio.create_task(self._write())
        self._reading = asyncio.create_task(self._read())
        self._renewing: asyncio.Task[None] | None = None

    def authenticate(self, token: str) -> None:
        """Signs in from the next message on."""
        self.token = token
        self._last_id += 1
        chosen = {} if self._account is None else {"account": self._account}
        self._send({"op": "authenticate", "id": f"a{self._last_id}", "access_token": token, **chosen})

    async def sign_in(self, signing: Signing, timeout_s: float) -> None:
        """Signs in with an API key, on the connection that was welcomed.

        Raises:
            ApiError: the exchange refuses the key.
            Unreachable: no answer came.
        """
        try:
            async with asyncio.timeout(timeout_s):
                session = await asyncio.shield(self._session)
            told = await self.ask(
                {"op": "authenticate", **signing.sign_in(session, self._account)}, timeout_s
            )
        except (TimeoutError, NoAnswer) as error:
            raise Unreachable(str(error) or "no welcome in time") from error
        if told["op"] == "error":
            raise refusal_of(told)

    async def ask(self, message: SocketMessage, timeout_s: float) -> dict[str, Any]:
        """Sends a message and waits for what comes under its id; raises `NoAnswer`."""
        if not self.is_open:
            raise Unreachable(self._why)
        self._last_id += 1
        id_ = str(self._last_id)
        future = self._waiting[id_] = asyncio.get_running_loop().create_future()
        self._send({**message, "id": id_})
        try:
            async with asyncio.timeout(timeout_s):
                told: dict[str, Any] = await future
                return told
        except TimeoutError as error:
            raise NoAnswer("no answer in time") from error
        finally:
            self._waiting.pop(id_, None)

    async def close(self) -> None:
        """Ends it, once what was to be sent has gone."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_CONNECT_TIMEOUT_S):
                await self._to_send.join()
        await self._socket.close()
        for task in (self._writing, self._renewing):
            if task is not None:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
        await asyncio.gather(self._reading, return_exceptions=True)

    def _send(self, message: SocketMessage) -> None:
        self._to_send.put_nowait(msgspec.json.encode(message))

    async def _write(self) -> None:
        while True:
            raw = await self._to_send.get()
            try:
                # A connection that is lost is noticed by who reads.
                with contextlib.suppress(aiohttp.ClientError, OSError):
                    if self._is_packed:
                        await self._socket.send_bytes(packed(raw))
                    else:
                        await self._socket.send_str(raw.decode())
            finally:
                self._to_send.task_done()

    async def _read(self) -> None:
        try:
            async for message in self._socket:
                if message.type is aiohttp.WSMsgType.TEXT:
                    self._take(msgspec.json.decode(message.data))
                elif message.type is aiohttp.WSMsgType.BINARY:
                    self._take(msgspec.msgpack.decode(message.data))
        finally:
            self.is_open = False
            for future in self._waiting.values():
                if not future.done():
                    future.set_exception(NoAnswer(self._why))
            self._ended(self)

    def _take(self, told: dict[str, Any]) -> None:
        if told["op"] == "welcome":
            self._session.set_result(told["session"])
        elif told["op"] == "closing":
            self._why = f"{told['code']}: {told['message']}"
        elif told["op"] == "authenticated" and told["expires_at"] is not None:
            left_s = datetime.fromisoformat(told["expires_at"]).timestamp() - time.time()
            if self._renewing is not None:
                self._renewing.cancel()
            self._renewing = asyncio.create_task(self._renew(max(left_s - _RENEWED_BEFORE_S, left_s / 2)))
        future = self._waiting.get(told.get("id") or "")
        if future is not None and not future.done():
            future.set_result(told)

    async def _renew(self, after_s: float) -> None:
        await asyncio.sleep(after_s)
        token = await self._renewed()
        if token:
            self.authenticate(token)
