"""Requests that carry an Idempotency-Key take effect once, however often they come.

A key belongs to a person. It is claimed in the transaction that enqueues the request's command, so
there is never one without the other; whoever repeats the request waits for that same row's outcome
and gets the answer made of it.
"""

from __future__ import annotations

import hashlib
from typing import Final, NamedTuple
from uuid import UUID

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.postgres import Connected

KEPT_DAYS: Final = 7
_DIGEST_BYTES: Final = 32


class Claimed(NamedTuple):
    """The outbox row that an earlier request with this key has enqueued."""

    source: int
    number: int


def digest(*content: str) -> bytes:
    """What a request asks for, in a form that can be compared."""
    return hashlib.blake2b("\0".join(content).encode(), digest_size=_DIGEST_BYTES).digest()


async def claim(connection: Connected, person: UUID, key: str, content: bytes) -> Claimed | None:
    """Claims a key for a content; None when it is new, and then `settle` has to follow.

    Of several at once the later ones wait here until the first one's transaction has ended.

    Raises:
        CodedError: `idempotency_key_conflict` when the key was used for another content.
    """
    added = await connection.execute(
        """
        INSERT INTO runtime.idempotency_keys (person, key, content) VALUES (%s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        (person, key, content),
    )
    if added.rowcount == 1:
        return None
    cursor = await connection.execute(
        "SELECT content, source, number FROM runtime.idempotency_keys WHERE person = %s AND key = %s",
        (person, key),
    )
    row = await cursor.fetchone()
    assert row is not None, "keys are not removed while they may be repeated"
    if bytes(row[0]) != content:
        raise CodedError(codes.IDEMPOTENCY_KEY_CONFLICT, field="Idempotency-Key")
    return Claimed(row[1], row[2])


async def settle(connection: Connected, person: UUID, key: str, claimed: Claimed) -> None:
    """Notes the outbox row of a key that was just claimed."""
    await connection.execute(
        "UPDATE runtime.idempotency_keys SET source = %s, number = %s WHERE person = %s AND key = %s",
        (*claimed, person, key),
    )


async def sweep(connection: Connected) -> None:
    """Forgets keys that are older than `KEPT_DAYS`."""
    await connection.execute(
        "DELETE FROM runtime.idempotency_keys WHERE created_at < now() - make_interval(days => %s)",
        (KEPT_DAYS,),
    )
