"""The SQL of sessions, and of where persons were before. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.models import Person, Session, UsedSession, Visit
from cse.runtime.postgres import Connected

SESSION_LIFE_DAYS: Final = 30
SESSION_IDLE_DAYS: Final = 7
SESSIONS_SHOWN_MAX: Final = 100
SESSION_ENDED: Final = "accounts_session_ended"
_LIVE: Final = f"""
    ended_at IS NULL AND expires_at > now() AND rotated_at > now() - interval '{SESSION_IDLE_DAYS} days'
"""


async def is_known_to(connection: Connected, person: UUID, address: str) -> bool:
    """Whether the person has signed in from this address before."""
    cursor = await connection.execute(
        "SELECT FROM accounts.known_addresses WHERE person = %s AND address = %s", (person, address)
    )
    return await cursor.fetchone() is not None


async def is_new_to(connection: Connected, person: UUID, address: str) -> bool:
    """Whether the person has signed in before, and never from this address."""
    cursor = await connection.execute(
        """
        SELECT count(*) > 0 AND count(*) FILTER (WHERE address = %s) = 0
        FROM accounts.known_addresses WHERE person = %s
        """,
        (address, person),
    )
    row = await cursor.fetchone()
    assert row is not None
    return bool(row[0])


async def remember_address(connection: Connected, person: UUID, address: str) -> None:
    """Notes that the person has signed in from this address."""
    await connection.execute(
        """
        INSERT INTO accounts.known_addresses (person, address) VALUES (%s, %s)
        ON CONFLICT (person, address) DO UPDATE SET last_at = now()
        """,
        (person, address),
    )


async def add_session(
    connection: Connected, session: UUID, person: Person, visit: Visit, verified_by: str
) -> bool:
    """Begins a session at generation 1, of somebody who has just shown by this that it is them.

    False if their password has changed, or they were frozen, since `person` was read: what it showed
    counts no more.
    """
    cursor = await connection.execute(
        """
        WITH same AS (
            SELECT id FROM accounts.persons
            WHERE id = %s AND password_number = %s AND frozen_at IS NULL FOR SHARE
        )
        INSERT INTO accounts.sessions
            (id, person, expires_at, address, user_agent, verified_at, verified_by)
        SELECT %s, same.id, now() + make_interval(days => %s), %s, %s, now(), %s FROM same
        """,
        (
            person.id, person.password_number, session, SESSION_LIFE_DAYS, visit.address, visit.user_agent,
            verified_by,
        ),
    )  # fmt: skip
    return cursor.rowcount == 1


async def lock_session(connection: Connected, session: UUID) -> Session | None:
    """The session, locked until the transaction ends."""
    cursor = await connection.execute(
        f"""
        SELECT id, person, generation, extract(epoch FROM now() - rotated_at)::float8, {_LIVE},
            extract(epoch FROM expires_at - now())::float8, address
        FROM accounts.sessions WHERE id = %s FOR UPDATE
        """,  # noqa: S608
        (session,),
    )
    row = await cursor.fetchone()
    return None if row is None else Session(*row)


async def rotate_session(connection: Connected, session: UUID, address: str) -> None:
    """Moves a locked session to its next generation, seen at this address."""
    await connection.execute(
        """
        UPDATE accounts.sessions SET generation = generation + 1, rotated_at = now(), address = %s
        WHERE id = %s
        """,
        (address, session),
    )


async def live_sessions(connection: Connected, person: UUID) -> list[UsedSession]:
    """The person's sessions, the latest used first, at most `SESSIONS_SHOWN_MAX`."""
    cursor = await connection.execute(
        f"""
        SELECT id, user_agent, address, name,
            (extract(epoch FROM created_at) * 1000000)::bigint,
            (extract(epoch FROM rotated_at) * 1000000)::bigint,
            (extract(epoch FROM least(expires_at, rotated_at + interval '{SESSION_IDLE_DAYS} days'))
                * 1000000)::bigint
        FROM accounts.sessions WHERE person = %s AND {_LIVE}
        ORDER BY rotated_at DESC, id LIMIT {SESSIONS_SHOWN_MAX}
        """,  # noqa: S608
        (person,),
    )
    return [UsedSession(*row) for row in await cursor.fetchall()]


async def name_session(connection: Connected, person: UUID, session: UUID, name: str | None) -> bool:
    """Names a person's live session; False where there is no such one."""
    cursor = await connection.execute(
        f"UPDATE accounts.sessions SET name = %s WHERE id = %s AND person = %s AND {_LIVE}",  # noqa: S608
        (name, session, person),
    )
    return cursor.rowcount == 1


async def end_own_session(connection: Connected, person: UUID, session: UUID, reason: str) -> bool:
    """Ends a person's live session and tells every edge; False where there is no such one."""
    cursor = await connection.execute(
        f"SELECT FROM accounts.sessions WHERE id = %s AND person = %s AND {_LIVE} FOR UPDATE",
        (session, person),
    )
    if await cursor.fetchone() is None:
        return False
    await end_session(connection, session, reason)
    return True


async def end_other_sessions(
    connection: Connected, person: UUID, kept: UUID | None, reason: str
) -> list[UUID]:
    """Ends all of a person's sessions but one and, once this commits, tells every edge; those it ended."""
    cursor = await connection.execute(
        """
        WITH ended AS (
            UPDATE accounts.sessions SET ended_at = now(), end_reason = %s
            WHERE person = %s AND id IS DISTINCT FROM %s AND ended_at IS NULL
            RETURNING id
        )
        SELECT id, pg_notify(%s, id::text) FROM ended
        """,
        (reason, person, kept, SESSION_ENDED),
    )
    return [row[0] for row in await cursor.fetchall()]


async def end_session(connection: Connected, session: UUID, reason: str) -> None:
    """Ends a session and, once this commits, tells every edge."""
    await connection.execute(
        """
        UPDATE accounts.sessions SET ended_at = now(), end_reason = %s
        WHERE id = %s AND ended_at IS NULL
        """,
        (reason, session),
    )
    await connection.execute("SELECT pg_notify(%s, %s)", (SESSION_ENDED, str(session)))


async def ended_sessions(connection: Connected, within_s: int) -> list[str]:
    """Sessions that ended lately."""
    cursor = await connection.execute(
        "SELECT id FROM accounts.sessions WHERE ended_at > now() - make_interval(secs => %s)",
        (within_s,),
    )
    return [str(row[0]) for row in await cursor.fetchall()]
