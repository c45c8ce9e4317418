"""The SQL of invitations. Every function works in its caller's transaction."""

from __future__ import annotations

import hashlib
from typing import Any, Final, LiteralString
from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.models import Invitation
from cse.domain.organisations import MemberRole
from cse.runtime.postgres import Connected

GOOD_FOR_S: Final = 7 * 86_400
_INVITATION: Final[LiteralString] = """
    id, organisation, email, roles, (extract(epoch FROM expires_at) * 1000000)::bigint
"""


async def add(
    connection: Connected,
    invitation: UUID,
    organisation: UUID,
    email: str,
    roles: frozenset[MemberRole],
    invited_by: UUID,
) -> None:
    """Adds an invitation in the place of one to the same e-mail before."""
    await connection.execute(
        "DELETE FROM accounts.organisation_invitations WHERE organisation = %s AND email = %s",
        (organisation, email),
    )
    await connection.execute(
        """
        INSERT INTO accounts.organisation_invitations
            (id, organisation, email, roles, invited_by, expires_at)
        VALUES (%s, %s, %s, %s, %s, now() + make_interval(secs => %s))
        """,
        (invitation, organisation, email, sorted(roles), invited_by, GOOD_FOR_S),
    )


async def open_of(connection: Connected, organisation: UUID) -> list[Invitation]:
    """An organisation's open invitations, the latest first."""
    cursor = await connection.execute(
        f"""
        SELECT {_INVITATION} FROM accounts.organisation_invitations
        WHERE organisation = %s AND expires_at > now() ORDER BY created_at DESC, id
        """,  # noqa: S608
        (organisation,),
    )
    return [_invitation(row) for row in await cursor.fetchall()]


async def give(connection: Connected, invitation: UUID, token: str) -> str | None:
    """Notes what the link of an open invitation carries; the e-mail, or None where it is not open."""
    cursor = await connection.execute(
        """
        UPDATE accounts.organisation_invitations SET digest = %s WHERE id = %s AND expires_at > now()
        RETURNING email
        """,
        (_digest(token), invitation),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def by_token(connection: Connected, token: str) -> Invitation | None:
    """The open invitation whose link carries this; none while who has invited is frozen."""
    cursor = await connection.execute(
        f"""
        SELECT {_INVITATION} FROM accounts.organisation_invitations
        WHERE digest = %s AND expires_at > now() AND NOT EXISTS (
            SELECT FROM accounts.persons WHERE persons.id = invited_by AND frozen_at IS NOT NULL
        )
        """,  # noqa: S608
        (_digest(token),),
    )
    row = await cursor.fetchone()
    return None if row is None else _invitation(row)


async def take(connection: Connected, organisation: UUID, invitation: UUID) -> bool:
    """Takes an invitation away; False where there is none."""
    cursor = await connection.execute(
        "DELETE FROM accounts.organisation_invitations WHERE organisation = %s AND id = %s",
        (organisation, invitation),
    )
    return cursor.rowcount == 1


async def take_of(connection: Connected, organisation: UUID, invited_by: UUID) -> None:
    """Takes away what a member has invited to, who may not any more."""
    await connection.execute(
        "DELETE FROM accounts.organisation_invitations WHERE organisation = %s AND invited_by = %s",
        (organisation, invited_by),
    )


async def sweep(connection: Connected) -> None:
    """Forgets invitations that are too old."""
    await connection.execute("DELETE FROM accounts.organisation_invitations WHERE expires_at < now()")


def _digest(token: str) -> bytes:
    return hashlib.blake2b(token.encode(), digest_size=32).digest()


def _invitation(row: tuple[Any, ...]) -> Invitation:
    return Invitation(row[0], row[1], row[2], store.read(row[3]), row[4])
