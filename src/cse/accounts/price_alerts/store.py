"""The SQL of price alerts. All in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from uuid import UUID

from cse.accounts.price_alerts.models import (
    KEPT_DAYS,
    REACHED_SHOWN_MAX,
    PriceAlert,
    PriceRange,
)
from cse.runtime.postgres import Connected

_COLUMNS: Final = """
    id, person, market, market_name, price, price_text, direction, by_mail, sequence,
    (extract(epoch FROM created_at) * 1000000)::bigint, (extract(epoch FROM reached_at) * 1000000)::bigint
"""


async def lock_person(connection: Connected, person: UUID) -> None:
    """Lets nobody else count this person's alerts until the transaction ends."""
    await connection.execute("SELECT FROM accounts.persons WHERE id = %s FOR NO KEY UPDATE", (person,))


async def set_again(connection: Connected, alert: PriceAlert) -> PriceAlert | None:
    """The person's alert of this price that waits already, told by the way that was asked for last."""
    cursor = await connection.execute(
        f"""
        UPDATE accounts.price_alerts SET by_mail = %s
        WHERE person = %s AND market = %s AND direction = %s AND price = %s AND reached_at IS NULL
        RETURNING {_COLUMNS}
        """,  # noqa: S608 - of constants
        (alert.by_mail, alert.person, alert.market, alert.direction, alert.price),
    )
    row = await cursor.fetchone()
    return None if row is None else PriceAlert(*row)


async def count_waiting(connection: Connected, person: UUID) -> int:
    """How many of a person's alerts wait."""
    cursor = await connection.execute(
        "SELECT count(*) FROM accounts.price_alerts WHERE person = %s AND reached_at IS NULL", (person,)
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def any_waiting(connection: Connected) -> bool:
    """Whether there is an alert that waits."""
    cursor = await connection.execute(
        "SELECT EXISTS (SELECT FROM accounts.price_alerts WHERE reached_at IS NULL)"
    )
    row = await cursor.fetchone()
    assert row is not None
    return bool(row[0])


async def add(connection: Connected, alert: PriceAlert) -> None:
    """Adds an alert, and takes away what was reached long ago."""
    await connection.execute(
        """
        INSERT INTO accounts.price_alerts
            (id, person, market, market_name, price, price_text, direction, by_mail, sequence, created_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, to_timestamp(%s / 1000000.0))
        """,
        (
            alert.id, alert.person, alert.market, alert.market_name, alert.price, alert.price_text,
            alert.direction, alert.by_mail, alert.sequence, alert.created_at_us,
        ),
    )  # fmt: skip
    await connection.execute(
        "DELETE FROM accounts.price_alerts WHERE person = %s AND reached_at < now() - %s * interval '1 day'",
        (alert.person, KEPT_DAYS),
    )


async def of(connection: Connected, person: UUID) -> list[PriceAlert]:
    """A person's alerts: what waits first, each part the latest first."""
    cursor = await connection.execute(
        f"""
        (SELECT {_COLUMNS} FROM accounts.price_alerts
            WHERE person = %(person)s AND reached_at IS NULL ORDER BY id DESC)
        UNION ALL
        (SELECT {_COLUMNS} FROM accounts.price_alerts
            WHERE person = %(person)s AND reached_at IS NOT NULL ORDER BY reached_at DESC LIMIT %(shown)s)
        """,  # noqa: S608 - of constants
        {"person": person, "shown": REACHED_SHOWN_MAX},
    )
    return [PriceAlert(*row) for row in await cursor.fetchall()]


async def remove(connection: Connected, person: UUID, alert: UUID) -> bool:
    """Removes an alert of this person's; False where there is none."""
    cursor = await connection.execute(
        "DELETE FROM accounts.price_alerts WHERE id = %s AND person = %s", (alert, person)
    )
    return cursor.rowcount == 1


async def within(connection: Connected, ranges: Sequence[PriceRange]) -> list[PriceAlert]:
    """What waits for a price that lies within what its market traded at; nobody else has it meanwhile."""
    if not ranges:
        return []
    cursor = await connection.execute(
        f"""
        SELECT {_COLUMNS} FROM accounts.price_alerts AS alert
        JOIN unnest(%s::integer[], %s::bigint[], %s::bigint[]) AS traded (traded_market, lowest, highest)
            ON alert.market = traded_market
        WHERE alert.reached_at IS NULL AND (
            alert.direction = 'at_or_above' AND alert.price <= highest
            OR alert.direction = 'at_or_below' AND alert.price >= lowest
        )
        ORDER BY id FOR UPDATE OF alert
        """,  # noqa: S608 - of constants
        tuple(map(list, zip(*ranges, strict=True))),
    )
    return [PriceAlert(*row) for row in await cursor.fetchall()]


async def set_reached(connection: Connected, alert: UUID) -> None:
    """Notes that an alert was reached."""
    await connection.execute("UPDATE accounts.price_alerts SET reached_at = now() WHERE id = %s", (alert,))
