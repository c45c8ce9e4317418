"""uvicorn's protocol, with a short way for requests whose head is known.

A request that comes whole, with a head that came before, on a connection where nothing else is under
way, needs no parser, no task and no messages: it is handed to its handler, and the answer is written
when it comes. Everything else takes uvicorn's way, through ASGI, on the same routes.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping
from typing import Any, ClassVar, Final

from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from cse.runtime.http.application import Upgrade
from cse.runtime.http.heads import KnownHeads
from cse.runtime.http.whole_answers import WholeAnswersProtocol

_HEAD_END: Final = b"\r\n\r\n"
_GET: Final = b"GET "


class ShortWayProtocol(WholeAnswersProtocol):
    """One connection."""

    # None where nothing is served directly.
    heads: ClassVar[KnownHeads | None] = None
    # By path: connections that go on in another protocol from the request for it on.
    upgrades: ClassVar[Mapping[bytes, Upgrade]] = {}

    def __init__(self, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        # The parser stands between two requests, and not within one.
        self._between = True
        # The head of what the parser is being given, if it may be learned.
        self._head = b""
        # A request is under way on the short way, and what has come behind it.
        self._under_way = False
        self._behind = b""
        self._stopping = False
        self._answered_at_s = 0.0

    def connection_made(self, transport: Any) -> None:
        self._write = transport.write
        self._below = transport
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._behind = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._under_way:
            self._behind += data
            self.flow.pause_reading()
        elif self.heads is None or not self._serve(self.heads, data):
            upgrade = self._upgrade_of(data)
            if upgrade is None:
                super().data_received(data)
            else:
                self._hand_over(upgrade, data)

    def _upgrade_of(self, data: bytes) -> Upgrade | None:
        """What goes on with the connection, if this begins the request for that and nothing is before it."""
        if not self.upgrades or not data.startswith(_GET) or not self._is_idle():
            return None
        target = data[len(_GET) : data.find(b" ", len(_GET))]
        return self.upgrades.get(target.partition(b"?")[0])

    def _hand_over(self, upgrade: Upgrade, data: bytes) -> None:
        """Leaves the connection to another protocol, which begins with its request."""
        transport = self._below
        self.connections.discard(self)
        self._unset_keepalive_if_required()
        is_unix = transport.get_extra_info("socket").family == socket.AF_UNIX
        protocol = upgrade(is_unix)
        # How a transport reads is decided when it begins to.
        transport.pause_reading()
        transport.set_protocol(protocol)
        protocol.connection_made(transport)
        while data and not transport.is_closing():
            room = memoryview(protocol.get_buffer(len(data)))
            count = min(len(room), len(data))
            room[:count] = data[:count]
            protocol.buffer_updated(count)
            data = data[count:]
        if not transport.is_closing():
            transport.resume_reading()

    def _is_idle(self) -> bool:
        """Whether no request is under way, or half read."""
        return (
            self._between
            and not self.flow.write_paused
            and (self.cycle is None or bool(self.cycle.response_complete))
        )

    def _serve(self, heads: KnownHeads, data: bytes) -> bool:
        """Begins to serve what is one whole request with a known head, when nothing is before it."""
        if not self._is_idle():
            return False
        head, end, body = data.partition(_HEAD_END)
        if not end:
            # Part of a head must not stand for the whole: what it lacks may be the token.
            self._head = b""
            return False
        known = heads.find(head)
        if known is None:
            self._head = head
            return False
        if len(body) != known.body_bytes:
            return False
        self._under_way = True
        if known.serve(known.headers, body, self._respond):
            return True
        self._under_way = False
        return False

    def _respond(self, status: int, headers: bytes, body: bytes) -> None:
        self._under_way = False
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        content = [STATUS_LINE[status]]
        for name, value in self.server_state.default_headers:
            content += (name, b": ", value, b"\r\n")
        if self._stopping:
            headers += b"connection: close\r\n"
        content += (headers, b"\r\n", body)
        self._write(b"".join(content))
        if self._stopping:
            self.transport.close()
            return
        self._answered_at_s = self.loop.time()
        if self.timeout_keep_alive_task is None:
            self._watch_idleness(self.timeout_keep_alive)
        if self._behind:
            behind, self._behind = self._behind, b""
            self.flow.resume_reading()
            self.data_received(behind)

    def on_message_begin(self) -> None:
        self._between = False
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        super().on_headers_complete()
        head, self._head = self._head, b""
        if head and self.heads is not None and self.cycle.keep_alive and not self.parser.should_upgrade():
            scope = self.scope
            self.heads.learn(head, scope["method"], scope["path"], scope["query_string"], self.headers)

    def on_message_complete(self) -> None:
        # Behind an upgrade comes what is no request.
        self._between = not self.parser.should_upgrade()
        super().on_message_complete()

    def timeout_keep_alive_handler(self) -> None:
        """Called when the connection may have been idle for long: requests that took the short way
        have left the timer as it was."""
        idle_s = 0.0 if self._under_way else self.loop.time() - self._answered_at_s
        if idle_s < self.timeout_keep_alive:
            self._watch_idleness(self.timeout_keep_alive - idle_s)
        else:
            super().timeout_keep_alive_handler()

    def _watch_idleness(self, delay_s: float) -> None:
        self.timeout_keep_alive_task = self.loop.call_later(delay_s, self.timeout_keep_alive_handler)

    def shutdown(self) -> None:
        if self._under_way:
            self._stopping = True
        else:
            super().shutdown()


def protocol_class(application: Any) -> type[asyncio.Protocol]:
    """The protocol for an application; it is of a class of its own, as its heads are."""

    class Protocol(ShortWayProtocol):
        heads = KnownHeads(application) if hasattr(application, "direct") else None
        upgrades = getattr(application, "upgrades", {})

    return Protocol
