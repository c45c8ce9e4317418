"""What rooms have of a person, row by row: each says what it gives out, and an archive is made of all."""

from __future__ import annotations

import ipaddress
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

from psycopg.rows import dict_row

from cse.runtime.postgres import Connected, Pool

FETCH: Final = 500
# One thing that is kept: names of fields and what JSON can say.
Row: TypeAlias = Mapping[str, Any]


class Whose(NamedTuple):
    """A person, and all accounts that are theirs."""

    person: UUID
    accounts: Sequence[int]


# Rows of a person, some at a time; read within the transaction of the connection.
Pages: TypeAlias = Callable[[Connected, Whose], AsyncIterator[Sequence[Row]]]


class Subject(NamedTuple):
    """One file of an archive.

    `name` is the file's, without its ending. `tables` are those whose rows of a person it gives out. With
    `columns` it is a table of its own, for a spreadsheet too; without them each row is a line of JSON.
    """

    name: str
    tables: tuple[str, ...]
    pages: Pages
    columns: tuple[str, ...] = ()

    @property
    def form(self) -> Literal["csv", "jsonl"]:
        """What kind of file it is."""
        return "csv" if self.columns else "jsonl"


class Source(NamedTuple):
    """What one room gives out, all of it as of one moment."""

    pool: Pool
    subjects: Sequence[Subject]

    @asynccontextmanager
    async def opened(self) -> AsyncIterator[Connected]:
        """A connection that sees one moment, and changes nothing."""
        async with self.pool.connection() as connection:
            await connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield connection


def selected(query: str) -> Pages:
    """The rows of a query with `%(person)s` and `%(accounts)s`."""

    def pages(connection: Connected, whose: Whose) -> AsyncIterator[Sequence[Row]]:
        return fetched(connection, query, {"person": whose.person, "accounts": list(whose.accounts)})

    return pages


async def fetched(
    connection: Connected, query: str, values: Mapping[str, Any]
) -> AsyncIterator[Sequence[Row]]:
    """The rows of a query, taken from the server some at a time."""
    async with connection.cursor(name="export", row_factory=dict_row) as cursor:
        await cursor.execute(query.encode(), values)
        while rows := await cursor.fetchmany(FETCH):
            yield [{name: plain(value) for name, value in row.items()} for row in rows]


def plain(value: object) -> object:
    """A value of PostgreSQL as JSON says it: times as the API writes them, numbers with a point as text."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, (UUID, date, ipaddress.IPv4Network, ipaddress.IPv6Network)):
        return str(value)
    if isinstance(value, list):
        return [plain(one) for one in value]
    return value
