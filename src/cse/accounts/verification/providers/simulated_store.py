"""The SQL of what the simulated provider was given. All in the caller's transaction."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.verification.providers.port import Answer, Verdict
from cse.domain.verification import RefusalReason
from cse.runtime.postgres import Connected


async def add(connection: Connected, answer: Answer, delay_s: float) -> None:
    """Keeps an answer until it is due; nothing where there is one."""
    await connection.execute(
        """
        INSERT INTO accounts.simulated_checks (verification, verdict, reason, answers_at)
        VALUES (%s, %s, %s, now() + make_interval(secs => %s)) ON CONFLICT DO NOTHING
        """,
        (
            answer.verification,
            answer.verdict.value,
            None if answer.reason is None else answer.reason.value,
            delay_s,
        ),
    )


async def take_due(connection: Connected, most: int) -> list[Answer]:
    """The answers that are due, but for those that others are giving."""
    cursor = await connection.execute(
        """
        SELECT verification, verdict, reason FROM accounts.simulated_checks
        WHERE answers_at <= now() ORDER BY answers_at LIMIT %s FOR UPDATE SKIP LOCKED
        """,
        (most,),
    )
    return [
        Answer(row[0], Verdict(row[1]), None if row[2] is None else RefusalReason(row[2]))
        for row in await cursor.fetchall()
    ]


async def forget(connection: Connected, verification: UUID) -> None:
    """Takes an answer away that was given."""
    await connection.execute("DELETE FROM accounts.simulated_checks WHERE verification = %s", (verification,))
