"""The SQL of what is asked for in organisations. Every function works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, LiteralString
from uuid import UUID

from psycopg.types.json import Jsonb

from cse.accounts.organisations.approvals.models import Approval, ApprovalRequest, Asked, Outcome
from cse.accounts.organisations.policy import GuardedAct
from cse.domain import codes
from cse.runtime.outbox import Source
from cse.runtime.postgres import Connected

SHOWN_MAX: Final = 100
OPEN_MAX: Final = 50
# What the core answered stands in the outbox, also where nobody was left to wait for it.
_REQUEST: Final[LiteralString] = f"""
    asked.id, organisation, act, facts, digest, asked.policy_version, needed, asked_by,
    (extract(epoch FROM asked_at) * 1000000)::bigint, (extract(epoch FROM expires_at) * 1000000)::bigint,
    expires_at <= now(), asked.policy_version = there.policy_version, outcome,
    (extract(epoch FROM decided_at) * 1000000)::bigint, decided_by, decision_reason,
    outbox_number, failure,
    (SELECT code FROM runtime.outbox AS answered
        WHERE answered.source = {Source.ACCOUNTS.value} AND answered.number = outbox_number)
"""  # noqa: S608
_FROM: Final[LiteralString] = """
    accounts.organisation_requests AS asked JOIN accounts.organisations AS there ON there.id = organisation
"""
_OPEN: Final[LiteralString] = """
    outcome IS NULL AND expires_at > now() AND asked.policy_version = there.policy_version
"""


async def add(connection: Connected, request: ApprovalRequest, key: str | None, good_for_s: int) -> None:
    """Adds what is asked for, open for so long; a repeat is known by `key`."""
    await connection.execute(
        """
        INSERT INTO accounts.organisation_requests
            (id, organisation, act, facts, digest, policy_version, needed, asked_by,
            idempotency_key, expires_at)
        VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, now() + make_interval(secs => %s))
        """,
        (
            request.id, request.organisation, request.asked.act.value, Jsonb(dict(request.asked.facts)),
            request.digest, request.policy_version, request.needed, request.asked_by, key, good_for_s,
        ),
    )  # fmt: skip


async def find(connection: Connected, organisation: UUID, request: UUID) -> ApprovalRequest | None:
    """What was asked for in an organisation."""
    cursor = await connection.execute(
        f"SELECT {_REQUEST} FROM {_FROM} WHERE asked.id = %s AND organisation = %s",  # noqa: S608
        (request, organisation),
    )
    row = await cursor.fetchone()
    return None if row is None else _request(row)


async def repeated(
    connection: Connected, organisation: UUID, asked_by: UUID, key: str
) -> ApprovalRequest | None:
    """What a member has asked for before with this key."""
    cursor = await connection.execute(
        f"""
        SELECT {_REQUEST} FROM {_FROM}
        WHERE organisation = %s AND asked_by = %s AND idempotency_key = %s
        """,  # noqa: S608
        (organisation, asked_by, key),
    )
    row = await cursor.fetchone()
    return None if row is None else _request(row)


async def last(connection: Connected, organisation: UUID) -> list[ApprovalRequest]:
    """The last requests, those first that are open."""
    cursor = await connection.execute(
        f"""
        SELECT {_REQUEST} FROM {_FROM} WHERE organisation = %s
        ORDER BY ({_OPEN}) DESC, asked_at DESC, asked.id DESC LIMIT {SHOWN_MAX}
        """,  # noqa: S608
        (organisation,),
    )
    return [_request(row) for row in await cursor.fetchall()]


async def count_open(connection: Connected, organisation: UUID) -> int:
    """How many are open."""
    cursor = await connection.execute(
        f"SELECT count(*) FROM {_FROM} WHERE organisation = %s AND {_OPEN}",  # noqa: S608
        (organisation,),
    )
    row = await cursor.fetchone()
    assert row is not None
    return int(row[0])


async def approve(connection: Connected, request: ApprovalRequest, person: UUID) -> bool:
    """Notes an approval; False where this person has given theirs before."""
    cursor = await connection.execute(
        """
        INSERT INTO accounts.organisation_approvals (request, asked_by, person) VALUES (%s, %s, %s)
        ON CONFLICT DO NOTHING
        """,
        (request.id, request.asked_by, person),
    )
    return cursor.rowcount == 1


async def approvals_of(connection: Connected, requests: Sequence[UUID]) -> list[Approval]:
    """Who has approved these, the first first."""
    cursor = await connection.execute(
        """
        SELECT request, person, (extract(epoch FROM approved_at) * 1000000)::bigint
        FROM accounts.organisation_approvals WHERE request = ANY (%s) ORDER BY approved_at, person
        """,
        (list(requests),),
    )
    return [Approval(*row) for row in await cursor.fetchall()]


async def decide(
    connection: Connected, request: UUID, outcome: Outcome, by: UUID, reason: str | None
) -> None:
    """Notes what became of what was asked for."""
    await connection.execute(
        """
        UPDATE accounts.organisation_requests
        SET outcome = %s, decided_at = now(), decided_by = %s, decision_reason = %s
        WHERE id = %s AND outcome IS NULL
        """,
        (outcome, by, reason, request),
    )


async def note_number(connection: Connected, request: UUID, number: int) -> None:
    """Notes the row of the outbox by which it is carried out."""
    await connection.execute(
        "UPDATE accounts.organisation_requests SET outbox_number = %s WHERE id = %s", (number, request)
    )


async def note_failure(connection: Connected, request: UUID, failure: str) -> None:
    """Notes that the core refused what was carried out."""
    await connection.execute(
        "UPDATE accounts.organisation_requests SET failure = %s WHERE id = %s", (failure, request)
    )


def _request(row: tuple[Any, ...]) -> ApprovalRequest:
    asked = Asked(GuardedAct(row[2]), row[3])
    rest, failure, answered = row[5:-2], *row[-2:]
    if failure is None and answered:
        failure = codes.BY_NUMBER[answered].name
    return ApprovalRequest(row[0], row[1], asked, bytes(row[4]), *(*rest, failure))
