"""A service's health over its socket."""

from __future__ import annotations

import asyncio
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from cse.runtime.health import Health, health_socket, serve_health


@pytest.fixture
def run() -> Iterator[Path]:
    """A directory whose path is short enough for a socket."""
    with tempfile.TemporaryDirectory(prefix="cse-") as path:
        yield Path(path)


async def ask(path: Path, request: bytes) -> tuple[str, str]:
    reader, writer = await asyncio.open_unix_connection(path)
    writer.write(request)
    answer = (await reader.read()).decode()
    writer.close()
    head, _, body = answer.partition("\r\n\r\n")
    return head.splitlines()[0] if head else "", body


async def test_says_what_it_waits_for_until_it_is_ready(run: Path) -> None:
    health = Health("ledger", "PostgreSQL")
    async with serve_health(health, run):
        path = health_socket(run, "ledger")
        status, body = await ask(path, b"GET /health HTTP/1.1\r\n\r\n")
        assert status == "HTTP/1.1 503 Service Unavailable"
        waiting = {"service": "ledger", "alive": True, "ready": False, "waiting_for": "PostgreSQL"}
        assert json.loads(body) == waiting
        health.ready()
        status, body = await ask(path, b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
        assert status == "HTTP/1.1 200 OK"
        assert json.loads(body)["ready"] is True
    assert not path.exists()


async def test_gives_figures_and_nothing_else(run: Path) -> None:
    async with serve_health(Health("ledger"), run):
        path = health_socket(run, "ledger")
        status, body = await ask(path, b"GET /metrics HTTP/1.1\r\n\r\n")
        assert status.endswith("200 OK")
        assert "# TYPE" in body
        for request in (b"GET / HTTP/1.1\r\n\r\n", b"\r\n\r\n", b"GET\r\n\r\n"):
            assert (await ask(path, request))[0].endswith("404 Not Found")


async def test_takes_over_a_socket_left_by_a_crash(run: Path) -> None:
    health_socket(run, "ledger").touch()
    async with serve_health(Health("ledger"), run):
        status, _ = await ask(health_socket(run, "ledger"), b"GET /health HTTP/1.1\r\n\r\n")
    assert status.endswith("503 Service Unavailable")
