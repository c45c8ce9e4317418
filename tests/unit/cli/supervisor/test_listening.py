"""What connections inherit from the socket that they came in by."""

from __future__ import annotations

import contextlib
import socket

from cse.cli.supervisor.listening import UNSENT_BYTES, listen_tcp

_CHUNK = b"x" * 16_384
# What the other side's kernel takes in before its program has read anything, with room to spare.
_TAKEN_IN_BYTES = 1 << 20
_FAR_TOO_MUCH_BYTES = 16 << 20


def test_who_does_not_read_is_soon_felt_by_who_writes() -> None:
    with contextlib.ExitStack() as stack:
        listening = stack.enter_context(listen_tcp("127.0.0.1", 0))
        reader = stack.enter_context(socket.socket())
        reader.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
        reader.connect(listening.getsockname())
        writer, _ = listening.accept()
        stack.enter_context(writer)
        writer.setblocking(False)
        written = 0
        with contextlib.suppress(BlockingIOError):
            while written < _FAR_TOO_MUCH_BYTES:
                written += writer.send(_CHUNK)
        assert written < UNSENT_BYTES + _TAKEN_IN_BYTES
