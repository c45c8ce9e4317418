"""The SQL of looking for persons. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, LiteralString
from uuid import UUID

from cse.accounts.models import FoundPerson
from cse.runtime.postgres import Connected

_FOUND: Final[LiteralString] = """
    SELECT id, email, display_name, account, (extract(epoch FROM created_at) * 1000000)::bigint,
        (extract(epoch FROM email_verified_at) * 1000000)::bigint,
        (extract(epoch FROM frozen_at) * 1000000)::bigint, frozen_reason,
        (extract(epoch FROM closed_at) * 1000000)::bigint
    FROM accounts.persons """


async def emails(connection: Connected, persons: Sequence[UUID]) -> dict[UUID, str]:
    """The e-mails of these persons, of those there are."""
    cursor = await connection.execute(
        "SELECT id, email FROM accounts.persons WHERE id = ANY(%s)", (list(persons),)
    )
    return dict(await cursor.fetchall())


async def holder_of(connection: Connected, email: str) -> UUID | None:
    """Who is known to have an e-mail, or else the first who claims it."""
    cursor = await connection.execute(
        "SELECT id FROM accounts.persons WHERE email = %s ORDER BY email_verified_at NULLS LAST, id LIMIT 1",
        (email,),
    )
    row = await cursor.fetchone()
    return None if row is None else UUID(str(row[0]))


async def by_email_prefix(connection: Connected, prefix: str, limit: int) -> list[FoundPerson]:
    """Persons whose e-mails begin so, by e-mail."""
    escaped = prefix.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    cursor = await connection.execute(
        _FOUND + "WHERE email LIKE %s ORDER BY email LIMIT %s", (f"{escaped}%", limit)
    )
    return [FoundPerson(*row) for row in await cursor.fetchall()]


async def by_account(connection: Connected, account: int) -> list[FoundPerson]:
    """The person with this account, main or sub."""
    cursor = await connection.execute(
        _FOUND  # noqa: S608
        + """
        WHERE account = %(account)s
            OR id IN (SELECT person FROM accounts.sub_accounts WHERE account = %(account)s)
        """,
        {"account": account},
    )
    return [FoundPerson(*row) for row in await cursor.fetchall()]


async def accounts_of(connection: Connected, person: UUID) -> list[int]:
    """A person's accounts that the core has opened, the main one first, archived ones too."""
    cursor = await connection.execute(
        """
        SELECT account FROM (
            SELECT account, 0 AS place FROM accounts.persons WHERE id = %(person)s
            UNION ALL
            SELECT account, outbox_number FROM accounts.sub_accounts WHERE person = %(person)s
        ) AS own WHERE account IS NOT NULL ORDER BY place
        """,
        {"person": person},
    )
    return [row[0] for row in await cursor.fetchall()]


async def by_id(connection: Connected, person: UUID) -> FoundPerson | None:
    """The person with this id."""
    cursor = await connection.execute(_FOUND + "WHERE id = %s", (person,))
    row = await cursor.fetchone()
    return None if row is None else FoundPerson(*row)


async def count_keys(connection: Connected, person: UUID) -> int:
    """How many keys of a person are not revoked."""
    cursor = await connection.execute(
        "SELECT count(*) FROM accounts.api_keys WHERE person = %s AND revoked_at IS NULL", (person,)
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])
