"""The SQL of persons. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.models import Claim, EmailFacts, Person, SeenFreeze
from cse.runtime.postgres import Connected

_PERSON: Final = """
    id, email, display_name, password_hash, account, outbox_number, password_number,
    email_verified_at IS NOT NULL, frozen_at IS NOT NULL, closed_at IS NOT NULL
"""


async def add_person(
    connection: Connected, person: UUID, email: str, display_name: str, password_hash: str
) -> None:
    """Adds a person who claims this e-mail, as others may."""
    await connection.execute(
        "INSERT INTO accounts.persons (id, email, display_name, password_hash) VALUES (%s, %s, %s, %s)",
        (person, email, display_name, password_hash),
    )


async def keep_hash_start(connection: Connected, email: str, hash_start: str) -> str:
    """With what the hashes of an e-mail's passwords begin: from the first time on the same.

    It is written either way, so that a new e-mail takes no other time than a known one.
    """
    cursor = await connection.execute(
        """
        INSERT INTO accounts.password_salts AS kept (email, hash_start) VALUES (%s, %s)
        ON CONFLICT (email) DO UPDATE SET kept_at = now() RETURNING hash_start
        """,
        (email, hash_start),
    )
    row = await cursor.fetchone()
    assert row is not None
    return str(row[0])


async def hash_start(connection: Connected, email: str) -> str | None:
    """The same of an e-mail that somebody has claimed; None of one that nobody has."""
    cursor = await connection.execute(
        "SELECT hash_start FROM accounts.password_salts WHERE email = %s", (email,)
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def renew_hash_start(connection: Connected, person: Person, hash_start: str) -> bool:
    """Has an e-mail's passwords begin otherwise; False where others claim it, whose hashes stay.

    Also if the person's password has changed since `person` was read, and as long as a hash that begins as
    before may be on its way, of a sign-up or of a change of the e-mail that waits for its link.
    """
    cursor = await connection.execute(
        """
        WITH same AS (
            SELECT email FROM accounts.persons WHERE id = %s AND password_number = %s FOR UPDATE
        )
        UPDATE accounts.password_salts AS kept SET hash_start = %s FROM same
        WHERE kept.email = same.email AND kept.kept_at < now() - interval '7 days'
            AND (SELECT count(*) FROM accounts.persons WHERE email = kept.email) = 1
        """,
        (person.id, person.password_number, hash_start),
    )
    return cursor.rowcount == 1


async def set_outbox_number(connection: Connected, person: UUID, number: int) -> None:
    """Notes under which number of the outbox the person's account is opened."""
    await connection.execute("UPDATE accounts.persons SET outbox_number = %s WHERE id = %s", (number, person))


async def set_account(connection: Connected, person: UUID, account: int) -> None:
    """Notes the person's main account."""
    await connection.execute("UPDATE accounts.persons SET account = %s WHERE id = %s", (account, person))


async def renew_password_hash(connection: Connected, person: Person, password_hash: str) -> None:
    """Replaces the hash of an unchanged password; nothing if it has changed meanwhile."""
    await connection.execute(
        "UPDATE accounts.persons SET password_hash = %s WHERE id = %s AND password_number = %s",
        (password_hash, person.id, person.password_number),
    )


async def set_password(connection: Connected, person: UUID, password_hash: str) -> None:
    """Gives the person another password. Sign-ins under way with the one before come to nothing."""
    await connection.execute(
        """
        UPDATE accounts.persons SET password_hash = %s, password_number = password_number + 1,
            credentials_changed_at = now()
        WHERE id = %s
        """,
        (password_hash, person),
    )


async def change_password(connection: Connected, person: Person, password_hash: str) -> bool:
    """The same while the person is not frozen and their password that of `person`; False otherwise."""
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET password_hash = %s, password_number = password_number + 1,
            credentials_changed_at = now()
        WHERE id = %s AND password_number = %s AND frozen_at IS NULL
        """,
        (password_hash, person.id, person.password_number),
    )
    return cursor.rowcount == 1


async def lock_email(connection: Connected, email: str) -> None:
    """Has whoever would be shown to read an address's mail wait until the transaction ends."""
    await connection.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", (email,))


async def set_frozen(connection: Connected, person: UUID, reason: str | None) -> bool:
    """Freezes a person for a reason, or lets them go for None. Sign-ins under way come to nothing.

    False, and nothing changed, for one who has closed their account.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET frozen_reason = %(reason)s,
            frozen_at = CASE WHEN %(reason)s::text IS NULL THEN NULL ELSE coalesce(frozen_at, now()) END
        WHERE id = %(person)s AND closed_at IS NULL
        """,
        {"person": person, "reason": reason},
    )
    return cursor.rowcount == 1


async def locked_freeze(connection: Connected, person: UUID) -> SeenFreeze | None:
    """A person's freeze, None of nobody; it stays as it is until the transaction ends."""
    cursor = await connection.execute(
        """
        SELECT (extract(epoch FROM frozen_at) * 1000000)::bigint, frozen_reason
        FROM accounts.persons WHERE id = %s FOR UPDATE
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else SeenFreeze(*row)


async def verify_email(connection: Connected, person: Person) -> bool:
    """Notes that the person reads the mail of the address they claim; False if somebody is known to.

    The address has to be locked before.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.persons SET email_verified_at = now()
        WHERE id = %(person)s AND email = %(email)s AND NOT EXISTS (
            SELECT FROM accounts.persons WHERE email = %(email)s AND email_verified_at IS NOT NULL
        )
        """,
        {"person": person.id, "email": person.email},
    )
    return cursor.rowcount == 1


async def email_facts(connection: Connected, person: UUID) -> EmailFacts:
    """What is known of a person's e-mail."""
    cursor = await connection.execute(
        """
        SELECT (extract(epoch FROM email_verified_at) * 1000000)::bigint, mail_phrase IS NOT NULL
        FROM accounts.persons WHERE id = %s
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return EmailFacts(None, False) if row is None else EmailFacts(*row)


async def note_credentials_changed(connection: Connected, person: UUID) -> None:
    """Notes that what opens the person's account changes now."""
    await connection.execute(
        "UPDATE accounts.persons SET credentials_changed_at = now() WHERE id = %s", (person,)
    )


async def credentials_changed_at_us(connection: Connected, person: UUID) -> int | None:
    """When it last did, in microseconds since 1970; None if it never has."""
    cursor = await connection.execute(
        """
        SELECT (extract(epoch FROM credentials_changed_at) * 1000000)::bigint
        FROM accounts.persons WHERE id = %s
        """,
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else row[0]


async def holder(connection: Connected, email: str) -> Person | None:
    """The person who is known to read the mail of this normalised e-mail."""
    cursor = await connection.execute(
        f"SELECT {_PERSON} FROM accounts.persons WHERE email = %s AND email_verified_at IS NOT NULL",  # noqa: S608
        (email,),
    )
    row = await cursor.fetchone()
    return None if row is None else Person(*row)


async def claimants(connection: Connected, email: str, most: int) -> list[Claim]:
    """Who claims this e-mail, the first one first."""
    cursor = await connection.execute(
        f"""
        SELECT (extract(epoch FROM created_at) * 1000000)::bigint, {_PERSON}
        FROM accounts.persons WHERE email = %s AND closed_at IS NULL ORDER BY created_at, id LIMIT %s
        """,  # noqa: S608
        (email, most),
    )
    return [Claim(Person(*row[1:]), row[0]) for row in await cursor.fetchall()]


async def person_by_password(
    connection: Connected, email: str, password_hash: str, known_at: str | None
) -> Person | None:
    """Who claims this e-mail with this password: its holder, or else the latest to have claimed it.

    With `known_at` only somebody who has signed in from this address before.
    """
    cursor = await connection.execute(
        f"""
        SELECT {_PERSON} FROM accounts.persons
        WHERE email = %(email)s AND password_hash = %(password_hash)s AND (
            %(known_at)s::text IS NULL OR EXISTS (
                SELECT FROM accounts.known_addresses WHERE person = persons.id AND address = %(known_at)s
            )
        )
        ORDER BY email_verified_at IS NULL, created_at DESC, id LIMIT 1
        """,  # noqa: S608
        {"email": email, "password_hash": password_hash, "known_at": known_at},
    )
    row = await cursor.fetchone()
    return None if row is None else Person(*row)


async def person_by_id(connection: Connected, person: UUID) -> Person | None:
    """The person with this id."""
    cursor = await connection.execute(
        f"SELECT {_PERSON} FROM accounts.persons WHERE id = %s",  # noqa: S608
        (person,),
    )
    row = await cursor.fetchone()
    return None if row is None else Person(*row)


async def lock_person(connection: Connected, person: UUID) -> None:
    """Locks a person until the transaction ends."""
    await connection.execute("SELECT FROM accounts.persons WHERE id = %s FOR UPDATE", (person,))
