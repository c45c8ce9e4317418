"""How the supervisor finds out whether a service is ready."""

from __future__ import annotations

from pathlib import Path

import psycopg

from cse.cli.supervisor.service import Probe
from cse.runtime.configuration import Configuration
from cse.runtime.health import ask
from cse.runtime.postgres import owner_url
from cse.runtime.valkey_rates import ValkeyRates


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
