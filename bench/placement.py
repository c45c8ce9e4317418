"""Placing orders over HTTP on a whole exchange, beside a bare echo on the same server."""

from __future__ import annotations

import asyncio
import os
import secrets
import socket
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.connection import Connection, ConnectionLost
from bench.http_load import Load, flood, steady, tool
from bench.report import Report
from bench.service import data_directory, exchange, process
from cse.cli.replay import operator
from cse_client import AiohttpTransport, CseClient

ROUNDS = 3
SECONDS = 4
CONNECTIONS = 32
PERSONS = 8
STEADY_RATE = 1_000
MARKET = "BTC-USDC"
_CLOCK_TICKS_PER_S = os.sysconf("SC_CLK_TCK")


def run() -> None:
    report = Report(
        "placement",
        f"POST /api/orders with token and client_order_id, {CONNECTIONS} connections, every second trades;"
        f" load by {tool()}",
    )
    with (
        exchange() as (data, origin),
        _edge(data) as (edge_pid, url),
        _echo() as (echo_pid, echo_url),
    ):
        tokens = _tokens(url, data)
        through = [flood(origin, tokens, MARKET, CONNECTIONS, SECONDS) for _ in range(ROUNDS)]
        echoes, placements = [], []
        for _ in range(ROUNDS):
            echoes.append(_measured(echo_pid, lambda: flood(echo_url, tokens, MARKET, CONNECTIONS, SECONDS)))
            placements.append(_measured(edge_pid, lambda: flood(url, tokens, MARKET, CONNECTIONS, SECONDS)))
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


def _measured(pid: int, load: Callable[[], Load]) -> tuple[Load, float]:
    """A load, and the processor time that a process spent on it, in seconds."""
    before = _cpu_ticks(pid)
    done = load()
    return done, (_cpu_ticks(pid) - before) / _CLOCK_TICKS_PER_S


def _cpu_ticks(pid: int) -> int:
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


def _tokens(url: str, data: Path) -> list[str]:
    """Access tokens of persons with money on both sides of the market."""
    operator.list_market(MARKET, data)
    emails = [f"bench-{number}-{secrets.token_hex(4)}@example.com" for number in range(PERSONS)]
    tokens = asyncio.run(_signed_up(url, emails))
    for email in emails:
        operator.credit(email, "USDC", "50000000", data)
        operator.credit(email, "BTC", "100000", data)
    return tokens


async def _signed_up(url: str, emails: list[str]) -> list[str]:
    transport = AiohttpTransport(url)
    persons = [CseClient(url, transport=transport) for _ in emails]
    try:
        sessions = [
            await person.sign_up(email, secrets.token_urlsafe(24), "Bench")
            for person, email in zip(persons, emails, strict=True)
        ]
    finally:
        await transport.close()
    return [session.access_token for session in sessions]


@contextmanager
def _edge(data: Path) -> Iterator[tuple[int, str]]:
    """An edge that stands alone on a port of its own, beside those behind the gateway."""
    url = _free_url()
    script = str(Path(__file__).parent.parent / "cse")
    address = {"CSE_PORT": url.rpartition(":")[2]}
    with process([script, "serve", "edge", "--data", str(data)], data, environment=address) as child:
        _wait_for_answer(url)
        yield child.pid, url


def _free_url() -> str:
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        return f"http://127.0.0.1:{chosen.getsockname()[1]}"


@contextmanager
def _echo() -> Iterator[tuple[int, str]]:
    url = _free_url()
    command = [sys.executable, "-m", "uvicorn", "bench.echo:application", "--loop", "uvloop", "--http"]
    command += ["httptools", "--no-access-log", "--log-level", "warning", "--port", url.rpartition(":")[2]]
    with (
        data_directory() as data,
        process(command, data, python_path=[Path(__file__).parent.parent]) as child,
    ):
        _wait_for_answer(url)
        yield child.pid, url


def _wait_for_answer(url: str) -> None:
    give_up_at = time.monotonic() + 30
    while True:
        try:
            with Connection(url) as connection:
                connection.request("POST", "/", b"{}")
            return
        except ConnectionLost:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(0.1)
