"""All of a market and an account's own, to many; and the same beside one who never reads.

Each connection hears the book and its single orders, some of them the trader's own orders and balances as
well. The one who never reads hears the same: it has to cost the others nothing and the server no memory.
"""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median, quantiles

from bench.processes import resident_bytes
from bench.report import Report
from bench.stream_load import Crowd, connect, text
from bench.stream_trader import MARKET, Trader

CONNECTIONS = 100
# Of so many connections one is the trader's; those that are looked at are among them.
OWN_EVERY = 5
ORDERS_PER_S = 300
ROUNDS = 2
SECONDS = 12
_PUBLIC = [f"orderbook.{MARKET}", f"orders.{MARKET}"]
_OWN = ["user.orders", "user.balances"]
# Of what is not read the system keeps little, so that the server soon has to.
_KEPT_BYTES = 2_048
_LOOK_S = 0.25
# The server lets a connection be behind for ten seconds, and then two for its last words.
_CLOSED_S = 14.0
# One that is kept is told something as often as this.
_HEARTBEAT_S = 5.0
_CHUNK = 1 << 18


def measure_channels(report: Report, trader: Trader, ours: tuple[int, int]) -> None:
    """Percentiles with and without one who never reads, and how much more memory the server took for it."""
    pid, port = ours
    own = [
        json.dumps({"op": "authenticate", "access_token": trader.access_token}),
        json.dumps({"op": "subscribe", "channels": _PUBLIC + _OWN}),
    ]
    public = [json.dumps({"op": "subscribe", "channels": _PUBLIC})]
    alone: list[list[float]] = []
    beside: list[list[float]] = []
    grown: list[float] = []
    with Crowd(port, CONNECTIONS, [own, *[public] * (OWN_EVERY - 1)]) as crowd:
        for _ in range(ROUNDS):
            with trader.trading(ORDERS_PER_S), _most_memory(pid) as before:
                alone.append(crowd.count(SECONDS).delays_ms)
            with trader.trading(ORDERS_PER_S), _most_memory(pid) as after, _never_reading(port, own):
                beside.append(crowd.count(SECONDS).delays_ms)
            grown.append(max(after) - max(before))
    for name, rounds in (("all channels", alone), ("all channels beside one who never reads", beside)):
        report.add(f"{name}: P50 ms", [median(delays_ms) for delays_ms in rounds])
        report.add(f"{name}: P99 ms", [quantiles(delays_ms, n=100)[98] for delays_ms in rounds])
    report.add("bytes more for one who never reads", grown)
    report.notes.append(
        f"all channels are a book, its single orders, and of one in {OWN_EVERY} own orders and balances, to"
        f" {CONNECTIONS} connections, at {ORDERS_PER_S} orders/s; who never reads was closed"
    )


@contextmanager
def _never_reading(port: int, messages: list[str]) -> Iterator[None]:
    """Somebody who asks for everything and reads nothing. Raises `AssertionError` if that was not noticed."""
    with connect(port, CONNECTIONS + OWN_EVERY, receive_bytes=_KEPT_BYTES) as lazy:
        for message in messages:
            lazy.sendall(text(message))
        yield
        time.sleep(_CLOSED_S)
        assert _has_ended(lazy), "a client that never reads was kept"


def _has_ended(connection: socket.socket) -> bool:
    """Whether there is an end behind what was sent and not read."""
    give_up_at_s = time.monotonic() + 2 * _HEARTBEAT_S
    connection.settimeout(_HEARTBEAT_S)
    try:
        while time.monotonic() < give_up_at_s:
            if not connection.recv(_CHUNK):
                return True
    except TimeoutError:
        return False
    except OSError:
        return True
    return False


@contextmanager
def _most_memory(pid: int) -> Iterator[list[int]]:
    """What a process has in use, looked at again and again."""
    found = [resident_bytes(pid)]
    stop = threading.Event()

    def look() -> None:
        while not stop.wait(_LOOK_S):
            found.append(resident_bytes(pid))

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield found
    finally:
        stop.set()
        thread.join()
