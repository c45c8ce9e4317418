"""The SQL of preferences. All in the caller's transaction."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

import msgspec
from psycopg.types.json import Jsonb

from cse.accounts.preferences.models import Language, Preferences
from cse.runtime.postgres import Connected


class Kept(NamedTuple):
    """Preferences and their version, 0 where nothing was chosen."""

    version: int
    chosen: Preferences


async def of(connection: Connected, person: UUID) -> Kept:
    """What a person has chosen."""
    cursor = await connection.execute(
        "SELECT version, chosen FROM accounts.preferences WHERE person = %s", (person,)
    )
    row = await cursor.fetchone()
    return Kept(0, Preferences()) if row is None else Kept(row[0], msgspec.convert(row[1], Preferences))


async def begin(connection: Connected, person: UUID, language: Language) -> None:
    """Notes the language in which somebody has signed up; all else is still to be chosen."""
    chosen = msgspec.to_builtins(Preferences(language=language))
    await connection.execute(
        "INSERT INTO accounts.preferences (person, version, chosen) VALUES (%s, 0, %s)",
        (person, Jsonb(chosen)),
    )


async def keep(connection: Connected, person: UUID, seen: int, chosen: Preferences) -> bool:
    """Keeps what a person has chosen as the version after `seen`; False if that is not the one there is."""
    values = {"person": person, "seen": seen, "chosen": Jsonb(msgspec.to_builtins(chosen))}
    if seen == 0:
        cursor = await connection.execute(
            """
            INSERT INTO accounts.preferences AS kept (person, version, chosen)
            VALUES (%(person)s, 1, %(chosen)s)
            ON CONFLICT (person) DO UPDATE SET version = 1, chosen = excluded.chosen, changed_at = now()
            WHERE kept.version = 0
            """,
            values,
        )
    else:
        cursor = await connection.execute(
            """
            UPDATE accounts.preferences SET version = version + 1, chosen = %(chosen)s, changed_at = now()
            WHERE person = %(person)s AND version = %(seen)s
            """,
            values,
        )
    return cursor.rowcount == 1
