"""Placing orders over HTTP on a whole exchange, beside a bare echo on the same server."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.edge import edge, free_url, tokens_of_traders, wait_for_answer
from bench.http_load import flood, steady, tool
from bench.processes import measured
from bench.report import Report
from bench.service import data_directory, exchange, process

ROUNDS = 3
SECONDS = 4
CONNECTIONS = 32
STEADY_RATE = 1_000
MARKET = "BTC-USDC"


def run() -> None:
    report = Report(
        "placement",
        f"POST /api/orders with token and client_order_id, {CONNECTIONS} connections, every second trades;"
        f" load by {tool()}",
    )
    with (
        exchange() as (data, origin),
        edge(data) as (edge_pid, url),
        _echo() as (echo_pid, echo_url),
    ):
        tokens = tokens_of_traders(url, data, MARKET)
        through = [flood(origin, tokens, MARKET, CONNECTIONS, SECONDS) for _ in range(ROUNDS)]
        echoes, placements = [], []
        for _ in range(ROUNDS):
            echoes.append(measured(echo_pid, lambda: flood(echo_url, tokens, MARKET, CONNECTIONS, SECONDS)))
            placements.append(measured(edge_pid, lambda: flood(url, tokens, MARKET, CONNECTIONS, SECONDS)))
        quiet = [steady(url, tokens, MARKET, STEADY_RATE, SECONDS) for _ in range(ROUNDS)]
    report.add("requests/s", [load.requests / load.elapsed_s for load, _ in placements])
    report.add("bare echo, requests/s", [load.requests / load.elapsed_s for load, _ in echoes])
    report.add(
        "requests per second of the edge's core", [load.requests / cpu_s for load, cpu_s in placements]
    )
    report.add("bare echo, per second of its core", [load.requests / cpu_s for load, cpu_s in echoes])
    report.add(
        "times the bare echo, per core of edge",
        [
            (load.requests / cpu_s) / (echo.requests / echo_cpu_s)
            for (load, cpu_s), (echo, echo_cpu_s) in zip(placements, echoes, strict=True)
        ],
    )
    report.add("P99 ms", [load.p99_ms for load, _ in placements])
    report.add(f"P50 ms at {STEADY_RATE:,}/s", [load.p50_ms for load in quiet])
    report.add(f"P99 ms at {STEADY_RATE:,}/s", [load.p99_ms for load in quiet])
    report.add("through the gateway, requests/s", [load.requests / load.elapsed_s for load in through])
    report.add("through the gateway, P99 ms", [load.p99_ms for load in through])
    report.notes.append("but for the figures through the gateway, clients are connected to an edge itself")
    failed = sum(load.failed for load, _ in placements) + sum(load.failed for load in quiet)
    report.notes.append(f"{failed:,} refused or failed; load and all services share the cores")
    report.finish()


@contextmanager
def _echo() -> Iterator[tuple[int, str]]:
    url = free_url()
    command = [sys.executable, "-m", "uvicorn", "bench.echo:application", "--loop", "uvloop", "--http"]
    command += ["httptools", "--no-access-log", "--log-level", "warning", "--port", url.rpartition(":")[2]]
    with (
        data_directory() as data,
        process(command, data, python_path=[Path(__file__).parent.parent]) as child,
    ):
        wait_for_answer(url)
        yield child.pid, url
