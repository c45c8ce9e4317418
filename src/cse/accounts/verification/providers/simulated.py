"""A demo's provider: decides by what it is given, and answers a little later, as a real one would.

It decides by the first words of the legal name, so that each way can be tried; of everybody else it is
unsure, and operators look at it.
"""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.verification.providers import simulated_store
from cse.accounts.verification.providers.port import Answer, Answers, Submission, Verdict
from cse.domain.verification import RefusalReason
from cse.runtime.postgres import Pool

LOOK_S: Final = 1.0
DELAY_S: Final = 3.0
AT_ONCE: Final = 8
_BEGINNINGS: Final = (
    ("demo approved", Verdict.APPROVED, None),
    ("demo unreadable", Verdict.REFUSED, RefusalReason.DOCUMENT_UNREADABLE),
    ("demo expired", Verdict.REFUSED, RefusalReason.DOCUMENT_EXPIRED),
    ("demo refused", Verdict.REFUSED, RefusalReason.NOT_POSSIBLE),
)
_LOG: Final = logging.getLogger("cse.verification")


class SimulatedProvider:
    """Keeps what it was given in PostgreSQL, and answers from there. It looks at nobody's documents."""

    name = "simulated"

    def __init__(self, pool: Pool, answers: Answers, delay_s: float = DELAY_S) -> None:
        self._pool = pool
        self._answers = answers
        self._delay_s = delay_s

    async def submit(self, submission: Submission) -> None:
        """Takes it; the answer comes later. What comes again is answered as it was."""
        async with self._pool.connection() as connection:
            await simulated_store.add(connection, decided(submission), self._delay_s)

    async def run(self) -> None:
        """Answers until cancelled."""
        while True:
            try:
                answered = await self.answer_due()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("the simulated provider waits for PostgreSQL: %s", error)
                answered = 0
            if answered == 0:
                await asyncio.sleep(LOOK_S)

    async def answer_due(self) -> int:
        """Gives the answers that are due; how many these were.

        Where a process dies behind an answer, it is given again.
        """
        async with self._pool.connection() as connection:
            due = await simulated_store.take_due(connection, AT_ONCE)
            for answer in due:
                await self._answers.take(answer)
                await simulated_store.forget(connection, answer.verification)
        return len(due)


def decided(submission: Submission) -> Answer:
    """What is said of an application."""
    name = submission.facts.legal_name.casefold()
    for beginning, verdict, reason in _BEGINNINGS:
        if name == beginning or name.startswith(f"{beginning} "):
            return Answer(submission.id, verdict, reason)
    return Answer(submission.id, Verdict.UNSURE)
