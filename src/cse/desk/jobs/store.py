"""The SQL of outboxes as operators see them. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Final, NamedTuple

from cse.runtime.postgres import Connected

REFUSED_SHOWN_MAX: Final = 20
KEPT_IN_SIGHT_DAYS: Final = 30


class Outbox(NamedTuple):
    """An outbox: rows without an outcome, the age of the oldest in seconds, rows that were refused."""

    name: str
    waiting: int
    oldest_s: int | None
    refused: int


class Refused(NamedTuple):
    """A row that the core refused; the time in microseconds since 1970."""

    outbox: str
    number: int
    code: int
    at_us: int


async def outboxes(connection: Connected) -> list[Outbox]:
    """Every outbox, by its number."""
    cursor = await connection.execute(
        """
        WITH waiting AS (
            SELECT source, count(*) AS rows, extract(epoch FROM now() - min(created_at))::bigint AS oldest_s
            FROM runtime.outbox WHERE sequence IS NULL GROUP BY source
        ), refused AS (
            SELECT source, count(*) AS rows FROM runtime.outbox
            WHERE code <> 0 AND answered_at > now() - make_interval(days => %s) GROUP BY source
        )
        SELECT name, coalesce(waiting.rows, 0), oldest_s, coalesce(refused.rows, 0)
        FROM runtime.outbox_sources LEFT JOIN waiting USING (source) LEFT JOIN refused USING (source)
        ORDER BY source
        """,
        (KEPT_IN_SIGHT_DAYS,),
    )
    return [Outbox(*row) for row in await cursor.fetchall()]


async def refused(connection: Connected) -> list[Refused]:
    """The last commands that the core refused."""
    cursor = await connection.execute(
        """
        SELECT name, number, code, (extract(epoch FROM answered_at) * 1000000)::bigint
        FROM runtime.outbox JOIN runtime.outbox_sources USING (source)
        WHERE code <> 0 ORDER BY answered_at DESC LIMIT %s
        """,
        (REFUSED_SHOWN_MAX,),
    )
    return [Refused(*row) for row in await cursor.fetchall()]
