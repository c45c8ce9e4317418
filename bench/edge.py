"""An edge to be measured, and people who trade there."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.connection import Connection, ConnectionLost
from bench.processes import free_port
from bench.service import process
from cse.cli.replay import operator
from cse_client import AiohttpTransport, CseClient

PERSONS = 8


def tokens_of_traders(url: str, data: Path, market: str) -> list[str]:
    """Access tokens of persons with money on both sides of the market."""
    operator.list_market(market, data)
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
def edge(data: Path) -> Iterator[tuple[int, str]]:
    """An edge that stands alone on a port of its own, beside those behind the gateway."""
    url = free_url()
    script = str(Path(__file__).parent.parent / "cse")
    address = {"CSE_PORT": url.rpartition(":")[2]}
    with process([script, "serve", "edge", "--data", str(data)], data, environment=address) as child:
        wait_for_answer(url)
        yield child.pid, url


def free_url() -> str:
    """An address of this machine on which nobody listens now."""
    return f"http://127.0.0.1:{free_port()}"


def wait_for_answer(url: str) -> None:
    """Returns once something answers."""
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
