"""Links that are sent by mail: who follows one reads the mail of an address. Each is good once and soon.

What a link carries has 256 bits of chance and is kept as a hash alone, so there is nothing to guess and
nothing to find.
"""

from __future__ import annotations

import hashlib
import secrets
from enum import StrEnum
from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts import store
from cse.accounts.models import Person
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.runtime.postgres import Connected

_BYTES: Final = 32


class Purpose(StrEnum):
    """What a link is for; it is good for nothing else."""

    PASSWORD_RESET = "password reset"  # noqa: S105
    EMAIL_VERIFICATION = "e-mail verification"
    EMAIL_CHANGE = "e-mail change"
    EMAIL_CHANGE_UNDO = "undoing an e-mail change"


LIFE_S: Final = {
    Purpose.PASSWORD_RESET: 3_600,
    Purpose.EMAIL_VERIFICATION: 3 * 86_400,
    Purpose.EMAIL_CHANGE: 86_400,
    Purpose.EMAIL_CHANGE_UNDO: 3 * 86_400,
}


class Sent(NamedTuple):
    """For whose account a link is, and where it was sent to."""

    person: UUID
    email: str


async def give(connection: Connected, purpose: Purpose, person: Person) -> str:
    """A new token for the person's address, beside those given before."""
    token = secrets.token_urlsafe(_BYTES)
    await connection.execute(
        """
        INSERT INTO accounts.links (digest, purpose, person, email, expires_at)
        VALUES (%s, %s, %s, %s, now() + make_interval(secs => %s))
        """,
        (_digest(token), purpose.value, person.id, person.email, LIFE_S[purpose]),
    )
    return token


async def whose(connection: Connected, purpose: Purpose, token: str) -> Person | None:
    """Whose token it is, while it is good: not used, not too old, and sent to the address they have."""
    found = await sent(connection, purpose, token)
    person = None if found is None else await store.person_by_id(connection, found.person)
    return None if found is None or person is None or person.email != found.email else person


async def sent(connection: Connected, purpose: Purpose, token: str) -> Sent | None:
    """What a token is, while it is good, wherever it was sent to."""
    cursor = await connection.execute(
        "SELECT person, email FROM accounts.links WHERE digest = %s AND purpose = %s AND expires_at > now()",
        (_digest(token), purpose.value),
    )
    row = await cursor.fetchone()
    return None if row is None else Sent(*row)


async def end_all(connection: Connected, person: UUID) -> None:
    """Ends all of a person's links."""
    await connection.execute("DELETE FROM accounts.links WHERE person = %s", (person,))


async def end(connection: Connected, purpose: Purpose, person: UUID) -> None:
    """Ends a person's links of one purpose."""
    await connection.execute(
        "DELETE FROM accounts.links WHERE person = %s AND purpose = %s", (person, purpose.value)
    )


async def take(connection: Connected, purpose: Purpose, token: str) -> bool:
    """Uses a token up, and all others that its person was given for this; False if it is gone.

    Of several at the same moment one gets it.
    """
    cursor = await connection.execute(
        """
        DELETE FROM accounts.links WHERE digest = %s AND purpose = %s AND expires_at > now()
        RETURNING person
        """,
        (_digest(token), purpose.value),
    )
    row = await cursor.fetchone()
    if row is None:
        return False
    await end(connection, purpose, row[0])
    return True


async def record(connection: Connected, purpose: Purpose, person: Person) -> None:
    """Records that a link was given.

    Who only claims an address does not see it among what concerns their account: whether a mail to it had
    a link would tell them whether somebody has the address.
    """
    by, details = Actor.service("mail"), Details(reason=purpose.value)
    whose = person.id if person.is_verified else None
    await log.record(connection, Act.LINK_GIVEN, by, person=whose, target=str(person.id), details=details)


async def end_of_others(connection: Connected, person: Person) -> None:
    """Ends all links to a person's address that were given to others who claim it."""
    await connection.execute(
        "DELETE FROM accounts.links WHERE email = %s AND person <> %s", (person.email, person.id)
    )


async def sweep(connection: Connected) -> None:
    """Forgets links that are too old."""
    await connection.execute("DELETE FROM accounts.links WHERE expires_at < now()")


def _digest(token: str) -> bytes:
    return hashlib.blake2b(token.encode(), digest_size=_BYTES).digest()
