"""The SQL of the faucet."""

from __future__ import annotations

from uuid import UUID

from cse.domain.verification import Level
from cse.runtime.postgres import Connected


async def hold_unfrozen(connection: Connected, person: UUID) -> bool:
    """Whether a person is not frozen, nor closed; none who is not becomes it until the transaction ends."""
    cursor = await connection.execute("SELECT faucet.hold_unfrozen(%s)", (person,))
    row = await cursor.fetchone()
    assert row is not None
    return bool(row[0])


async def verified_level(connection: Connected, person: UUID) -> Level:
    """How far a person is verified."""
    cursor = await connection.execute("SELECT faucet.verified_level(%s)", (person,))
    row = await cursor.fetchone()
    return Level.NONE if row is None or row[0] is None else Level(row[0])


async def add_to_day(connection: Connected, person: UUID, asset: int, units: int, limit: int) -> bool:
    """Adds to what the person was given today; False, and nothing changed, when over the limit."""
    cursor = await connection.execute(
        """
        INSERT INTO faucet.daily_totals AS given (person, day, asset, units)
        VALUES (%(person)s, (now() AT TIME ZONE 'UTC')::date, %(asset)s, %(units)s)
        ON CONFLICT (person, day, asset) DO UPDATE SET units = given.units + excluded.units
        WHERE given.units + excluded.units <= %(limit)s
        """,
        {"person": person, "asset": asset, "units": units, "limit": limit},
    )
    return cursor.rowcount == 1
