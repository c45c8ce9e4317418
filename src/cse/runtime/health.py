"""Whether a service lives, whether it is ready, and what it waits for if not.

Each service answers `GET /health` and `GET /metrics` on the unix socket `run/<service>.health`. The
edge has its health among its routes as well; figures are for those who may enter the data directory.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec
import prometheus_client

from cse.runtime import telemetry

REQUEST_TIMEOUT_S: Final = 2.0
_REQUEST: Final = "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


class Report(msgspec.Struct, frozen=True):
    """What `/health` says. `waiting_for` is None when ready."""

    service: str
    alive: bool
    ready: bool
    waiting_for: str | None


@dataclass(slots=True)
class Health:
    """A service's state; whoever starts it notes here what it waits for."""

    service: str
    waiting_for: str | None = "start"

    @property
    def report(self) -> Report:
        """The state now."""
        return Report(self.service, True, self.waiting_for is None, self.waiting_for)

    def ready(self) -> None:
        """Nothing is missing any more."""
        self.waiting_for = None


def health_socket(run: Path, service: str) -> Path:
    """Where a service answers."""
    return run / f"{service}.health"


@contextlib.asynccontextmanager
async def serve_health(health: Health, run: Path) -> AsyncIterator[None]:
    """Answers on the service's socket for as long as the context lasts."""
    path = health_socket(run, health.service)
    path.unlink(missing_ok=True)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(TimeoutError, ValueError, ConnectionError):
            async with asyncio.timeout(REQUEST_TIMEOUT_S):
                request = await reader.readline()
                while (await reader.readline()).strip():
                    pass
                writer.write(_response(health, request))
                await writer.drain()
        writer.close()

    server = await asyncio.start_unix_server(answer, path)
    try:
        yield
    finally:
        server.close()
        path.unlink(missing_ok=True)


async def ask(run: Path, service: str, path: str) -> bytes:
    """The whole answer of a service's socket to a GET."""
    reader, writer = await asyncio.open_unix_connection(health_socket(run, service))
    try:
        writer.write(_REQUEST.format(path=path).encode())
        return await reader.read()
    finally:
        writer.close()


def _response(health: Health, request: bytes) -> bytes:
    target = request.split(b" ")[1] if request.count(b" ") == 2 else b""
    if target == b"/health":
        report = health.report
        status = HTTPStatus.OK if report.ready else HTTPStatus.SERVICE_UNAVAILABLE
        return _http(status, "application/json", msgspec.json.encode(report))
    if target == b"/metrics":
        return _http(HTTPStatus.OK, prometheus_client.CONTENT_TYPE_LATEST, telemetry.metrics())
    return _http(HTTPStatus.NOT_FOUND, "text/plain", b"there is /health and /metrics\n")


def _http(status: HTTPStatus, content_type: str, body: bytes) -> bytes:
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\nContent-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body
