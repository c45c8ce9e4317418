"""The SQL of passkeys and of what is to be signed by them. All in the caller's transaction."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

from cse.runtime.postgres import Connected

PASSKEYS_MAX: Final = 20
CHALLENGE_LIFE_MIN: Final = 5

Purpose: TypeAlias = Literal["register", "sign in", "step up"]


class Passkey(NamedTuple):
    """A row of `accounts.passkeys`; times in microseconds since 1970."""

    id: bytes
    person: UUID
    public_key: bytes
    sign_count: int
    relying_party: str
    name: str
    backed_up: bool
    created_at_us: int
    last_used_at_us: int | None


_PASSKEY: Final = """
    id, person, public_key, sign_count, relying_party, name, backed_up,
    (extract(epoch FROM created_at) * 1000000)::bigint,
    (extract(epoch FROM last_used_at) * 1000000)::bigint
"""


async def add_challenge(connection: Connected, digest: bytes, purpose: Purpose, session: UUID | None) -> None:
    """Keeps a challenge, and forgets those that waited too long."""
    await connection.execute("DELETE FROM accounts.passkey_challenges WHERE expires_at < now()")
    await connection.execute(
        """
        INSERT INTO accounts.passkey_challenges (digest, purpose, session, expires_at)
        VALUES (%s, %s, %s, now() + make_interval(mins => %s))
        """,
        (digest, purpose, session, CHALLENGE_LIFE_MIN),
    )


async def use_challenge(connection: Connected, digest: bytes, purpose: Purpose, session: UUID | None) -> bool:
    """Uses a challenge up; False unless it was given for this, and not used."""
    cursor = await connection.execute(
        """
        DELETE FROM accounts.passkey_challenges
        WHERE digest = %s AND purpose = %s AND session IS NOT DISTINCT FROM %s AND expires_at > now()
        """,
        (digest, purpose, session),
    )
    return cursor.rowcount == 1


async def passkeys(connection: Connected, person: UUID) -> list[Passkey]:
    """A person's passkeys, the first one first."""
    cursor = await connection.execute(
        f"SELECT {_PASSKEY} FROM accounts.passkeys WHERE person = %s ORDER BY created_at, id",  # noqa: S608
        (person,),
    )
    return [Passkey(*row) for row in await cursor.fetchall()]


async def lock_passkey(connection: Connected, passkey: bytes) -> Passkey | None:
    """A passkey, locked until the transaction ends."""
    cursor = await connection.execute(
        f"SELECT {_PASSKEY} FROM accounts.passkeys WHERE id = %s FOR UPDATE",  # noqa: S608
        (passkey,),
    )
    row = await cursor.fetchone()
    return None if row is None else Passkey(*row)


async def add_passkey(connection: Connected, passkey: Passkey) -> bool:
    """Adds a passkey of a locked person; False where its id is there, or they have as many as one may."""
    cursor = await connection.execute(
        """
        INSERT INTO accounts.passkeys (id, person, public_key, sign_count, relying_party, name, backed_up)
        SELECT %s, %s, %s, %s, %s, %s, %s
        WHERE (SELECT count(*) FROM accounts.passkeys WHERE person = %s) < %s
        ON CONFLICT (id) DO NOTHING
        """,
        (*passkey[:7], passkey.person, PASSKEYS_MAX),
    )
    return cursor.rowcount == 1


async def note_used(connection: Connected, passkey: bytes, sign_count: int, backed_up: bool) -> None:
    """Notes that a passkey was used."""
    await connection.execute(
        """
        UPDATE accounts.passkeys SET sign_count = %s, backed_up = %s, last_used_at = now() WHERE id = %s
        """,
        (sign_count, backed_up, passkey),
    )


async def name_passkey(connection: Connected, person: UUID, passkey: bytes, name: str) -> bool:
    """Names a person's passkey; False where there is no such one."""
    cursor = await connection.execute(
        "UPDATE accounts.passkeys SET name = %s WHERE id = %s AND person = %s", (name, passkey, person)
    )
    return cursor.rowcount == 1


async def remove_passkey(connection: Connected, person: UUID, passkey: bytes) -> bool:
    """Removes a person's passkey; False where there is no such one."""
    cursor = await connection.execute(
        "DELETE FROM accounts.passkeys WHERE id = %s AND person = %s", (passkey, person)
    )
    return cursor.rowcount == 1
