"""The SQL of rates. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Final

from cse.accounts.rates.models import OwnRate
from cse.domain.rates import Rate
from cse.runtime.postgres import Connected

# Passed on whenever a rate, or the tier of an account, is another. Migration 0180 has it too.
RATES_CHANGED: Final = "rates_changed"


async def own_rates(connection: Connected) -> list[OwnRate]:
    """All rates, by tier."""
    cursor = await connection.execute(
        "SELECT tier, rate, at_once, per_second FROM accounts.rates ORDER BY tier, rate"
    )
    return [OwnRate(tier, Rate(*rate)) for tier, *rate in await cursor.fetchall()]


async def take_turn(connection: Connected) -> None:
    """Waits until nobody else changes them."""
    await connection.execute("LOCK TABLE accounts.rates IN SHARE ROW EXCLUSIVE MODE")


async def put(connection: Connected, own: OwnRate) -> None:
    """Sets a rate of a tier, and passes it on."""
    await connection.execute(
        """
        INSERT INTO accounts.rates (tier, rate, at_once, per_second) VALUES (%s, %s, %s, %s)
        ON CONFLICT (tier, rate) DO UPDATE
            SET at_once = excluded.at_once, per_second = excluded.per_second
        """,
        (own.tier, *own.rate),
    )
    await connection.execute("SELECT pg_notify(%s, '')", (RATES_CHANGED,))


async def remove(connection: Connected, tier: int, name: str) -> None:
    """Leaves a tier the rate of tier 0, and passes it on."""
    await connection.execute("DELETE FROM accounts.rates WHERE tier = %s AND rate = %s", (tier, name))
    await connection.execute("SELECT pg_notify(%s, '')", (RATES_CHANGED,))
