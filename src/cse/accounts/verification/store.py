"""The SQL of applications and their documents. All in the caller's transaction."""

from __future__ import annotations

from typing import Any, Final, LiteralString
from uuid import UUID

from cse.accounts.verification.models import Document, MediaType, Stage, State, Verification
from cse.domain.verification import (
    CLOSED_KEPT_DAYS,
    DRAFT_KEPT_DAYS,
    REFUSED_KEPT_DAYS,
    DocumentKind,
    Level,
    RefusalReason,
)
from cse.runtime.postgres import Connected

_VERIFICATION: Final[LiteralString] = """
    id, person, level, state, stage, facts, has_hit, (extract(epoch FROM created_at) * 1000000)::bigint,
    (extract(epoch FROM submitted_at) * 1000000)::bigint,
    (extract(epoch FROM decided_at) * 1000000)::bigint, decided_by, reason
"""
_SELECT: Final[LiteralString] = f"SELECT {_VERIFICATION} FROM accounts.verifications "  # noqa: S608
_BACK_OFF_FIRST_S: Final = 5
_BACK_OFF_LAST_S: Final = 900


async def level_of(connection: Connected, person: UUID) -> Level:
    """How far a person is verified."""
    cursor = await connection.execute("SELECT verified_level FROM accounts.persons WHERE id = %s", (person,))
    row = await cursor.fetchone()
    return Level.NONE if row is None else Level(row[0])


async def set_level(connection: Connected, person: UUID, level: Level) -> bool:
    """Says how far a person is verified; False for one who has closed their account."""
    cursor = await connection.execute(
        "UPDATE accounts.persons SET verified_level = %s WHERE id = %s AND closed_at IS NULL",
        (level.value, person),
    )
    return cursor.rowcount == 1


async def open_of(connection: Connected, person: UUID) -> Verification | None:
    """The application of a person that is open; it stays as it is until the transaction ends."""
    return await _one(
        connection, _SELECT + "WHERE person = %s AND state IN ('draft', 'pending') FOR UPDATE", person
    )


async def last_ended_of(connection: Connected, person: UUID) -> Verification | None:
    """The last application of a person that is not open."""
    query: LiteralString = "WHERE person = %s AND decided_at IS NOT NULL ORDER BY decided_at DESC LIMIT 1"
    return await _one(connection, _SELECT + query, person)


async def one(connection: Connected, verification: UUID) -> Verification | None:
    """An application."""
    return await _one(connection, _SELECT + "WHERE id = %s", verification)


async def locked(connection: Connected, verification: UUID) -> Verification | None:
    """An application that nobody else changes until the transaction ends."""
    return await _one(connection, _SELECT + "WHERE id = %s FOR UPDATE", verification)


async def pending(connection: Connected, most: int) -> list[Verification]:
    """What is handed in, the oldest first."""
    cursor = await connection.execute(
        _SELECT + "WHERE state = 'pending' ORDER BY submitted_at, id LIMIT %s", (most,)
    )
    return [_verification(row) for row in await cursor.fetchall()]


async def approved(connection: Connected, most: int) -> list[Verification]:
    """What is approved, the latest first."""
    cursor = await connection.execute(
        _SELECT + "WHERE state = 'approved' ORDER BY decided_at DESC, id DESC LIMIT %s", (most,)
    )
    return [_verification(row) for row in await cursor.fetchall()]


async def approved_of(connection: Connected, person: UUID) -> list[Verification]:
    """What of a person's is approved; nobody else changes it until the transaction ends."""
    cursor = await connection.execute(
        _SELECT + "WHERE person = %s AND state = 'approved' ORDER BY id FOR UPDATE", (person,)
    )
    return [_verification(row) for row in await cursor.fetchall()]


async def count_pending(connection: Connected) -> tuple[int, int | None]:
    """How many applications wait for an operator, and for how many seconds the oldest."""
    cursor = await connection.execute(
        """
        SELECT count(*), extract(epoch FROM now() - min(submitted_at))::bigint
        FROM accounts.verifications WHERE state = 'pending' AND stage = 'operators'
        """
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0], row[1]


async def add(connection: Connected, verification: UUID, person: UUID, level: Level, sealed: bytes) -> None:
    """Adds an application that is not handed in."""
    await connection.execute(
        "INSERT INTO accounts.verifications (id, person, level, facts) VALUES (%s, %s, %s, %s)",
        (verification, person, level.value, sealed),
    )


async def change(connection: Connected, verification: UUID, level: Level, sealed: bytes) -> None:
    """Changes what an application says."""
    await connection.execute(
        "UPDATE accounts.verifications SET level = %s, facts = %s WHERE id = %s",
        (level.value, sealed, verification),
    )


async def submit(
    connection: Connected, verification: UUID, sealed: bytes, stage: Stage, *, has_hit: bool
) -> None:
    """Hands an application in."""
    await connection.execute(
        """
        UPDATE accounts.verifications SET state = 'pending', stage = %(stage)s, facts = %(facts)s,
            has_hit = %(has_hit)s, submitted_at = now(),
            next_try_at = CASE WHEN %(stage)s = 'provider' THEN now() END
        WHERE id = %(id)s
        """,
        {"id": verification, "stage": stage, "facts": sealed, "has_hit": has_hit},
    )


async def leave_to_operators(connection: Connected, verification: UUID, sealed: bytes | None = None) -> None:
    """Puts a pending application into the operators' queue; with `sealed` because of a hit."""
    await connection.execute(
        """
        UPDATE accounts.verifications SET stage = 'operators', next_try_at = NULL,
            facts = coalesce(%(facts)s, facts), has_hit = has_hit OR %(facts)s::bytea IS NOT NULL
        WHERE id = %(id)s
        """,
        {"id": verification, "facts": sealed},
    )


async def end(
    connection: Connected,
    verification: UUID,
    state: State,
    by: str,
    reason: RefusalReason | None = None,
) -> None:
    """Notes what became of an application."""
    await connection.execute(
        """
        UPDATE accounts.verifications SET state = %s, stage = NULL, next_try_at = NULL, decided_at = now(),
            decided_by = %s, reason = %s
        WHERE id = %s
        """,
        (state, by, None if reason is None else reason.value, verification),
    )


async def erase(connection: Connected, verification: UUID) -> None:
    """Forgets what an application says, and its documents."""
    await connection.execute("UPDATE accounts.verifications SET facts = NULL WHERE id = %s", (verification,))
    await connection.execute(
        "DELETE FROM accounts.verification_documents WHERE verification = %s", (verification,)
    )


async def documents(connection: Connected, verification: UUID) -> list[Document]:
    """The documents of an application, in the order in which they came."""
    cursor = await connection.execute(
        """
        SELECT id, kind, media_type, size_bytes FROM accounts.verification_documents
        WHERE verification = %s ORDER BY id
        """,
        (verification,),
    )
    return [_document(row) for row in await cursor.fetchall()]


async def document(connection: Connected, verification: UUID, wanted: UUID) -> tuple[Document, bytes] | None:
    """A document of an application, and its sealed content."""
    cursor = await connection.execute(
        """
        SELECT id, kind, media_type, size_bytes, content FROM accounts.verification_documents
        WHERE verification = %s AND id = %s
        """,
        (verification, wanted),
    )
    row = await cursor.fetchone()
    return None if row is None else (_document(row[:4]), bytes(row[4]))


async def add_document(connection: Connected, verification: UUID, document: Document, sealed: bytes) -> None:
    """Adds a document."""
    await connection.execute(
        """
        INSERT INTO accounts.verification_documents (id, verification, kind, media_type, size_bytes, content)
        VALUES (%s, %s, %s, %s, %s, %s)
        """,
        (document.id, verification, document.kind.value, document.media_type, document.size_bytes, sealed),
    )


async def remove_document(connection: Connected, verification: UUID, document: UUID) -> bool:
    """Takes a document of an application away; False if it has none such."""
    cursor = await connection.execute(
        "DELETE FROM accounts.verification_documents WHERE verification = %s AND id = %s",
        (verification, document),
    )
    return cursor.rowcount == 1


async def take_to_hand(connection: Connected, most: int, lease_s: int) -> list[tuple[Verification, int]]:
    """Takes what the provider is to have, but for what others are taking, and counts the try.

    Each is due again after `lease_s` unless something is noted of it before.
    """
    cursor = await connection.execute(
        f"""
        WITH due AS (
            SELECT id AS due_id FROM accounts.verifications
            WHERE stage = 'provider' AND next_try_at <= now()
            ORDER BY next_try_at LIMIT %s FOR UPDATE SKIP LOCKED
        )
        UPDATE accounts.verifications
        SET tries = tries + 1, next_try_at = now() + make_interval(secs => %s)
        FROM due WHERE id = due_id RETURNING {_VERIFICATION}, tries
        """,  # noqa: S608
        (most, lease_s),
    )
    return [(_verification(row[:-1]), row[-1]) for row in await cursor.fetchall()]


async def note_handed(connection: Connected, verification: UUID) -> None:
    """Notes that the provider has it, whose answer is waited for."""
    await connection.execute(
        "UPDATE accounts.verifications SET next_try_at = NULL WHERE id = %s AND stage = 'provider'",
        (verification,),
    )


async def put_off(connection: Connected, verification: UUID) -> None:
    """Has it handed over later, each time after twice as long."""
    await connection.execute(
        """
        UPDATE accounts.verifications SET next_try_at = now() + make_interval(
            secs => least(%s * 2 ^ least(tries, 16), %s))
        WHERE id = %s AND stage = 'provider'
        """,
        (_BACK_OFF_FIRST_S, _BACK_OFF_LAST_S, verification),
    )


async def to_forget(connection: Connected) -> list[Verification]:
    """What has been kept for long enough, and is to be erased; of drafts those that have lapsed."""
    cursor = await connection.execute(
        _SELECT  # noqa: S608
        + """
        WHERE facts IS NOT NULL AND (
            state = 'draft' AND created_at < now() - make_interval(days => %s)
            OR state = 'refused' AND decided_at < now() - make_interval(days => %s)
            OR person IN (
                SELECT id FROM accounts.persons WHERE closed_at < now() - make_interval(days => %s)))
        ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED
        """,
        (DRAFT_KEPT_DAYS, REFUSED_KEPT_DAYS, CLOSED_KEPT_DAYS),
    )
    return [_verification(row) for row in await cursor.fetchall()]


async def sealed_otherwise(connection: Connected, head: bytes) -> list[tuple[UUID, bytes]]:
    """Facts of applications that do not begin with `head`; some of them, under a lock."""
    cursor = await connection.execute(
        """
        SELECT id, facts FROM accounts.verifications
        WHERE facts IS NOT NULL AND substring(facts FOR %s) <> %s
        ORDER BY id LIMIT 100 FOR UPDATE SKIP LOCKED
        """,
        (len(head), head),
    )
    return [(row[0], bytes(row[1])) for row in await cursor.fetchall()]


async def documents_sealed_otherwise(connection: Connected, head: bytes) -> list[tuple[UUID, bytes]]:
    """The same of documents; fewer, for they are large."""
    cursor = await connection.execute(
        """
        SELECT id, content FROM accounts.verification_documents WHERE substring(content FOR %s) <> %s
        ORDER BY id LIMIT 8 FOR UPDATE SKIP LOCKED
        """,
        (len(head), head),
    )
    return [(row[0], bytes(row[1])) for row in await cursor.fetchall()]


async def set_facts(connection: Connected, verification: UUID, sealed: bytes) -> None:
    """Keeps facts that were sealed anew."""
    await connection.execute(
        "UPDATE accounts.verifications SET facts = %s WHERE id = %s", (sealed, verification)
    )


async def set_content(connection: Connected, document: UUID, sealed: bytes) -> None:
    """Keeps a document that was sealed anew."""
    await connection.execute(
        "UPDATE accounts.verification_documents SET content = %s WHERE id = %s", (sealed, document)
    )


async def _one(connection: Connected, query: LiteralString, value: UUID) -> Verification | None:
    cursor = await connection.execute(query, (value,))
    row = await cursor.fetchone()
    return None if row is None else _verification(row)


def _verification(row: tuple[Any, ...]) -> Verification:
    sealed = None if row[5] is None else bytes(row[5])
    return Verification(row[0], row[1], Level(row[2]), row[3], row[4], sealed, *row[6:])


def _document(row: tuple[Any, ...]) -> Document:
    media_type: MediaType = row[2]
    return Document(row[0], DocumentKind(row[1]), media_type, row[3])
