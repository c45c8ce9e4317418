"""How the supervisor finds out whether a service is ready."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

import psycopg

from cse.cli.supervisor.service import Probe
from cse.runtime.configuration import Configuration
from cse.runtime.health import health_socket
from cse.runtime.postgres import owner_url
from cse.runtime.valkey_rates import ValkeyRates

_REQUEST: Final = "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"


async def ask(run: Path, service: str, path: str) -> bytes:
    """The whole answer of a service's health socket to a GET."""
    reader, writer = await asyncio.open_unix_connection(health_socket(run, service))
    try:
        writer.write(_REQUEST.format(path=path).encode())
        return await reader.read()
    finally:
        writer.close()


def healthy(run: Path, service: str) -> Probe:
    """The probe of a service that answers on its health socket."""

    async def is_ready() -> bool:
        answer = await ask(run, service, "/health")
        return answer.split(b" ", 2)[1:2] == [b"200"]

    return is_ready


def postgres_answers(configuration: Configuration) -> Probe:
    """The probe of PostgreSQL: it lets the owner of the schemas in."""

    async def ask() -> bool:
        connection = await psycopg.AsyncConnection.connect(owner_url(configuration), connect_timeout=2)
        await connection.close()
        return True

    return ask


def valkey_answers(url: str) -> Probe:
    """The probe of Valkey."""

    async def ask() -> bool:
        valkey = ValkeyRates(url)
        try:
            await valkey.tell([])
        finally:
            await valkey.close()
        return True

    return ask
