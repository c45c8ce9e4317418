"""The WebSocket server on a whole exchange, beside a bare fan-out on the same server and in the same run.

A streams process that stands alone follows the exchange's event log; the clients are on TCP. The flood
sends an order a message; the bare fan-out sends payloads of the same size to as many connections.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median, quantiles
from typing import NamedTuple

from bench.processes import TICKS_PER_S, free_port, measured, resident_bytes
from bench.report import Report
from bench.service import data_directory, exchange, process
from bench.stream_channels import measure_channels
from bench.stream_load import Crowd, connect
from bench.stream_trader import MARKET, Trader

ROUNDS = 3
SECONDS = 4
CONNECTIONS = 500
STEADY_DELIVERIES = 50_000
# More than the server can tell one by one: it tells some of them together.
FLOOD_ORDERS = 1_500
IDLE_ORDERS = 20
IDLE_CONNECTIONS = 10_000
# So often the book of ten thousand is changed.
MANY_ORDERS = 2
SUBSCRIBE = json.dumps({"op": "subscribe", "channels": [f"orderbook.{MARKET}"]})


class Measured(NamedTuple):
    """What came of one load."""

    per_s: float
    per_cpu_s: float
    bytes_each: float
    delays_ms: list[float]


def run() -> None:
    report = Report(
        "streams",
        f"one book to {CONNECTIONS} connections; beside it a bare fan-out of messages of the same size",
    )
    with exchange() as (data, url), _streams(data) as (pid, port), _fanout() as (bare_pid, bare_port):
        trader = Trader(data, url)
        _measure_loads(report, trader, (pid, port), (bare_pid, bare_port))
        measure_channels(report, trader, (pid, port))
    with exchange() as (data, url), _streams(data) as (pid, port), _fanout() as (bare_pid, bare_port):
        _measure_memory(report, (pid, port), (bare_pid, bare_port))
        _measure_many(report, Trader(data, url), (pid, port))
    report.finish()


def _measure_loads(report: Report, trader: Trader, ours: tuple[int, int], bare: tuple[int, int]) -> None:
    messages_per_s = STEADY_DELIVERIES / CONNECTIONS
    floods, bares, steady, bare_steady, idle = [], [], [], [], []
    with Crowd(ours[1], CONNECTIONS, [[SUBSCRIBE]]) as crowd, Crowd(bare[1], CONNECTIONS) as bare_crowd:
        for _ in range(ROUNDS):
            with trader.trading(IDLE_ORDERS):
                idle.append(_measured(ours[0], crowd))
            with trader.trading(FLOOD_ORDERS):
                floods.append(_measured(ours[0], crowd))
            size = round(floods[-1].bytes_each)
            with _sending(bare_crowd, f"flood {size}"):
                bares.append(_measured(bare[0], bare_crowd))
            with trader.trading(messages_per_s):
                steady.append(_measured(ours[0], crowd))
            with _sending(bare_crowd, f"steady {size} {messages_per_s}"):
                bare_steady.append(_measured(bare[0], bare_crowd))
    report.add("deliveries/s", [one.per_s for one in floods])
    report.add("bare fan-out, deliveries/s", [one.per_s for one in bares])
    report.add("deliveries per second of its core", [one.per_cpu_s for one in floods])
    report.add("bare fan-out, per second of its core", [one.per_cpu_s for one in bares])
    ratios = [one.per_cpu_s / other.per_cpu_s for one, other in zip(floods, bares, strict=True)]
    report.add("times the bare fan-out, per core", ratios)
    report.add("bytes of a message", [one.bytes_each for one in floods])
    for name, rounds in (
        (f"at {STEADY_DELIVERIES:,}/s", steady),
        (f"bare fan-out, at {STEADY_DELIVERIES:,}/s", bare_steady),
        ("idle", idle),
    ):
        report.add(f"{name}: P50 ms", [median(one.delays_ms) for one in rounds])
        report.add(f"{name}: P99 ms", [quantiles(one.delays_ms, n=100)[98] for one in rounds])
    report.add("deliveries/s at the steady load", [one.per_s for one in steady])
    report.notes.append("a delay runs from the journal's time of a command, before its sync, to the client")
    report.notes.append("load, exchange and servers share the cores")


def _measure_memory(report: Report, ours: tuple[int, int], bare: tuple[int, int]) -> None:
    each: list[float] = []
    bare_each: list[float] = []
    for (pid, port), found in ((ours, each), (bare, bare_each)):
        before = resident_bytes(pid)
        with Crowd(port, IDLE_CONNECTIONS):
            found.append((resident_bytes(pid) - before) / IDLE_CONNECTIONS)
    report.add("bytes of an idle connection", each)
    report.add("bare fan-out, bytes of an idle connection", bare_each)
    report.add(
        "idle connections, times the bare fan-out's memory",
        [one / other for one, other in zip(each, bare_each, strict=True)],
    )
    report.notes.append(f"memory is that of {IDLE_CONNECTIONS:,} connections in one process")


def _measure_many(report: Report, trader: Trader, ours: tuple[int, int]) -> None:
    """As many connections as were idle, all of them subscribed to a book that changes."""
    pid, port = ours
    before = resident_bytes(pid)
    with Crowd(port, IDLE_CONNECTIONS, [[SUBSCRIBE]]) as crowd:
        with trader.trading(MANY_ORDERS):
            delays_ms = crowd.count(SECONDS).delays_ms
        each = (resident_bytes(pid) - before) / IDLE_CONNECTIONS
    name = f"a book to {IDLE_CONNECTIONS:,}"
    report.add(f"{name}: P50 ms", [median(delays_ms)])
    report.add(f"{name}: P99 ms", [quantiles(delays_ms, n=100)[98]])
    report.add("bytes of a subscribed connection", [each])


def _measured(pid: int, crowd: Crowd) -> Measured:
    """What a crowd gets in a while, and what that costs the server."""
    counted, cpu_s = measured(pid, lambda: crowd.count(SECONDS))
    # The frames of some connections are looked at; all get the same.
    looked_at = len(range(0, CONNECTIONS, max(1, CONNECTIONS // 5)))
    deliveries = counted.frames / looked_at * CONNECTIONS
    return Measured(
        deliveries / counted.seconds,
        deliveries / max(cpu_s, 1 / TICKS_PER_S),
        counted.bytes / max(deliveries, 1),
        counted.delays_ms,
    )


@contextmanager
def _sending(crowd: Crowd, what: str) -> Iterator[None]:
    crowd.send(what)
    try:
        yield
    finally:
        crowd.send("stop")


@contextmanager
def _streams(data: Path) -> Iterator[tuple[int, int]]:
    """A streams process that stands alone; its process and port."""
    port = free_port()
    script = str(Path(__file__).parent.parent / "cse")
    command = [script, "serve", "streams", "--data", str(data)]
    # It listens beside the edge's port.
    with process(command, data, environment={"CSE_PORT": str(port - 1)}) as child:
        _wait_for(lambda: connect(port).close())
        yield child.pid, port


@contextmanager
def _fanout() -> Iterator[tuple[int, int]]:
    port = free_port()
    root = Path(__file__).parent.parent
    command = [sys.executable, "-m", "bench.fanout", str(port)]
    with data_directory() as data, process(command, data, python_path=[root]) as child:
        _wait_for(lambda: connect(port).close())
        yield child.pid, port


def _wait_for(attempt: Callable[[], object]) -> None:
    give_up_at = time.monotonic() + 60
    while True:
        try:
            attempt()
            return
        except OSError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)
