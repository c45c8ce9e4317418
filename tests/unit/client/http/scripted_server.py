"""A server that says what a test wrote down: answers that the exchange gives only when in trouble."""

from __future__ import annotations

import socket
import threading
from collections.abc import Sequence
from types import TracebackType

HANG_UP = b""


def answer(status: int, body: bytes = b"{}", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class ScriptedServer:
    """Gives one answer a request, in order; `HANG_UP` closes the connection instead."""

    def __init__(self, answers: Sequence[bytes]) -> None:
        self.requests: list[bytes] = []
        self._answers = list(answers)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> ScriptedServer:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.join(timeout=10)
        self._listener.close()

    def _serve(self) -> None:
        while self._answers:
            connection, _ = self._listener.accept()
            with connection:
                while self._answers and (request := _read_request(connection)):
                    self.requests.append(request)
                    reply = self._answers.pop(0)
                    if reply == HANG_UP:
                        break
                    for start in range(0, len(reply), 7):
                        connection.sendall(reply[start : start + 7])


def _read_request(connection: socket.socket) -> bytes:
    received = b""
    while b"\r\n\r\n" not in received:
        data = connection.recv(4096)
        if not data:
            return b""
        received += data
    head, _, body = received.partition(b"\r\n\r\n")
    _, _, after = head.lower().partition(b"content-length: ")
    length = int(after.split(b"\r\n")[0]) if after else 0
    while len(body) < length:
        body += connection.recv(4096)
    return head + b"\r\n\r\n" + body
