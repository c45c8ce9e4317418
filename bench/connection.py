"""One keep-alive HTTP/1.1 connection, one request at a time.

A blocking socket and no more than the exchange's own answers need: the client must cost little
beside what it measures.
"""

from __future__ import annotations

import socket
import ssl
from typing import NamedTuple, Self
from urllib.parse import urlsplit

_HEAD_LIMIT_BYTES = 65_536
_RECEIVE_BYTES = 65_536


class Response(NamedTuple):
    """An answer; header names are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes


class ConnectionLost(Exception):
    """The server is not there, hung up, or sent what is no answer. A request may have been carried out."""


class Connection:
    """Connects at the first request, and again after a loss."""

    def __init__(self, url: str, timeout_s: float = 30.0) -> None:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{url} is not the address of an exchange, such as http://127.0.0.1:8000")
        self._secure = parts.scheme == "https"
        self._host = parts.hostname
        self._port = parts.port or (443 if self._secure else 80)
        self._authority = parts.netloc
        self._timeout_s = timeout_s
        self._socket: socket.socket | None = None

    def request(self, method: str, path: str, body: bytes = b"", token: str = "") -> Response:
        """Sends one request and waits for its answer. Raises `ConnectionLost`."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {self._authority}\r\nContent-Length: {len(body)}\r\n"
        if body:
            head += "Content-Type: application/json\r\n"
        if token:
            head += f"Authorization: Bearer {token}\r\n"
        try:
            connected = self._connected()
            connected.sendall(head.encode("ascii") + b"\r\n" + body)
            return self._receive(connected)
        except (OSError, ValueError) as error:
            self.close()
            raise ConnectionLost(f"{method} {path}: {error}") from error

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()
            self._socket = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _connected(self) -> socket.socket:
        if self._socket is None:
            plain = socket.create_connection((self._host, self._port), self._timeout_s)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self._secure:
                plain = ssl.create_default_context().wrap_socket(plain, server_hostname=self._host)
            self._socket = plain
        return self._socket

    def _receive(self, connected: socket.socket) -> Response:
        received = b""
        while (end := received.find(b"\r\n\r\n")) < 0:
            if len(received) > _HEAD_LIMIT_BYTES:
                raise ValueError("the head of the answer has no end")
            received += _more(connected)
        status_line, *lines = received[:end].decode("latin-1").split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        length = int(headers["content-length"]) if "content-length" in headers else 0
        if "transfer-encoding" in headers:
            raise ValueError("the answer comes in chunks, which this client does not read")
        body = received[end + 4 :]
        while len(body) < length:
            body += _more(connected)
        if headers.get("connection", "").lower() == "close":
            self.close()
        return Response(int(status_line.split(" ", 2)[1]), headers, body)


def _more(connected: socket.socket) -> bytes:
    data = connected.recv(_RECEIVE_BYTES)
    if not data:
        raise ValueError("the server hung up")
    return data
