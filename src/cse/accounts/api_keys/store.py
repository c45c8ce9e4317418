"""The SQL of API keys. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cse.accounts.api_keys.algorithms import Algorithm
from cse.accounts.api_keys.models import ApiKey, Use
from cse.domain.scopes import KeyScope
from cse.runtime.postgres import Connected

# Told with a key's id when it is good no more, or no more as it was.
KEY_CHANGED: Final = "accounts_api_key_changed"
_COLUMNS: Final = """
    id, person, account, accounts, label, algorithm, scopes, allowed_networks::text[], sealed_secret,
    public_key, created_at, expires_at, last_used_at, last_used_from, revoked_at, organisation, (
        SELECT roles FROM accounts.organisation_members AS maker
        WHERE maker.organisation = api_keys.organisation AND maker.person = api_keys.person
    )
"""


async def lock_person(connection: Connected, person: UUID) -> int | None:
    """The person's main account; what else locks the person waits for this transaction."""
    cursor = await connection.execute(
        "SELECT account FROM accounts.persons WHERE id = %s FOR UPDATE", (person,)
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def count_keys(connection: Connected, person: UUID) -> int:
    """How many keys of a person's own are not revoked."""
    cursor = await connection.execute(
        """
        SELECT count(*) FROM accounts.api_keys
        WHERE person = %s AND revoked_at IS NULL AND organisation IS NULL
        """,
        (person,),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def add_key(connection: Connected, key: ApiKey) -> None:
    """Adds a key."""
    await connection.execute(
        """
        INSERT INTO accounts.api_keys (id, person, account, accounts, label, algorithm, scopes,
            allowed_networks, sealed_secret, public_key, created_at, expires_at, organisation)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s::cidr[], %s, %s, %s, %s, %s)
        """,
        (
            key.id, key.person, key.account, key.accounts, key.label, key.algorithm, sorted(key.scopes),
            key.allowed_networks, key.sealed_secret, key.public_key, key.created_at, key.expires_at,
            key.organisation,
        ),
    )  # fmt: skip


async def find_key(connection: Connected, key: UUID) -> ApiKey | None:
    """The key with this id."""
    cursor = await connection.execute(
        f"SELECT {_COLUMNS} FROM accounts.api_keys WHERE id = %s",  # noqa: S608
        (key,),
    )
    row = await cursor.fetchone()
    return None if row is None else _key(row)


async def usable_key(connection: Connected, key: UUID) -> ApiKey | None:
    """The key with this id, unless its person is frozen."""
    cursor = await connection.execute(
        f"""
        SELECT {_COLUMNS} FROM accounts.api_keys
        WHERE id = %s AND NOT EXISTS (
            SELECT FROM accounts.persons WHERE persons.id = person AND frozen_at IS NOT NULL
        )
        """,  # noqa: S608
        (key,),
    )
    row = await cursor.fetchone()
    return None if row is None else _key(row)


async def tell_keys_of(connection: Connected, person: UUID) -> None:
    """Tells every process, once this commits, that a person's keys are no more as they were."""
    await connection.execute(
        "SELECT pg_notify(%s, id::text) FROM accounts.api_keys WHERE person = %s AND revoked_at IS NULL",
        (KEY_CHANGED, person),
    )


async def lock_key(connection: Connected, person: UUID, key: UUID) -> ApiKey | None:
    """A person's own key, locked until the transaction ends."""
    cursor = await connection.execute(
        f"""
        SELECT {_COLUMNS} FROM accounts.api_keys
        WHERE id = %s AND person = %s AND organisation IS NULL FOR UPDATE
        """,  # noqa: S608
        (key, person),
    )
    row = await cursor.fetchone()
    return None if row is None else _key(row)


async def keys_of(connection: Connected, person: UUID) -> list[ApiKey]:
    """A person's own keys that are not revoked, newest first."""
    cursor = await connection.execute(
        f"""
        SELECT {_COLUMNS} FROM accounts.api_keys
        WHERE person = %s AND revoked_at IS NULL AND organisation IS NULL ORDER BY id DESC
        """,  # noqa: S608
        (person,),
    )
    return [_key(row) for row in await cursor.fetchall()]


async def keys_of_organisation(connection: Connected, organisation: UUID) -> list[ApiKey]:
    """An organisation's keys that are not revoked, newest first."""
    cursor = await connection.execute(
        f"""
        SELECT {_COLUMNS} FROM accounts.api_keys
        WHERE organisation = %s AND revoked_at IS NULL ORDER BY id DESC
        """,  # noqa: S608
        (organisation,),
    )
    return [_key(row) for row in await cursor.fetchall()]


async def tell_keys_of_member(connection: Connected, organisation: UUID, person: UUID) -> None:
    """Tells every process, once this commits, that what a member's keys may do is another."""
    await connection.execute(
        """
        SELECT pg_notify(%s, id::text) FROM accounts.api_keys
        WHERE organisation = %s AND person = %s AND revoked_at IS NULL
        """,
        (KEY_CHANGED, organisation, person),
    )


async def revoke_of_member(connection: Connected, organisation: UUID, person: UUID) -> list[UUID]:
    """Revokes what a member has made for an organisation and tells every process; those it revoked."""
    cursor = await connection.execute(
        """
        WITH ended AS (
            UPDATE accounts.api_keys SET revoked_at = now(), sealed_secret = NULL
            WHERE organisation = %s AND person = %s AND revoked_at IS NULL RETURNING id
        )
        SELECT id, pg_notify(%s, id::text) FROM ended
        """,
        (organisation, person, KEY_CHANGED),
    )
    return [row[0] for row in await cursor.fetchall()]


async def set_terms(
    connection: Connected, key: UUID, label: str, networks: list[str], expires_at: datetime | None
) -> None:
    """Replaces what may be changed of a key and, once this commits, tells every process."""
    await connection.execute(
        """
        UPDATE accounts.api_keys SET label = %s, allowed_networks = %s::cidr[], expires_at = %s
        WHERE id = %s
        """,
        (label, networks, expires_at, key),
    )
    await _tell(connection, key)


async def revoke_key(connection: Connected, key: UUID) -> None:
    """Revokes a key, forgets its secret and, once this commits, tells every process."""
    await connection.execute(
        """
        UPDATE accounts.api_keys SET revoked_at = now(), sealed_secret = NULL
        WHERE id = %s AND revoked_at IS NULL
        """,
        (key,),
    )
    await _tell(connection, key)


async def revoke_all(connection: Connected, person: UUID) -> list[UUID]:
    """Revokes all of a person's keys and, once this commits, tells every process; those it revoked."""
    cursor = await connection.execute(
        """
        WITH ended AS (
            UPDATE accounts.api_keys SET revoked_at = now(), sealed_secret = NULL
            WHERE person = %s AND revoked_at IS NULL RETURNING id
        )
        SELECT id, pg_notify(%s, id::text) FROM ended
        """,
        (person, KEY_CHANGED),
    )
    return [row[0] for row in await cursor.fetchall()]


async def set_sealed_secret(connection: Connected, key: UUID, sealed_secret: bytes) -> None:
    """Replaces an unchanged secret by the same one, sealed anew."""
    await connection.execute(
        "UPDATE accounts.api_keys SET sealed_secret = %s WHERE id = %s AND revoked_at IS NULL",
        (sealed_secret, key),
    )


async def live_keys(connection: Connected, keys: Sequence[UUID]) -> set[UUID]:
    """Which of these keys are not revoked, and not of somebody who is frozen."""
    cursor = await connection.execute(
        """
        SELECT api_keys.id FROM accounts.api_keys JOIN accounts.persons ON persons.id = person
        WHERE api_keys.id = ANY(%s) AND revoked_at IS NULL AND frozen_at IS NULL
        """,
        (list(keys),),
    )
    return {row[0] for row in await cursor.fetchall()}


async def note_uses(connection: Connected, uses: Sequence[Use]) -> None:
    """Notes when keys were last used, unless a later use is known."""
    async with connection.cursor() as cursor:
        await cursor.executemany(
            """
            UPDATE accounts.api_keys SET last_used_at = to_timestamp(%(at_s)s),
                last_used_from = %(address)s
            WHERE id = %(key)s AND coalesce(last_used_at, '-infinity') < to_timestamp(%(at_s)s)
            """,
            [use._asdict() for use in uses],
        )


async def _tell(connection: Connected, key: UUID) -> None:
    await connection.execute("SELECT pg_notify(%s, %s)", (KEY_CHANGED, str(key)))


def _key(row: tuple[Any, ...]) -> ApiKey:
    found = ApiKey(*row)
    return found._replace(
        algorithm=Algorithm(found.algorithm), scopes=frozenset(KeyScope(scope) for scope in found.scopes)
    )
