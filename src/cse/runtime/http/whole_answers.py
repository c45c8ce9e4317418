"""uvicorn's protocol with one write an answer, and heads of bounded length.

Of what an answer costs, the call into the kernel that sends it is the dearest part. uvicorn sends
head and body apart; here the head waits for the body, which follows in the same turn.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_HEAD: Final = b"HTTP/1.1 "
_NO_ANSWER_YET: Final = b"HTTP/1.1 100 "
# Of one request all that is not its body: its line, its headers, and what stands between its chunks.
# The longest body that is taken, sent byte by byte, needs two thirds of it.
BESIDE_BODY_LIMIT_BYTES: Final = 131_072
_TOO_LONG: Final = (
    b"HTTP/1.1 431 Request Header Fields Too Large\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"
)


class _WholeAnswers:
    """A transport that joins the head of an answer with what is written next."""

    def __init__(self, transport: asyncio.Transport) -> None:
        self._transport = transport
        self._write = transport.write
        self._head = b""

    def write(self, data: bytes) -> None:
        if self._head:
            data, self._head = self._head + data, b""
        elif data.startswith(_HEAD) and not data.startswith(_NO_ANSWER_YET):
            self._head = data
            return
        self._write(data)

    def flush(self) -> None:
        """Sends a head that no body follows: the answer to HEAD has none."""
        if self._head:
            self._write(self._head)
            self._head = b""

    def close(self) -> None:
        self.flush()
        self._transport.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)


class WholeAnswersProtocol(HttpToolsProtocol):
    """uvicorn's protocol over such a transport, for heads of bounded length.

    A change of protocol is not offered. Its parser stops at a request that asks for one, and would
    take the request's body for the next request; so the connection ends with that answer.
    """

    def connection_made(self, transport: Any) -> None:
        self._answers = _WholeAnswers(transport)
        self._beside_body = 0
        self._deaf = False
        super().connection_made(self._answers)  # type: ignore[arg-type]

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        # Counted here and not by header: of one that has not ended yet the parser says nothing.
        self._beside_body += len(data)
        super().data_received(data)
        if self._beside_body > BESIDE_BODY_LIMIT_BYTES:
            self._deaf = True
            if self.cycle is None or self.cycle.response_complete:
                self._answers.write(_TOO_LONG)
            self._answers.close()

    def on_message_begin(self) -> None:
        self._beside_body = 0
        super().on_message_begin()

    def on_body(self, body: bytes) -> None:
        self._beside_body -= len(body)
        super().on_body(body)

    def _unsupported_upgrade_warning(self) -> None:
        self._deaf = True
        self.cycle.keep_alive = False

    def on_response_complete(self) -> None:
        self._answers.flush()
        super().on_response_complete()
