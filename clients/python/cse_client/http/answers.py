"""Answers of HTTP/1.1 out of the bytes of a connection: bytes in, answers out, no socket."""

from __future__ import annotations

from typing import Final

from cse_client.http.transport import Answer

_HEAD_MAX: Final = 65_536
_BODY_MAX: Final = 64 << 20
_END_OF_HEAD: Final = b"\r\n\r\n"
_LINE: Final = b"\r\n"
_WITHOUT_BODY: Final = (204, 304)
_CONTINUE: Final = 200


class NotHttp(Exception):
    """What came is no answer of HTTP/1.1, or a longer one than is read."""


class AnswerReader:
    """Reads one answer after another; each belongs to a request that went out before."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._head: tuple[int, dict[str, str]] | None = None
        self._length = 0

    @property
    def is_between(self) -> bool:
        """Whether no part of an answer has come."""
        return self._head is None and not self._buffer

    def feed(self, data: bytes) -> Answer | None:
        """Takes what came; the answer if it is whole now.

        Raises:
            NotHttp: it cannot be one, or more came than was asked for.
        """
        self._buffer += data
        if self._head is None and not self._read_head():
            return None
        assert self._head is not None
        status, headers = self._head
        if self._length < 0:
            body = self._chunked()
            if body is None:
                return None
        else:
            if len(self._buffer) < self._length:
                return None
            body = bytes(self._buffer)
        if len(body) > max(self._length, 0) and self._length >= 0:
            raise NotHttp("more came than one answer")
        self._buffer.clear()
        self._head = None
        return Answer(status, headers, body)

    def _read_head(self) -> bool:
        end = self._buffer.find(_END_OF_HEAD)
        if end < 0:
            if len(self._buffer) > _HEAD_MAX:
                raise NotHttp("the head has no end")
            return False
        line, *lines = self._buffer[:end].decode("latin-1").split("\r\n")
        del self._buffer[: end + len(_END_OF_HEAD)]
        version, _, rest = line.partition(" ")
        if not version.startswith("HTTP/1.") or not rest[:3].isdigit():
            raise NotHttp(f"{line[:80]!r} is no status")
        status = int(rest[:3])
        if status < _CONTINUE:
            return self._read_head()
        headers: dict[str, str] = {}
        for field in lines:
            name, _, value = field.partition(":")
            headers[name.lower()] = value.strip()
        self._head = status, headers
        self._length = self._length_of(status, headers)
        return True

    def _length_of(self, status: int, headers: dict[str, str]) -> int:
        """How long the body is; -1 where it comes in chunks."""
        if status in _WITHOUT_BODY:
            return 0
        if headers.get("transfer-encoding", "").lower() == "chunked":
            return -1
        length = headers.get("content-length", "")
        if not (length.isascii() and length.isdigit()) or int(length) > _BODY_MAX:
            raise NotHttp("the answer does not say how long it is")
        return int(length)

    def _chunked(self) -> bytes | None:
        """The body out of its chunks, once all have come."""
        body = bytearray()
        at = 0
        while True:
            end = self._buffer.find(_LINE, at)
            if end < 0:
                return None
            try:
                size = int(self._buffer[at:end].partition(b";")[0], 16)
            except ValueError:
                raise NotHttp("a chunk has no length") from None
            at = end + len(_LINE)
            if size == 0:
                # What may follow are fields, of which the last line is empty.
                whole = self._buffer.find(_LINE, at) == at or self._buffer.find(_END_OF_HEAD, at) >= 0
                return bytes(body) if whole else None
            if len(body) + size > _BODY_MAX:
                raise NotHttp("the answer is too long")
            if len(self._buffer) < at + size + len(_LINE):
                return None
            body += self._buffer[at : at + size]
            at += size + len(_LINE)
