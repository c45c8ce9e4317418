"""The SQL of queued mail and of the demo's mailbox. All in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.accounts.mail.models import Mail, MailKind, Outcome, QueuedMail
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected

BACK_OFF_FIRST_S: Final = 10
BACK_OFF_LAST_S: Final = 3_600
ENDED_KEPT_DAYS: Final = 30
MAILBOX_KEPT_MAX: Final = 1_000
_DOUBLINGS_MAX: Final = 16
_FAILURE_LENGTH_MAX: Final = 300


async def add(
    connection: Connected, kind: MailKind, recipient: str, facts: Mapping[str, str], *, worth_s: int
) -> None:
    """Queues a mail that is worth sending for so long."""
    await connection.execute(
        """
        INSERT INTO accounts.mail_queue (id, kind, recipient, facts, give_up_at)
        VALUES (%s, %s, %s, %s, now() + make_interval(secs => %s))
        """,
        (new_uuid(), kind.value, recipient, Jsonb(dict(facts)), worth_s),
    )


async def take_due(connection: Connected, most: int, lease_s: int) -> list[QueuedMail]:
    """Takes the mails that are due, but for those that others are taking; the longest due first.

    Each is due again after `lease_s` unless something is noted of it before. A kind that this build does
    not know waits for one that does.
    """
    cursor = await connection.execute(
        """
        WITH due AS (
            SELECT id FROM accounts.mail_queue
            WHERE ended_at IS NULL AND next_try_at <= now() AND kind = ANY (%s)
            ORDER BY next_try_at LIMIT %s FOR UPDATE SKIP LOCKED
        )
        UPDATE accounts.mail_queue AS mail
        SET tries = tries + 1, next_try_at = now() + make_interval(secs => %s)
        FROM due WHERE mail.id = due.id
        RETURNING mail.id, kind, recipient, facts, tries, give_up_at <= now()
        """,
        ([kind.value for kind in MailKind], most, lease_s),
    )
    return [
        QueuedMail(found, MailKind(kind), recipient, facts, tries, overdue)
        for found, kind, recipient, facts, tries, overdue in await cursor.fetchall()
    ]


async def note_end(connection: Connected, mail: UUID, outcome: Outcome, failure: str | None = None) -> None:
    """Notes how a mail ended. One that was sent was sent, whatever else is said of it."""
    await connection.execute(
        """
        UPDATE accounts.mail_queue
        SET ended_at = now(), outcome = %(outcome)s,
            last_failure = coalesce(left(%(failure)s, %(most)s), last_failure)
        WHERE id = %(id)s AND outcome IS DISTINCT FROM 'sent'
        """,
        {"id": mail, "outcome": outcome.value, "failure": failure, "most": _FAILURE_LENGTH_MAX},
    )


async def note_failure(connection: Connected, mail: QueuedMail, failure: str) -> None:
    """Puts a try off, each time for twice as long; nothing if somebody else has tried meanwhile."""
    await connection.execute(
        """
        UPDATE accounts.mail_queue
        SET last_failure = left(%(failure)s, %(most)s), next_try_at = now() + make_interval(
            secs => least(%(first_s)s * 2 ^ least(tries - 1, %(doublings)s), %(last_s)s)
                * (0.8 + 0.4 * random()))
        WHERE id = %(id)s AND tries = %(tries)s AND ended_at IS NULL
        """,
        {
            "id": mail.id, "tries": mail.tries, "failure": failure, "first_s": BACK_OFF_FIRST_S,
            "last_s": BACK_OFF_LAST_S, "doublings": _DOUBLINGS_MAX, "most": _FAILURE_LENGTH_MAX,
        },
    )  # fmt: skip


async def is_queued(connection: Connected, mail: UUID) -> bool:
    """Whether a mail has neither ended nor been taken out."""
    cursor = await connection.execute(
        "SELECT FROM accounts.mail_queue WHERE id = %s AND ended_at IS NULL", (mail,)
    )
    return await cursor.fetchone() is not None


async def forget_of(connection: Connected, person: UUID, kinds: Sequence[MailKind]) -> None:
    """Takes the mails of these kinds out of the queue that are about a person.

    Those with them that have failed: an operator may have them tried again.
    """
    await connection.execute(
        """
        DELETE FROM accounts.mail_queue
        WHERE outcome IS DISTINCT FROM 'sent' AND kind = ANY (%s) AND facts ->> 'person' = %s
        """,
        ([kind.value for kind in kinds], str(person)),
    )


async def set_phrase(connection: Connected, person: UUID, sealed: bytes | None) -> None:
    """Keeps a person's sealed phrase for the one before, or none."""
    await connection.execute("UPDATE accounts.persons SET mail_phrase = %s WHERE id = %s", (sealed, person))


async def phrase_of_holder(connection: Connected, email: str) -> tuple[UUID, bytes] | None:
    """Who is known to have an address, with their sealed phrase; None where there is none."""
    cursor = await connection.execute(
        """
        SELECT id, mail_phrase FROM accounts.persons
        WHERE email = %s AND email_verified_at IS NOT NULL AND mail_phrase IS NOT NULL
        """,
        (email,),
    )
    row = await cursor.fetchone()
    return None if row is None else (row[0], bytes(row[1]))


async def forget(connection: Connected, mail: UUID) -> None:
    """Takes a mail out of the queue that is for nobody."""
    await connection.execute("DELETE FROM accounts.mail_queue WHERE id = %s", (mail,))


async def keep(connection: Connected, mail: Mail) -> None:
    """Puts a mail into the mailbox, once."""
    await connection.execute(
        """
        INSERT INTO accounts.mailbox (id, recipient, subject, text) VALUES (%s, %s, %s, %s)
        ON CONFLICT (id) DO NOTHING
        """,
        (mail.id, mail.recipient, mail.subject, mail.text),
    )


async def kept(connection: Connected, recipient: str | None, most: int) -> list[tuple[Mail, int]]:
    """Mails of the mailbox, the newest first, each with when it came in microseconds since 1970."""
    cursor = await connection.execute(
        """
        SELECT id, recipient, subject, text, (extract(epoch FROM received_at) * 1000000)::bigint
        FROM accounts.mailbox WHERE %(recipient)s::text IS NULL OR recipient = %(recipient)s
        ORDER BY received_at DESC, id DESC LIMIT %(most)s
        """,
        {"recipient": recipient, "most": most},
    )
    return [(Mail(*row[:4]), row[4]) for row in await cursor.fetchall()]


async def sweep(connection: Connected) -> None:
    """Forgets mails that ended long ago, and of the mailbox all but the newest."""
    await connection.execute(
        "DELETE FROM accounts.mail_queue WHERE ended_at < now() - make_interval(days => %s)",
        (ENDED_KEPT_DAYS,),
    )
    await connection.execute(
        """
        DELETE FROM accounts.mailbox WHERE received_at < (
            SELECT received_at FROM accounts.mailbox ORDER BY received_at DESC OFFSET %s LIMIT 1
        )
        """,
        (MAILBOX_KEPT_MAX - 1,),
    )
