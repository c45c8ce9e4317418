"""The SQL of e-mails that are changed. All in the caller's transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.models import Person
from cse.runtime.postgres import Connected

# As long as the link.
_FRESH: Final = "asked_at > now() - interval '1 day'"


async def ask(connection: Connected, person: Person, email: str, password_hash: str) -> None:
    """Keeps to what a person wants to change, for what they wanted before."""
    await connection.execute(
        """
        INSERT INTO accounts.email_changes (person, email, password_hash, password_number)
        VALUES (%s, %s, %s, %s)
        ON CONFLICT (person) DO UPDATE SET email = excluded.email, password_hash = excluded.password_hash,
            password_number = excluded.password_number, asked_at = now()
        """,
        (person.id, email, password_hash, person.password_number),
    )


async def wanted(connection: Connected, person: UUID) -> str | None:
    """The e-mail that a person has asked for, with the password they have, not too long ago."""
    cursor = await connection.execute(
        f"""
        SELECT wanted.email FROM accounts.email_changes AS wanted
        JOIN accounts.persons ON persons.id = person
        WHERE person = %s AND wanted.password_number = persons.password_number AND {_FRESH}
        """,  # noqa: S608
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def make(connection: Connected, person: UUID, email: str) -> bool:
    """Gives a person the e-mail they have asked for, as one whose mail they read.

    False if they want another by now, have another password, or somebody else has the e-mail, which has
    to be locked before. Sign-ins under way come to nothing.
    """
    cursor = await connection.execute(
        """
        WITH wanted AS (DELETE FROM accounts.email_changes WHERE person = %(person)s RETURNING *)
        UPDATE accounts.persons SET email = wanted.email, email_verified_at = now(),
            password_hash = wanted.password_hash, password_number = persons.password_number + 1,
            credentials_changed_at = now()
        FROM wanted WHERE persons.id = wanted.person AND wanted.email = %(email)s
            AND wanted.password_number = persons.password_number AND NOT EXISTS (
                SELECT FROM accounts.persons WHERE email = %(email)s AND email_verified_at IS NOT NULL
            )
        """,
        {"person": person, "email": email},
    )
    return cursor.rowcount == 1


async def undo(connection: Connected, person: UUID, email: str) -> bool:
    """Gives a person an e-mail back, and takes their password and what they wanted away.

    False if somebody else has the e-mail, which has to be locked before.
    """
    await connection.execute("DELETE FROM accounts.email_changes WHERE person = %s", (person,))
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET email = %(email)s, email_verified_at = now(), password_hash = '',
            password_number = password_number + 1, credentials_changed_at = now()
        WHERE id = %(person)s AND NOT EXISTS (
            SELECT FROM accounts.persons
            WHERE email = %(email)s AND email_verified_at IS NOT NULL AND id <> %(person)s
        )
        """,
        {"person": person, "email": email},
    )
    return cursor.rowcount == 1
