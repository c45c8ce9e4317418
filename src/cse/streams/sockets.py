"""The WebSocket server's sockets: picows over the event loop's own transports. Nothing else here opens one.

picows reads: it parses and unmasks what clients send. What is sent goes to the transport as whole
frames, which are the same bytes for all who get them; the transport joins what one turn of the event
loop writes to a connection into one send.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any, Final, Protocol
from urllib.parse import parse_qs

import msgspec
from picows import (
    WSFrame,
    WSListener,
    WSMsgType,
    WSTransport,
    WSUpgradeRequest,
    WSUpgradeResponse,
    WSUpgradeResponseWithListener,
)
from picows.picows import WSProtocol  # type: ignore[attr-defined]

from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.runtime.http.address import FORWARDED_HEADER, ClientAddresses
from cse.runtime.http.cross_site import is_same_origin
from cse.streams import frames
from cse.streams.channels.channel import Write
from cse.streams.connections import Connections
from cse.streams.forms import AGREED, COMPRESSED_FROM_BYTES, PLAIN, Form, encoding_of, is_deflate_offered
from cse.streams.limits import Limits
from cse.streams.messages import malformed
from cse.streams.peer import Connection, Peer
from cse.streams.unix_sockets import UnixProtocol

_LOG: Final = logging.getLogger("cse.streams")

PATH: Final = b"/ws"
_FORWARDED: Final = FORWARDED_HEADER.decode()
_EXTENSIONS: Final = "Sec-WebSocket-Extensions"
_OF_MESSAGES: Final = (WSMsgType.TEXT, WSMsgType.BINARY)
BACKLOG: Final = 2_048
HANDSHAKE_S: Final = 5.0
# Beyond our own bound on a message, so that it is us who say that one is too large; what is beyond this
# ends the connection before it is read.
FRAME_BYTES_MAX: Final = 65_536
# What the kernel takes of one connection's frames, so that it does not keep megabytes for who never reads.
KERNEL_BUFFER_BYTES: Final = 131_072
_READ_BUFFER_BYTES: Final = 2_048
_FINISHING_S: Final = 3.0
_LOOK_S: Final = 0.02


class Arrivals(Protocol):
    """Where a connection comes to, and what it leaves."""

    limits: Limits

    def arrive(self, connection: Connection, address: str) -> Peer:
        """Takes a connection in."""

    def depart(self, peer: Any) -> None:
        """A connection is gone."""


class Door(Protocol):
    """Other connections of the process, which come by paths of their own."""

    @property
    def connections(self) -> Connections[Any]:
        """All of them."""

    def behind(self, target: str) -> Arrivals | None:
        """Where one comes to that asks for this; None for what is not this door's. Raises `CodedError`."""


class StreamServer:
    """Gives each connection one of the peers of a process, on whichever socket it came."""

    def __init__(
        self,
        connections: Connections[Any],
        addresses: ClientAddresses,
        path: bytes = PATH,
        doors: Sequence[Door] = (),
    ) -> None:
        self.addresses = addresses
        self._connections = connections
        self._path = path
        self._doors = doors
        self._servers: list[asyncio.Server] = []

    def protocol(self, behind_gateway: bool) -> asyncio.BufferedProtocol:
        """What reads a connection from its handshake on. Behind the gateway it is on a unix socket."""
        kind = UnixProtocol if behind_gateway else WSProtocol
        made: asyncio.BufferedProtocol = kind(*self._arguments(behind_gateway))
        return made

    async def open(self, listening: socket.socket) -> None:
        """Takes connections of a socket, which is bound and may be of a network or of the machine."""
        loop = asyncio.get_running_loop()
        is_unix = listening.family == socket.AF_UNIX
        make = loop.create_unix_server if is_unix else loop.create_server
        server = await make(lambda: self.protocol(is_unix), sock=listening, backlog=BACKLOG)
        self._servers.append(server)

    def take_no_more(self) -> None:
        """Takes no more connections; those that are there go on."""
        for server in self._servers:
            server.close()

    async def close(self, error: CodedError) -> None:
        """Takes no more connections, tells those that are there why they end, and waits a little."""
        self.take_no_more()
        kinds = [self._connections, *(door.connections for door in self._doors)]
        for connections in kinds:
            connections.close_all(error, frames.CLOSE_RESTART)
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FINISHING_S):
                while any(connections.count for connections in kinds):
                    await asyncio.sleep(_LOOK_S)

    def _arguments(self, behind_gateway: bool) -> tuple[Any, ...]:
        """What a picows protocol of the server's side is made of."""

        def admit(request: WSUpgradeRequest) -> WSListener | WSUpgradeResponseWithListener:
            return self._admit(request, behind_gateway)

        no_pings = (False, HANDSHAKE_S, HANDSHAKE_S, 1, False)
        return (
            None, None, False, admit, _QUIET, True, HANDSHAKE_S, *no_pings,
            FRAME_BYTES_MAX, None, _READ_BUFFER_BYTES,
        )  # fmt: skip

    def _admit(
        self, request: WSUpgradeRequest, behind_gateway: bool
    ) -> WSListener | WSUpgradeResponseWithListener:
        """A listener for a new connection, or a refusal."""
        try:
            arrivals = self._behind(request.path)
            form = self._form(request, arrivals)
        except CodedError as error:
            return _refusal(error.code)
        headers = request.headers
        origin = headers.get("Origin")
        if origin is not None and not is_same_origin(origin, headers.get("Host", "")):
            return _refusal(codes.ORIGIN_NOT_ALLOWED)
        # Some browsers ask for more than the upgrade here, which picows takes for something else.
        if "upgrade" in {part.strip().lower() for part in headers.get("Connection", "").split(",")}:
            headers["Connection"] = "Upgrade"
        listener = _Connection(self, arrivals, behind_gateway, headers.getall(_FORWARDED, []), form)
        if not form.is_compressed:
            return listener
        response = WSUpgradeResponse.create_101_response({_EXTENSIONS: AGREED})
        return WSUpgradeResponseWithListener(response, listener)

    def _form(self, request: WSUpgradeRequest, arrivals: Arrivals) -> Form:
        """How the messages of a connection travel. Raises `CodedError`."""
        if arrivals is not self._connections:
            # Another dialect has a form of its own.
            return PLAIN
        _, _, query = request.path.partition(b"?")
        is_packed = encoding_of(parse_qs(query.decode("latin-1")))
        return Form(is_packed, is_deflate_offered(request.headers.getall(_EXTENSIONS, [])))

    def _behind(self, target: bytes) -> Arrivals:
        """Where a connection comes to. Raises `CodedError`."""
        if target.partition(b"?")[0] == self._path:
            return self._connections
        for door in self._doors:
            arrivals = door.behind(target.decode("latin-1"))
            if arrivals is not None:
                return arrivals
        raise CodedError(codes.NOT_FOUND)


class _Connection(WSListener):
    """One connection: hands what comes to its session, and sends what that writes."""

    __slots__ = (
        "_arrivals",
        "_behind_gateway",
        "_form",
        "_forwarded",
        "_is_compressed",
        "_part",
        "_server",
        "_session",
        "_text",
        "_transport",
        "write",
    )

    write: Write

    def __init__(
        self,
        server: StreamServer,
        arrivals: Arrivals,
        behind_gateway: bool,
        forwarded: list[str],
        form: Form,
    ) -> None:
        self._server = server
        self._arrivals = arrivals
        self._behind_gateway = behind_gateway
        self._forwarded = forwarded
        self._session: Peer | None = None
        self._transport: WSTransport | None = None
        # The beginning of a message that comes in several frames.
        self._text: bytearray | None = None
        self._part = 0
        self._form = form
        self._is_compressed = False

    def on_ws_connected(self, transport: WSTransport) -> None:
        self._transport = transport
        below = transport.underlying_transport
        below.set_write_buffer_limits(self._arrivals.limits.buffer_bytes)
        below.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, KERNEL_BUFFER_BYTES)
        self.write = below.write if self._form == PLAIN else _formed(below.write, self._form)
        address = self._address(below)
        # Nobody asks for these any more, and they are a third of what a connection takes.
        transport.request.headers.clear()
        transport.response.headers.clear()
        self._session = self._arrivals.arrive(self, address)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        session = self._session
        kind = frame.msg_type
        if kind == WSMsgType.CLOSE:
            self._closed_by_client()
        elif (
            session is None or transport.is_close_frame_sent or not session.heard(self._part_of_message(kind))
        ):
            # Also what picows reads on after it has refused a frame.
            return
        elif kind == WSMsgType.PING:
            session.ping(frame.get_payload_as_bytes())
        elif kind != WSMsgType.PONG:
            self._receive(session, frame)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        if self._session is not None:
            self._arrivals.depart(self._session)
            self._session = None
        self._transport = None

    def pause_writing(self) -> None:
        if self._session is not None:
            self._session.buffer_full()

    def resume_writing(self) -> None:
        if self._session is not None:
            self._session.buffer_free()

    def buffered(self) -> int:
        """Bytes that wait to be sent."""
        if self._transport is None:
            return 0
        return self._transport.underlying_transport.get_write_buffer_size()

    def take_in(self, *, on: bool) -> None:
        """Whether what the other side sends is read."""
        if self._transport is None or self._transport.is_disconnected:
            return
        below = self._transport.underlying_transport
        if below.is_closing():
            return
        if on:
            below.resume_reading()
        else:
            below.pause_reading()

    def close(self, last: bytes) -> None:
        """Sends the last frames. The other side has a little time to close, then it is done for it."""
        transport = self._transport
        if transport is None or transport.is_disconnected:
            return
        self.write(last)
        asyncio.get_running_loop().call_later(self._arrivals.limits.close_s, transport.disconnect, False)

    def _part_of_message(self, kind: WSMsgType) -> int:
        """Which frame of its message this one is; 0 for one of none."""
        if kind in _OF_MESSAGES:
            self._part = 1
        elif kind == WSMsgType.CONTINUATION:
            self._part += 1
        else:
            return 0
        return self._part

    def _receive(self, session: Peer, frame: WSFrame) -> None:
        """Puts a message together, if it comes in several frames."""
        kind, form = frame.msg_type, self._form
        is_first = kind != WSMsgType.CONTINUATION
        may_be_compressed = is_first and form.is_compressed
        if (
            (frame.rsv1 and not may_be_compressed)
            or frame.rsv2
            or frame.rsv3
            or is_first != (self._text is None)
        ):
            session.close(malformed("its frames do not belong together"), frames.CLOSE_PROTOCOL_ERROR)
        elif is_first and (kind == WSMsgType.BINARY) != form.is_packed:
            session.receive_binary()
        elif is_first and frame.fin:
            self._take(session, frame.get_payload_as_bytes(), is_compressed=frame.rsv1)
        else:
            if self._text is None:
                self._text, self._is_compressed = bytearray(), frame.rsv1
            text = self._text
            text += frame.get_payload_as_bytes()
            # One that has become too large is refused by the session as it stands.
            if frame.fin or len(text) > self._arrivals.limits.message_bytes:
                self._text = None
                self._take(session, bytes(text), is_compressed=self._is_compressed)

    def _take(self, session: Peer, payload: bytes, *, is_compressed: bool) -> None:
        """Hands a message to the session, as JSON."""
        limit = self._arrivals.limits.message_bytes
        if self._form == PLAIN or len(payload) > limit:
            session.receive(payload)
            return
        try:
            message = self._form.incoming(payload, limit, is_compressed=is_compressed)
        except CodedError as error:
            session.refuse(error)
        else:
            session.receive(message)

    def _closed_by_client(self) -> None:
        """The client closes: answers once, and is gone."""
        transport, session = self._transport, self._session
        if transport is None:
            return
        if session is not None and not session.is_closed:
            session.leave()
            # Where picows has refused a frame, it has sent the last one.
            if not transport.is_close_frame_sent:
                self.write(frames.close_frame(frames.CLOSE_NORMAL, ""))
        transport.disconnect()

    def _address(self, below: asyncio.Transport) -> str:
        """Who is behind the connection."""
        # At the other end of a unix socket is the gateway, which has no address.
        peer = None if self._behind_gateway else below.get_extra_info("peername")
        headers = [(FORWARDED_HEADER, line.encode("latin-1", "replace")) for line in self._forwarded]
        return self._server.addresses.exact({"client": peer, "headers": headers})


def _formed(write: Write, form: Form) -> Write:
    """Writes frames in another form."""
    put = form.outgoing()
    if form.is_packed:
        return lambda frame: write(put(frame))
    # Most of what is told is too short to be compressed.
    return lambda frame: write(frame if len(frame) < COMPRESSED_FROM_BYTES else put(frame))


class _Quiet:
    """Takes picows' log entries. Clients can make as many as they like, so only our own failures count."""

    def isEnabledFor(self, level: int) -> bool:  # noqa: N802 - as loggers have it
        return False

    def exception(self, message: str, *values: object) -> None:
        """Something failed while a frame was dealt with; the connection is closed."""
        _LOG.exception(message, *values)

    def _drop(self, *_: object, **__: object) -> None: ...

    log = debug = info = warning = error = _drop


_QUIET: Final = _Quiet()


def _refusal(code: Code) -> WSUpgradeResponseWithListener:
    problem = {"type": "about:blank", "status": code.status, "code": code.name, "detail": code.sentence}
    response = WSUpgradeResponse.create_error_response(
        HTTPStatus(code.status),
        msgspec.json.encode(problem),
        {"Content-Type": "application/problem+json"},
    )
    return WSUpgradeResponseWithListener(response, None)
