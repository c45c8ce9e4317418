"""Many WebSocket clients in one process: they read whatever comes, and some of them look at it."""

from __future__ import annotations

import json
import multiprocessing
import select
import socket
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any

_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
# The server takes so many from one address.
_PER_ADDRESS = 150
_CHUNK = 1 << 18
_CONNECT_S = 20.0
_PROBES = 5
# A pong that nobody asked for, and how often it tells the server that a client is alive.
_PONG = bytes((0x8A, 0x80)) + bytes(4)
_PONG_S = 10.0


@dataclass(frozen=True, slots=True)
class Counted:
    """What came in a while: frames and bytes of all, and delays in milliseconds of those looked at."""

    seconds: float
    bytes: int
    frames: int
    delays_ms: list[float]


class Crowd:
    """Clients of one server, in a process of their own."""

    def __init__(self, port: int, count: int, messages: Sequence[Sequence[str]] = ()) -> None:
        """Connects them all; has the first send the first of these messages, and so on around them."""
        here, there = multiprocessing.Pipe()
        self._pipe = here
        self._process = multiprocessing.get_context("fork").Process(
            target=_live, args=(there, port, count, messages), daemon=True
        )
        self._process.start()
        there.close()
        self._ask("connected")

    def count(self, seconds: float) -> Counted:
        """What comes from now on for so long."""
        return Counted(*self._ask(seconds))

    def send(self, message: str) -> None:
        """Has the first of them send a message."""
        self._ask(message)

    def close(self) -> None:
        """They are gone."""
        self._process.kill()
        self._process.join()

    def __enter__(self) -> Crowd:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _ask(self, what: object) -> Any:
        if what != "connected":
            self._pipe.send(what)
        answer = self._pipe.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def connect(port: int, number: int = 0, path: str = "/ws", receive_bytes: int | None = None) -> socket.socket:
    """A connection after its handshake, from an address that is this one's share.

    With `receive_bytes` the system keeps about so much of what is not read.
    """
    address = f"127.0.{1 + number // _PER_ADDRESS // 250}.{1 + number // _PER_ADDRESS % 250}"
    found = socket.socket()
    found.settimeout(_CONNECT_S)
    if receive_bytes is not None:
        found.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_bytes)
    found.bind((address, 0))
    found.connect(("127.0.0.1", port))
    found.sendall(
        (
            f"GET {path} HTTP/1.1\r\nHost: here\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {_KEY}\r\n\r\n"
        ).encode()
    )
    head = b""
    while not head.endswith(b"\r\n\r\n"):
        head += found.recv(1)
    assert b" 101 " in head, head
    return found


def text(message: str) -> bytes:
    """A client's frame, masked with zeros."""
    payload = message.encode()
    if len(payload) < 126:
        return bytes((0x81, 0x80 | len(payload))) + bytes(4) + payload
    return bytes((0x81, 0xFE)) + len(payload).to_bytes(2, "big") + bytes(4) + payload


def _live(pipe: Connection, port: int, count: int, messages: Sequence[Sequence[str]]) -> None:
    try:
        sockets = [connect(port, number) for number in range(count)]
        for number, one in enumerate(sockets if messages else ()):
            for message in messages[number % len(messages)]:
                one.sendall(text(message))
    except Exception as error:
        pipe.send(error)
        return
    crowd = _Reader(sockets)
    pipe.send("connected")
    while True:
        crowd.read_for(0.0)
        if not pipe.poll():
            crowd.read_for(0.005)
            continue
        what = pipe.recv()
        if isinstance(what, str):
            sockets[0].sendall(text(what))
            pipe.send(None)
        else:
            crowd.begin()
            began_s = time.perf_counter()
            crowd.read_for(what)
            elapsed_s = time.perf_counter() - began_s
            pipe.send((elapsed_s, crowd.bytes, crowd.frames, crowd.delays_ms))


class _Reader:
    """Reads all sockets; takes the frames of the first few apart, and only counts the bytes of the others."""

    def __init__(self, sockets: list[socket.socket]) -> None:
        self._sockets = {one.fileno(): one for one in sockets}
        self._poll = select.epoll()
        self._probes = {one.fileno(): b"" for one in sockets[:: max(1, len(sockets) // _PROBES)]}
        self._buffer = bytearray(_CHUNK)
        self._pong_at_s = time.perf_counter() + _PONG_S
        for one in sockets:
            one.setblocking(False)
            self._poll.register(one.fileno(), select.EPOLLIN)
        self.begin()

    def begin(self) -> None:
        """Counts from nothing."""
        self.bytes = self.frames = 0
        self.delays_ms: list[float] = []

    def read_for(self, seconds: float) -> None:
        until_s = time.perf_counter() + seconds
        while True:
            left_s = until_s - time.perf_counter()
            for descriptor, _ in self._poll.poll(max(left_s, 0)):
                self._read(descriptor)
            if time.perf_counter() > self._pong_at_s:
                self._pong_at_s += _PONG_S
                for one in self._sockets.values():
                    one.send(_PONG)
            if left_s <= 0:
                return

    def _read(self, descriptor: int) -> None:
        try:
            length = self._sockets[descriptor].recv_into(self._buffer)
        except BlockingIOError:
            return
        if not length:
            raise ConnectionError("the server closed a connection")
        self.bytes += length
        if descriptor in self._probes:
            self._probe(descriptor, bytes(self._buffer[:length]))

    def _probe(self, descriptor: int, data: bytes) -> None:
        now_us = time.time_ns() // 1_000
        data = self._probes[descriptor] + data
        while (frame := _first(data)) is not None:
            payload, data = frame
            sent_us = _sent_us(payload)
            if sent_us is not None:
                self.frames += 1
                self.delays_ms.append((now_us - sent_us) / 1_000)
        self._probes[descriptor] = data


def _first(data: bytes) -> tuple[bytes, bytes] | None:
    """The payload of the first whole frame, and what follows it."""
    if len(data) < 2:
        return None
    length, at = data[1], 2
    if length == 126:
        length, at = int.from_bytes(data[2:4], "big"), 4
    elif length == 127:
        length, at = int.from_bytes(data[2:10], "big"), 10
    if len(data) < max(at, 4) or len(data) < at + length:
        return None
    return data[at : at + length], data[at + length :]


def _sent_us(payload: bytes) -> int | None:
    """When what a message tells came about; None of one that tells nothing new."""
    if payload[:1] != b"{":
        return int(payload[:16]) if payload[:16].strip().isdigit() else None
    message = json.loads(payload)
    if message.get("type") != "update":
        return None
    time_of = datetime.fromisoformat(message["time"])
    return int(time_of.timestamp() * 1_000_000)
