"""Placing orders over the WebSocket on a whole exchange, pipelined, beside the same orders over HTTP."""

from __future__ import annotations

import json
import select
import socket
import time
from collections.abc import Sequence
from typing import NamedTuple

from bench.edge import PERSONS, edge, tokens_of_traders
from bench.http_load import flood, order_body
from bench.processes import measured
from bench.report import Report
from bench.service import exchange
from bench.stream_load import connect, text
from cse.cli.replay.report import percentile

ROUNDS = 3
SECONDS = 4
IN_FLIGHT = 64
HTTP_CONNECTIONS = 32
STEADY_RATE = 1_000
MARKET = "BTC-USDC"
_CHUNK = 1 << 18
_PATH = "/ws/orders"


class Load(NamedTuple):
    """What a load came to."""

    requests: int
    elapsed_s: float
    latencies_ns: list[int]

    def percentile_ms(self, permille: int) -> float:
        """A latency below which so many are."""
        return percentile(sorted(self.latencies_ns), permille) / 1e6


def run() -> None:
    report = Report(
        "orders",
        f"place over /ws/orders with client_order_id, {PERSONS} connections with {IN_FLIGHT} requests under"
        " way each, every second trades",
    )
    with exchange() as (data, origin), edge(data) as (pid, url):
        tokens = tokens_of_traders(url, data, MARKET)
        lanes = [_Lane(url, token, number) for number, token in enumerate(tokens)]
        floods, https, quiet = [], [], []
        for _ in range(ROUNDS):
            floods.append(measured(pid, lambda: _flood(lanes)))
            http = flood(url, tokens, MARKET, HTTP_CONNECTIONS, SECONDS)
            https.append(http.requests / http.elapsed_s)
            quiet.append(_steady(lanes))
        through_lanes = [_Lane(origin, token, number) for number, token in enumerate(tokens)]
        through = [_flood(through_lanes) for _ in range(ROUNDS)]
    report.add("requests/s", [load.requests / load.elapsed_s for load, _ in floods])
    report.add("requests per second of the edge's core", [load.requests / cpu_s for load, cpu_s in floods])
    report.add("over HTTP, requests/s", https)
    report.add("P99 ms", [load.percentile_ms(990) for load, _ in floods])
    report.add(f"P50 ms at {STEADY_RATE:,}/s", [load.percentile_ms(500) for load in quiet])
    report.add(f"P99 ms at {STEADY_RATE:,}/s", [load.percentile_ms(990) for load in quiet])
    report.add("through the gateway, requests/s", [load.requests / load.elapsed_s for load in through])
    report.notes.append("but for the last figure, clients are connected to an edge itself")
    report.notes.append("load, edge, leader, replica, ledger and the rest share the cores")
    report.finish()


class _Lane:
    """A connection of one trader; even ones buy and odd ones sell at one price."""

    def __init__(self, url: str, token: str, number: int) -> None:
        self.socket = connect(int(url.rpartition(":")[2]), path=_PATH)
        self.sent_at_ns: dict[int, int] = {}
        self.latencies_ns: list[int] = []
        self._number = number
        self._count = 0
        self._rest = b""
        self._run = time.time_ns()
        self.socket.sendall(text(json.dumps({"op": "authenticate", "access_token": token})))
        while b'"authenticated"' not in self._rest:
            self._rest += self.socket.recv(_CHUNK)
        self._rest = b""

    def send(self, count: int) -> None:
        """Sends so many orders."""
        now_ns = time.perf_counter_ns()
        frames = []
        for _ in range(count):
            self._count += 1
            body = order_body(MARKET, self._number, f"{self._run}-{self._number}-{self._count}").decode()
            frames.append(text(f'{{"op":"place","id":"{self._count}","body":{body}}}'))
            self.sent_at_ns[self._count] = now_ns
        self.socket.sendall(b"".join(frames))

    def receive(self) -> int:
        """Reads what is there; how many orders were placed."""
        data, at, placed = self._rest + self.socket.recv(_CHUNK), 0, 0
        now_ns = time.perf_counter_ns()
        while len(data) - at >= 4:
            length, begin = data[at + 1], at + 2
            if length == 126:
                length, begin = int.from_bytes(data[at + 2 : at + 4], "big"), at + 4
            if len(data) < begin + length:
                break
            placed += self._take(data[begin : begin + length], now_ns)
            at = begin + length
        self._rest = data[at:]
        return placed

    def _take(self, payload: bytes, now_ns: int) -> int:
        if not payload.startswith(b'{"op":"answer","id":"'):
            assert b'"heartbeat"' in payload or not payload, payload
            return 0
        number, _, status = payload[len(b'{"op":"answer","id":"') :].partition(b'"')
        assert status.startswith(b',"status":201'), payload
        self.latencies_ns.append(now_ns - self.sent_at_ns.pop(int(number)))
        return 1


def _flood(lanes: Sequence[_Lane]) -> Load:
    """Orders as fast as they are answered."""
    poll, by_file = _watched(lanes)
    for lane in lanes:
        lane.send(IN_FLIGHT)
    began_s, placed = time.perf_counter(), 0
    while time.perf_counter() < began_s + SECONDS:
        for file, _ in poll.poll(1.0):
            count = by_file[file].receive()
            placed += count
            by_file[file].send(count)
    elapsed_s = time.perf_counter() - began_s
    return Load(placed, elapsed_s, _finished(lanes, poll, by_file))


def _steady(lanes: Sequence[_Lane]) -> Load:
    """Orders at a rate, each when its time has come."""
    poll, by_file = _watched(lanes)
    began_s, sent = time.perf_counter(), 0
    while (elapsed_s := time.perf_counter() - began_s) < SECONDS:
        while sent < elapsed_s * STEADY_RATE:
            lanes[sent % len(lanes)].send(1)
            sent += 1
        for file, _ in poll.poll(1 / STEADY_RATE):
            by_file[file].receive()
    return Load(sent, elapsed_s, _finished(lanes, poll, by_file))


def _watched(lanes: Sequence[_Lane]) -> tuple[select.epoll, dict[int, _Lane]]:
    poll = select.epoll()
    for lane in lanes:
        lane.latencies_ns.clear()
        lane.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        poll.register(lane.socket.fileno(), select.EPOLLIN)
    return poll, {lane.socket.fileno(): lane for lane in lanes}


def _finished(lanes: Sequence[_Lane], poll: select.epoll, by_file: dict[int, _Lane]) -> list[int]:
    """The latencies, once all is answered."""
    while any(lane.sent_at_ns for lane in lanes):
        for file, _ in poll.poll(1.0):
            by_file[file].receive()
    poll.close()
    return [latency_ns for lane in lanes for latency_ns in lane.latencies_ns]
