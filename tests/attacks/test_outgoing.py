"""Where the exchange opens a connection to: places that its operator names, and nobody else.

No field of a request, and nothing that a person has written, is an address that is called (SSRF).
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from msgspec import inspect

from tests.attacks.owned import structs
from tests.unit.services.test_edge_access import ROUTES

SOURCE: Final = Path(__file__).parents[2] / "src" / "cse"
# What opens connections: libraries for that alone, and calls by the end of their names.
LIBRARIES: Final = {
    "aiohttp", "aiosmtplib", "ftplib", "http.client", "httpx", "imaplib", "paramiko", "poplib", "requests",
    "redis",
    "smtplib", "telnetlib", "urllib.request", "urllib3", "valkey", "websockets", "xmlrpc",
}  # fmt: skip
CALLS: Final = (
    "AsyncConnection.connect", "AsyncConnectionPool", "connect_ex", "create_connection",
    "create_datagram_endpoint", "create_unix_connection", "open_connection", "open_unix_connection",
    "psycopg.Connection.connect", "psycopg.connect", "urlopen",
)  # fmt: skip
POSTGRESQL: Final = "PostgreSQL: the embedded one, or DATABASE_URL"
# To where, and who says so. A new one has a row here.
TO: Final = {
    "accounts/mail/smtp.py": "the mail server in CSE_SMTP_HOST",
    "engine/transport.py": "the leader's and the replica's sockets in the data directory",
    "accounts/sessions/revocation.py": POSTGRESQL,
    "ledger/rebuild.py": POSTGRESQL,
    "marketdata/rebuild.py": POSTGRESQL,
    "runtime/health.py": "the services' own sockets in the data directory",
    "runtime/migrations.py": POSTGRESQL,
    "runtime/outbox.py": POSTGRESQL,
    "runtime/postgres.py": POSTGRESQL,
    "runtime/valkey_rates.py": "Valkey: the embedded one, or REDIS_URL",
    "runtime/valkey_topics.py": "Valkey: the embedded one, or REDIS_URL",
}
# Programs of the operator's, which serve nobody.
TOOLS: Final = ("cli", "demo")


def opened(path: Path) -> Iterator[str]:
    """What a module uses to open connections."""
    for node in ast.walk(ast.parse(path.read_text())):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(CALLS):
            yield ast.unparse(node.func)
        yield from (name for name in names if any(f"{name}.".startswith(f"{one}.") for one in LIBRARIES))


def test_each_module_that_opens_connections_says_to_where() -> None:
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        place = path.relative_to(SOURCE)
        if place.parts[0] not in TOOLS and (by := set(opened(path))):
            found[place.as_posix()] = by
    assert found.keys() == TO.keys(), found


def test_no_request_has_a_field_for_an_address_to_call() -> None:
    names = {
        field.encode_name
        for route in ROUTES
        for type_ in (route.request, route.query)
        if type_ is not None
        for struct in structs(inspect.type_info(type_))
        for field in struct.fields
    }
    assert not {
        name for name in names for part in ("url", "uri", "host", "webhook", "callback") if part in name
    }
