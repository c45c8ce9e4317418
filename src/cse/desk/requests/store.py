"""The SQL of requests. Every function works in its caller's transaction."""

from __future__ import annotations

from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.desk.requests.models import Asked, DeskRequest, GuardedAct, Outcome
from cse.domain import codes
from cse.runtime.outbox import Source
from cse.runtime.postgres import Connected

SHOWN_MAX: Final = 100
# What the core answered stands in the outbox, also where nobody was left to wait for it.
_REQUEST: Final[LiteralString] = f"""
    id, act, subject, body, before, after, reason, asked_by,
    (extract(epoch FROM asked_at) * 1000000)::bigint, (extract(epoch FROM expires_at) * 1000000)::bigint,
    expires_at <= now(), (extract(epoch FROM decided_at) * 1000000)::bigint, decided_by, outcome,
    decision_reason, failure,
    (SELECT code FROM runtime.outbox AS answered
        WHERE answered.source = {Source.DESK.value} AND answered.number = outbox_number)
"""  # noqa: S608


async def add(connection: Connected, request: UUID, asked: Asked, asked_by: UUID, good_for_s: int) -> None:
    """Adds a request that is open for so long."""
    await connection.execute(
        """
        INSERT INTO desk.requests (id, act, subject, body, before, after, reason, asked_by, expires_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, now() + make_interval(secs => %s))
        """,
        (
            request, asked.act.value, asked.subject, Jsonb(dict(asked.body)), asked.before, asked.after,
            asked.reason, asked_by, good_for_s,
        ),
    )  # fmt: skip


async def withdraw_same(connection: Connected, asked: Asked, asked_by: UUID) -> list[DeskRequest]:
    """Withdraws what the same operator has asked for before, about the same subject, while it is open."""
    cursor = await connection.execute(
        f"""
        UPDATE desk.requests SET outcome = 'withdrawn', decided_at = now(), decided_by = asked_by::text
        WHERE outcome IS NULL AND expires_at > now() AND asked_by = %s AND act = %s AND subject = %s
        RETURNING {_REQUEST}
        """,  # noqa: S608
        (asked_by, asked.act.value, asked.subject),
    )
    return [_request(row) for row in await cursor.fetchall()]


async def one(connection: Connected, request: UUID) -> DeskRequest | None:
    """A request."""
    cursor = await connection.execute(
        f"SELECT {_REQUEST} FROM desk.requests WHERE id = %s",  # noqa: S608
        (request,),
    )
    row = await cursor.fetchone()
    return None if row is None else _request(row)


async def locked(connection: Connected, request: UUID) -> DeskRequest | None:
    """A request that nobody else decides until the transaction ends."""
    cursor = await connection.execute(
        f"SELECT {_REQUEST} FROM desk.requests WHERE id = %s FOR UPDATE",  # noqa: S608
        (request,),
    )
    row = await cursor.fetchone()
    return None if row is None else _request(row)


async def last(connection: Connected) -> list[DeskRequest]:
    """The last requests, those first that are open."""
    cursor = await connection.execute(
        f"""
        SELECT {_REQUEST} FROM desk.requests
        ORDER BY (outcome IS NULL AND expires_at > now()) DESC, asked_at DESC, id DESC LIMIT {SHOWN_MAX}
        """  # noqa: S608
    )
    return [_request(row) for row in await cursor.fetchall()]


async def count_open(connection: Connected) -> tuple[int, int | None]:
    """How many requests are open, and for how many seconds the oldest."""
    cursor = await connection.execute(
        """
        SELECT count(*), extract(epoch FROM now() - min(asked_at))::bigint
        FROM desk.requests WHERE outcome IS NULL AND expires_at > now()
        """
    )
    row = await cursor.fetchone()
    assert row is not None
    return row[0], row[1]


async def decide(connection: Connected, request: UUID, outcome: Outcome, by: str, reason: str | None) -> None:
    """Notes what became of an open request."""
    await connection.execute(
        """
        UPDATE desk.requests SET outcome = %s, decided_at = now(), decided_by = %s, decision_reason = %s
        WHERE id = %s AND outcome IS NULL
        """,
        (outcome, by, reason, request),
    )


async def note_number(connection: Connected, request: UUID, number: int) -> None:
    """Notes the row of the outbox by which a request is carried out."""
    await connection.execute("UPDATE desk.requests SET outbox_number = %s WHERE id = %s", (number, request))


async def note_failure(connection: Connected, request: UUID, failure: str) -> None:
    """Notes that the core refused what was approved."""
    await connection.execute("UPDATE desk.requests SET failure = %s WHERE id = %s", (failure, request))


def _request(row: tuple[Any, ...]) -> DeskRequest:
    act, subject, body, before, after, reason = row[1:7]
    rest, failure, answered = row[7:-2], *row[-2:]
    if failure is None and answered:
        failure = codes.BY_NUMBER[answered].name
    asked = Asked(GuardedAct(act), subject, body, before, after, reason)
    return DeskRequest(row[0], asked, *(*rest, failure))
