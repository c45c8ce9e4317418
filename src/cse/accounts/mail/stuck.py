"""Mail that waits, and mail that has failed for good: how much, why, and what an operator does about it."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.mail.models import MailKind
from cse.runtime.postgres import Connected

SHOWN_MAX: Final = 50
RETRY_WORTH_S: Final = 3 * 86_400
# They say what has happened, which stays true. All others are of what ends, most have a link: nobody may have
# another one later than whoever asked for it was told.
NOTICES: Final = (
    MailKind.PASSWORD_CHANGED,
    MailKind.CREDENTIAL_CHANGED,
    MailKind.NEW_SIGN_IN,
    MailKind.ACCOUNT_FROZEN,
    MailKind.NOTICE,
    MailKind.ACCOUNT_CLOSED,
    MailKind.EXPORT_READY,
    MailKind.VERIFICATION,
)
_NOTICES: Final = [kind.value for kind in NOTICES]


class MailDepth(NamedTuple):
    """How many mails wait and for how many seconds the oldest, how many have failed, and the last failure."""

    waiting: int = 0
    oldest_s: int | None = None
    failed: int = 0
    last_failure: str | None = None


class StuckMail(NamedTuple):
    """A mail that was tried in vain; `outcome` is None while it waits. Times in microseconds since 1970."""

    id: UUID
    kind: str
    recipient: str
    created_at_us: int
    tries: int
    next_try_at_us: int
    outcome: str | None
    last_failure: str | None
    retriable: bool


async def depth(connection: Connected) -> MailDepth:
    """How the queue is. Those that have failed are kept for 30 days."""
    cursor = await connection.execute(
        """
        SELECT count(*) FILTER (WHERE ended_at IS NULL),
            extract(epoch FROM now() - min(created_at) FILTER (WHERE ended_at IS NULL))::bigint,
            count(*) FILTER (WHERE ended_at IS NOT NULL),
            (array_agg(last_failure ORDER BY coalesce(ended_at, next_try_at) DESC)
                FILTER (WHERE last_failure IS NOT NULL))[1]
        FROM accounts.mail_queue WHERE ended_at IS NULL OR outcome <> 'sent'
        """
    )
    row = await cursor.fetchone()
    assert row is not None
    return MailDepth(*row)


async def stuck(connection: Connected) -> list[StuckMail]:
    """Mails that have failed or are being tried again, the latest first."""
    cursor = await connection.execute(
        """
        SELECT id, kind, recipient, (extract(epoch FROM created_at) * 1000000)::bigint, tries,
            (extract(epoch FROM next_try_at) * 1000000)::bigint, outcome, last_failure,
            outcome IS NULL OR kind = ANY (%s) OR give_up_at > now()
        FROM accounts.mail_queue
        WHERE outcome <> 'sent' OR (ended_at IS NULL AND last_failure IS NOT NULL)
        ORDER BY created_at DESC, id DESC LIMIT %s
        """,
        (_NOTICES, SHOWN_MAX),
    )
    return [StuckMail(*row) for row in await cursor.fetchall()]


async def retry(connection: Connected, mail: UUID) -> bool:
    """Has a mail tried now that waits or has failed; False if there is none, or its time is over."""
    cursor = await connection.execute(
        """
        UPDATE accounts.mail_queue
        SET ended_at = NULL, outcome = NULL, next_try_at = now(), give_up_at = CASE
            WHEN kind = ANY (%(notices)s) THEN now() + make_interval(secs => %(worth_s)s)
            ELSE give_up_at END
        WHERE id = %(id)s AND outcome IS DISTINCT FROM 'sent'
            AND (outcome IS NOT NULL OR last_failure IS NOT NULL)
            AND (kind = ANY (%(notices)s) OR give_up_at > now())
        """,
        {"id": mail, "notices": _NOTICES, "worth_s": RETRY_WORTH_S},
    )
    return cursor.rowcount == 1


async def give_up(connection: Connected, mail: UUID) -> bool:
    """Has a mail tried no more that waits; False if there is none. One that is just being sent may arrive."""
    cursor = await connection.execute(
        """
        UPDATE accounts.mail_queue SET ended_at = now(), outcome = 'given up',
            last_failure = coalesce(last_failure, 'an operator gave it up')
        WHERE id = %s AND ended_at IS NULL
        """,
        (mail,),
    )
    return cursor.rowcount == 1
