"""The SQL of closing an account. All in the caller's transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

from cse.accounts.models import Person
from cse.runtime.postgres import Connected

# Why somebody is frozen whose account is being closed.
CLOSING: Final = "the person closes the account"
# So long nobody else can have the e-mail; afterwards it stands nowhere here.
RESERVED_DAYS: Final = 30
_GONE: Final = "closed"
# What is the person's alone, and nobody's books are about.
_ERASED: Final = (
    "preferences", "notifications", "known_addresses", "totp", "recovery_codes", "passkeys",
    "sign_in_challenges", "links", "email_changes", "exports",
    "price_alerts", "workspace",
)  # fmt: skip


async def begin(connection: Connected, person: UUID) -> datetime | None:
    """Freezes a person for closing, and gives since when; None for one who is frozen.

    What was begun a minute ago and came to nothing can be begun again.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET frozen_at = now(), frozen_reason = %(closing)s
        WHERE id = %(person)s AND closed_at IS NULL AND (frozen_at IS NULL OR (
            frozen_reason = %(closing)s AND frozen_at < now() - interval '1 minute'
        ))
        RETURNING frozen_at
        """,
        {"person": person, "closing": CLOSING},
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def give_up(connection: Connected, person: UUID, begun: datetime) -> bool:
    """Lets a person go who was frozen by `begin`; False where somebody has frozen them since."""
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET frozen_at = NULL, frozen_reason = NULL
        WHERE id = %s AND frozen_reason = %s AND frozen_at = %s AND closed_at IS NULL
        """,
        (person, CLOSING, begun),
    )
    return cursor.rowcount == 1


async def finish(connection: Connected, person: Person, begun: datetime) -> bool:
    """Closes an account that `begin` has frozen, and erases what is kept for nothing else.

    A verified e-mail stays, so that nobody else can have it, until `sweep` takes it away; a claimed one
    goes at once. False where somebody has frozen the person since.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET closed_at = now(), display_name = %(gone)s, password_hash = '',
            password_number = password_number + 1, mail_phrase = NULL
        WHERE id = %(person)s AND frozen_reason = %(closing)s AND frozen_at = %(begun)s
            AND closed_at IS NULL
        """,
        {"person": person.id, "gone": _GONE, "closing": CLOSING, "begun": begun},
    )
    if cursor.rowcount != 1:
        return False
    for table in _ERASED:
        await connection.execute(f"DELETE FROM accounts.{table} WHERE person = %s", (person.id,))  # noqa: S608
    await connection.execute(
        "DELETE FROM accounts.passkey_challenges"
        " WHERE session IN (SELECT id FROM accounts.sessions WHERE person = %s)",
        (person.id,),
    )
    await connection.execute(
        "DELETE FROM accounts.mail_queue WHERE facts ->> 'person' = %s", (str(person.id),)
    )
    await connection.execute(
        "UPDATE accounts.sessions SET user_agent = '', address = '', name = NULL WHERE person = %s",
        (person.id,),
    )
    await connection.execute(
        "UPDATE accounts.api_keys SET label = '', allowed_networks = '{}', last_used_from = NULL"
        " WHERE person = %s",
        (person.id,),
    )
    await connection.execute(
        """
        UPDATE accounts.sub_accounts SET name = %s, archived_at = coalesce(archived_at, now())
        WHERE person = %s
        """,
        (_GONE, person.id),
    )
    if not person.is_verified:
        await _forget_email(connection, "id = %s", person.id)
    return True


async def sweep(connection: Connected) -> None:
    """Forgets e-mails that are not reserved any more."""
    await _forget_email(connection, "closed_at < now() - make_interval(days => %s)", RESERVED_DAYS)


async def _forget_email(connection: Connected, which: str, value: UUID | int) -> None:
    await connection.execute(
        f"""
        WITH gone AS (
            SELECT id, email FROM accounts.persons
            WHERE {which} AND closed_at IS NOT NULL AND email NOT LIKE '%%@closed.invalid'
        ), forgotten AS (
            UPDATE accounts.persons AS kept
            SET email = kept.id || '@closed.invalid', email_verified_at = NULL
            FROM gone WHERE kept.id = gone.id
        )
        DELETE FROM accounts.password_salts AS salt USING gone
        WHERE salt.email = gone.email AND NOT EXISTS (
            SELECT FROM accounts.persons WHERE email = gone.email AND closed_at IS NULL
        )
        """,  # noqa: S608
        (value,),
    )
