"""The SQL of what was moved without an approval. Every function works in its caller's transaction."""

from __future__ import annotations

from uuid import UUID

from cse.runtime.postgres import Connected


async def add(connection: Connected, organisation: UUID, number: int, asset: str, units: int) -> None:
    """Notes what a row of the outbox moves."""
    await connection.execute(
        """
        INSERT INTO accounts.organisation_moves (outbox_number, organisation, asset, units)
        VALUES (%s, %s, %s, %s)
        """,
        (number, organisation, asset, units),
    )


async def moved_units(connection: Connected, organisation: UUID, asset: str) -> int:
    """How many units were moved within the last 24 hours, also what the core has refused since."""
    cursor = await connection.execute(
        """
        SELECT coalesce(sum(units), 0)::text FROM accounts.organisation_moves
        WHERE organisation = %s AND asset = %s AND moved_at > now() - interval '1 day'
        """,
        (organisation, asset),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def sweep(connection: Connected) -> None:
    """Forgets what no limit looks back to."""
    await connection.execute(
        "DELETE FROM accounts.organisation_moves WHERE moved_at < now() - interval '2 days'"
    )
