"""The SQL of exports. All in the caller's transaction."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.exports.models import Export, Task
from cse.runtime.identity import new_uuid
from cse.runtime.postgres import Connected

FETCHABLE_DAYS: Final = 7
KEPT_DAYS: Final = 90
SHOWN_MAX: Final = 10
TRIES_MAX: Final = 5
# Longer than a piece takes to make: while it lasts nobody else begins anew.
LEASE_S: Final = 120


async def add(connection: Connected, person: UUID) -> UUID:
    """Adds one that is to be made."""
    export = new_uuid()
    await connection.execute("INSERT INTO accounts.exports (id, person) VALUES (%s, %s)", (export, person))
    return export


async def of(connection: Connected, person: UUID) -> list[Export]:
    """A person's, the latest first."""
    cursor = await connection.execute(
        """
        SELECT id, (extract(epoch FROM asked_at) * 1000000)::bigint,
            (extract(epoch FROM ended_at) * 1000000)::bigint,
            (extract(epoch FROM expires_at) * 1000000)::bigint,
            (extract(epoch FROM fetched_at) * 1000000)::bigint,
            pieces, bytes, coalesce(expires_at <= now(), false),
            extract(epoch FROM asked_at + interval '1 day' - now())::float8
        FROM accounts.exports WHERE person = %s ORDER BY asked_at DESC, id DESC LIMIT %s
        """,
        (person, SHOWN_MAX),
    )
    return [Export(*row) for row in await cursor.fetchall()]


async def take(connection: Connected) -> Task | None:
    """Takes one that waits, but for those that others are making; what was made of it before is forgotten.

    It waits again after `LEASE_S` unless `hold` is called before, or it has ended.
    """
    cursor = await connection.execute(
        """
        UPDATE accounts.exports
        SET tries = tries + 1, leased_until = now() + make_interval(secs => %s)
        WHERE id = (
            SELECT id FROM accounts.exports
            WHERE ended_at IS NULL AND leased_until < now()
            ORDER BY asked_at LIMIT 1 FOR UPDATE SKIP LOCKED
        )
        RETURNING id, person, tries
        """,
        (LEASE_S,),
    )
    row = await cursor.fetchone()
    if row is None:
        return None
    await _forget_pieces(connection, row[0])
    return Task(*row)


async def hold(connection: Connected, task: Task) -> bool:
    """Has it be this try's for longer; False where it is not this try's any more, or there is none."""
    cursor = await connection.execute(
        """
        UPDATE accounts.exports SET leased_until = now() + make_interval(secs => %s)
        WHERE id = %s AND tries = %s AND ended_at IS NULL
        """,
        (LEASE_S, task.id, task.tries),
    )
    return cursor.rowcount == 1


async def add_piece(connection: Connected, task: Task, number: int, sealed: bytes) -> None:
    """Keeps a piece of the archive; the caller holds the task."""
    await connection.execute(
        "INSERT INTO accounts.export_pieces (export, number, sealed) VALUES (%s, %s, %s)",
        (task.id, number, sealed),
    )


async def finish(connection: Connected, task: Task, pieces: int, size: int) -> bool:
    """Notes that the archive is there; False where that is not for this try to say."""
    cursor = await connection.execute(
        """
        UPDATE accounts.exports SET ended_at = now(), pieces = %s, bytes = %s,
            expires_at = now() + make_interval(days => %s)
        WHERE id = %s AND tries = %s AND ended_at IS NULL
        """,
        (pieces, size, FETCHABLE_DAYS, task.id, task.tries),
    )
    return cursor.rowcount == 1


async def fail(connection: Connected, task: Task) -> None:
    """Notes that none can be made."""
    await connection.execute(
        "UPDATE accounts.exports SET ended_at = now() WHERE id = %s AND tries = %s AND ended_at IS NULL",
        (task.id, task.tries),
    )


async def note_fetched(connection: Connected, export: UUID) -> None:
    """Notes that it was fetched just now."""
    await connection.execute("UPDATE accounts.exports SET fetched_at = now() WHERE id = %s", (export,))


async def piece(connection: Connected, export: UUID, number: int) -> bytes | None:
    """A piece as it is kept; None once the archive is forgotten."""
    cursor = await connection.execute(
        "SELECT sealed FROM accounts.export_pieces WHERE export = %s AND number = %s", (export, number)
    )
    row = await cursor.fetchone()
    return None if row is None else bytes(row[0])


async def sweep(connection: Connected) -> None:
    """Forgets archives that can be fetched no more, and later that they were asked for."""
    await connection.execute(
        """
        DELETE FROM accounts.export_pieces AS piece USING accounts.exports AS export
        WHERE export.id = piece.export AND export.ended_at IS NOT NULL
            AND coalesce(export.expires_at, export.ended_at) <= now()
        """
    )
    await connection.execute(
        "DELETE FROM accounts.exports WHERE ended_at < now() - make_interval(days => %s)", (KEPT_DAYS,)
    )


async def _forget_pieces(connection: Connected, export: UUID) -> None:
    await connection.execute("DELETE FROM accounts.export_pieces WHERE export = %s", (export,))
