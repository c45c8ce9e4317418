"""picows behind the gateway: it sets options of TCP on whatever socket it gets, also on a unix socket."""

from __future__ import annotations

import asyncio
import socket
from typing import Any

from picows.picows import WSProtocol  # type: ignore[attr-defined]


class UnixProtocol(WSProtocol):  # type: ignore[misc]
    """A protocol of picows over a unix socket, which knows nothing of TCP's options."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(_UnixTransport(transport))


class _UnixTransport:
    """The transport of a unix socket, with a socket that takes any option."""

    __slots__ = (
        "_get_extra_info",
        "_socket",
        "abort",
        "close",
        "get_write_buffer_size",
        "is_closing",
        "pause_reading",
        "resume_reading",
        "set_write_buffer_limits",
        "write",
        "writelines",
    )

    def __init__(self, transport: Any) -> None:
        self._socket = _AnyOption(transport.get_extra_info("socket"))
        self._get_extra_info = transport.get_extra_info
        self.write = transport.write
        self.writelines = transport.writelines
        self.close = transport.close
        self.abort = transport.abort
        self.get_write_buffer_size = transport.get_write_buffer_size
        self.is_closing = transport.is_closing
        self.pause_reading = transport.pause_reading
        self.resume_reading = transport.resume_reading
        self.set_write_buffer_limits = transport.set_write_buffer_limits

    def get_extra_info(self, name: str, default: object = None) -> object:
        """As a transport has it, but for the socket."""
        return self._socket if name == "socket" else self._get_extra_info(name, default)


class _AnyOption:
    """A socket whose options of TCP are set without effect."""

    __slots__ = ("_below", "fileno")

    def __init__(self, below: Any) -> None:
        self._below = below
        self.fileno = below.fileno

    def setsockopt(self, level: int, option: int, value: int) -> None:
        """Sets an option, unless it is one of TCP."""
        if level == socket.SOL_SOCKET:
            self._below.setsockopt(level, option, value)

    def getsockopt(self, level: int, option: int) -> int:
        """An option; 0 if it is one of TCP."""
        found: int = self._below.getsockopt(level, option) if level == socket.SOL_SOCKET else 0
        return found
