"""The SQL of notifications. All in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.accounts.notifications.models import UNREAD_MAX, Kind, Notification
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected

KEPT_DAYS: Final = 90
KEPT_MAX: Final = 1_000
# Where PostgreSQL passes on whose notifications have changed, when the transaction ends.
NOTIFICATIONS_CHANGED: Final = "notifications_changed"


async def add(
    connection: Connected, person: UUID, kind: Kind, target: str, facts: Mapping[str, str], count: int
) -> bool:
    """Adds a notification, or to the one of this kind and target that is not read; whether it is a new one.

    An `amount` among the facts, a decimal, is added to the one there is.
    """
    cursor = await connection.execute(
        """
        INSERT INTO accounts.notifications AS kept (id, person, kind, target, facts, count)
        VALUES (%s, %s, %s, %s, %s, %s)
        ON CONFLICT (person, kind, target) WHERE read_at IS NULL AND target <> '' DO UPDATE SET
            count = kept.count + excluded.count, updated_at = now(),
            facts = CASE WHEN kept.facts ? 'amount' THEN jsonb_set(excluded.facts, '{amount}', to_jsonb(
                ((kept.facts ->> 'amount')::numeric + (excluded.facts ->> 'amount')::numeric)::text
            )) ELSE excluded.facts END
        RETURNING xmax = 0
        """,
        (new_uuid(), person, kind.value, target, Jsonb(dict(facts)), count),
    )
    row = await cursor.fetchone()
    assert row is not None
    await _pass_on(connection, person)
    return bool(row[0])


async def of(connection: Connected, person: UUID, before: UUID | None, limit: int) -> list[Notification]:
    """A person's notifications, the latest first, from before one of them on."""
    cursor = await connection.execute(
        """
        SELECT id, kind, facts, count, (extract(epoch FROM updated_at) * 1000000)::bigint,
            read_at IS NOT NULL
        FROM accounts.notifications
        WHERE person = %(person)s AND (%(before)s::uuid IS NULL OR id < %(before)s)
        ORDER BY id DESC LIMIT %(limit)s
        """,
        {"person": person, "before": before, "limit": limit},
    )
    return [Notification(*row) for row in await cursor.fetchall()]


async def unread(connection: Connected, person: UUID) -> int:
    """How many of a person's are not read, at most `UNREAD_MAX`."""
    cursor = await connection.execute(
        """
        SELECT count(*) FROM (
            SELECT FROM accounts.notifications WHERE person = %s AND read_at IS NULL LIMIT %s
        ) AS found
        """,
        (person, UNREAD_MAX),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def mark_read(connection: Connected, person: UUID, one: UUID | None, up_to: UUID | None) -> None:
    """Marks one of a person's as read, or all up to one; not what is being added to at this moment."""
    await connection.execute(
        """
        WITH meant AS (
            SELECT id FROM accounts.notifications
            WHERE person = %(person)s AND read_at IS NULL AND (id = %(one)s OR id <= %(up_to)s)
            FOR UPDATE SKIP LOCKED
        )
        UPDATE accounts.notifications AS kept SET read_at = now() FROM meant WHERE kept.id = meant.id
        """,
        {"person": person, "one": one, "up_to": up_to},
    )
    await _pass_on(connection, person)


async def _pass_on(connection: Connected, person: UUID) -> None:
    """Has every process hear of it that a person's notifications have changed."""
    await connection.execute("SELECT pg_notify(%s, %s)", (NOTIFICATIONS_CHANGED, str(person)))


async def take_position(connection: Connected, start: int) -> int | None:
    """Up to where persons were told, locked; None while another process tells them. It begins at `start`."""
    await connection.execute(
        "INSERT INTO accounts.notified (sequence) VALUES (%s) ON CONFLICT DO NOTHING", (start,)
    )
    cursor = await connection.execute("SELECT sequence FROM accounts.notified FOR UPDATE SKIP LOCKED")
    row = await cursor.fetchone()
    return None if row is None else int(row[0])


async def hold_position(connection: Connected) -> int:
    """Up to where persons were told; nobody goes on until the transaction ends. 0 before it has begun."""
    cursor = await connection.execute("SELECT sequence FROM accounts.notified FOR SHARE")
    row = await cursor.fetchone()
    return 0 if row is None else int(row[0])


async def move_position(connection: Connected, sequence: int) -> None:
    """Notes up to where persons were told."""
    await connection.execute("UPDATE accounts.notified SET sequence = %s", (sequence,))


async def persons_of(connection: Connected, accounts: Sequence[int]) -> dict[int, UUID]:
    """Whose accounts these are, of those that are a person's who has not closed them."""
    cursor = await connection.execute(
        """
        SELECT account, id FROM accounts.persons
        WHERE account = ANY(%(accounts)s) AND closed_at IS NULL
        UNION ALL
        SELECT sub.account, sub.person FROM accounts.sub_accounts AS sub
        JOIN accounts.persons AS owner ON owner.id = sub.person
        WHERE sub.account = ANY(%(accounts)s) AND owner.closed_at IS NULL
        """,
        {"accounts": list(accounts)},
    )
    return dict(await cursor.fetchall())


async def sweep(connection: Connected) -> None:
    """Forgets what is old, and of each person all but the latest."""
    await connection.execute(
        "DELETE FROM accounts.notifications WHERE updated_at < now() - make_interval(days => %s)",
        (KEPT_DAYS,),
    )
    await connection.execute(
        """
        DELETE FROM accounts.notifications WHERE id IN (
            SELECT id FROM (
                SELECT id, row_number() OVER (PARTITION BY person ORDER BY id DESC) AS place
                FROM accounts.notifications
            ) AS placed WHERE place > %s
        )
        """,
        (KEPT_MAX,),
    )
