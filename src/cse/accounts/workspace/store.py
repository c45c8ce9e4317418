"""The SQL of workspaces. All in the caller's transaction."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from cse.accounts.workspace.models import KeptName
from cse.runtime.postgres import Connected


class Kept(NamedTuple):
    """A row of `accounts.workspace` without its owner; the time in microseconds since 1970."""

    name: str
    version: int
    text: str
    changed_at_us: int


class Extent(NamedTuple):
    """How much of a person is kept beside one name: the names, and the bytes of them and their texts."""

    names: int
    size_bytes: int


async def lock_person(connection: Connected, person: UUID) -> None:
    """Lets nobody else change this person's workspace until the transaction ends."""
    await connection.execute("SELECT FROM accounts.persons WHERE id = %s FOR NO KEY UPDATE", (person,))


async def names(connection: Connected, person: UUID) -> list[KeptName]:
    """All names of a person."""
    cursor = await connection.execute(
        "SELECT name, version FROM accounts.workspace WHERE person = %s ORDER BY name", (person,)
    )
    return [KeptName(*row) for row in await cursor.fetchall()]


async def of(connection: Connected, person: UUID, name: str) -> Kept | None:
    """What a person has under a name."""
    cursor = await connection.execute(
        """
        SELECT name, version, text, (extract(epoch FROM changed_at) * 1000000)::bigint
        FROM accounts.workspace WHERE person = %s AND name = %s
        """,
        (person, name),
    )
    row = await cursor.fetchone()
    return None if row is None else Kept(*row)


async def extent_beside(connection: Connected, person: UUID, name: str) -> Extent:
    """How much is kept under all other names."""
    cursor = await connection.execute(
        """
        SELECT count(*), coalesce(sum(octet_length(name) + octet_length(text)), 0)::bigint
        FROM accounts.workspace WHERE person = %s AND name <> %s
        """,
        (person, name),
    )
    row = await cursor.fetchone()
    assert row is not None
    return Extent(*row)


async def keep(connection: Connected, person: UUID, kept: Kept) -> None:
    """Keeps a text in the place of the one before."""
    await connection.execute(
        """
        INSERT INTO accounts.workspace (person, name, version, text, changed_at)
        VALUES (%(person)s, %(name)s, %(version)s, %(text)s, to_timestamp(%(changed_at_us)s / 1000000.0))
        ON CONFLICT (person, name) DO UPDATE
        SET version = excluded.version, text = excluded.text, changed_at = excluded.changed_at
        """,
        {"person": person, **kept._asdict()},
    )


async def remove(connection: Connected, person: UUID, name: str) -> None:
    """Removes what a person has under a name, if there is anything."""
    await connection.execute("DELETE FROM accounts.workspace WHERE person = %s AND name = %s", (person, name))
