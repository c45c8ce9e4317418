"""The worker that hands applications to a provider. Any number of processes may have one."""

from __future__ import annotations

import asyncio
import logging
from typing import Final

import psycopg
from psycopg_pool import PoolTimeout

from cse.accounts.verification import store
from cse.accounts.verification.models import OpenedDocument, Verification
from cse.accounts.verification.providers.port import (
    Answer,
    Answers,
    ProviderUnavailable,
    Submission,
    Verdict,
    VerificationPort,
)
from cse.accounts.verification.review import Reviews
from cse.accounts.verification.sealing import Sealing
from cse.runtime.postgres import Pool

LOOK_S: Final = 1.0
AT_ONCE: Final = 4
# Far longer than handing over takes: while it lasts nobody else does.
LEASE_S: Final = 300
# Some hours; then operators look at it.
TRIES_MAX: Final = 20
_LOG: Final = logging.getLogger("cse.verification")


class ReviewAnswers:
    """Has answers decide about applications."""

    def __init__(self, reviews: Reviews, provider: str) -> None:
        self._reviews = reviews
        self._provider = provider

    async def take(self, answer: Answer) -> bool:
        """Whether anything came of it."""
        approved = None if answer.verdict is Verdict.UNSURE else answer.verdict is Verdict.APPROVED
        counted = await self._reviews.take_answer(
            answer.verification, approved, answer.reason, self._provider
        )
        if not counted:
            _LOG.info("an answer about %s is of no use any more", answer.verification)
        return counted


class Handing:
    """Hands over what is to be, each until the provider has it."""

    def __init__(self, pool: Pool, sealing: Sealing, port: VerificationPort, answers: Answers) -> None:
        self._pool = pool
        self._sealing = sealing
        self._port = port
        self._answers = answers

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            try:
                handed = await self.hand_due()
            except (psycopg.Error, PoolTimeout) as error:
                _LOG.warning("verification waits for PostgreSQL: %s", error)
                handed = 0
            if handed == 0:
                await asyncio.sleep(LOOK_S)

    async def hand_due(self) -> int:
        """Hands over what is due, once each; returns how many these were."""
        async with self._pool.connection() as connection:
            due = await store.take_to_hand(connection, AT_ONCE, LEASE_S)
        for verification, tries in due:
            try:
                await self._hand(verification, tries)
            except psycopg.Error:
                raise
            except Exception:
                # What nobody expects must not keep others from being handed over; its lease ends.
                _LOG.exception("verification %s stays where it is", verification.id)
        return len(due)

    async def _hand(self, verification: Verification, tries: int) -> None:
        if tries > TRIES_MAX:
            await self._answers.take(Answer(verification.id, Verdict.UNSURE))
            return
        try:
            answer = await self._port.submit(await self._submission(verification))
        except ProviderUnavailable as failure:
            _LOG.warning("verification %s, try %d: %s", verification.id, tries, failure)
            async with self._pool.connection() as connection:
                await store.put_off(connection, verification.id)
            return
        if answer is not None:
            await self._answers.take(answer)
            return
        async with self._pool.connection() as connection:
            await store.note_handed(connection, verification.id)

    async def _submission(self, verification: Verification) -> Submission:
        documents = []
        async with self._pool.connection() as connection:
            for document in await store.documents(connection, verification.id):
                kept = await store.document(connection, verification.id, document.id)
                if kept is not None:
                    content = self._sealing.open_document(document.id, kept[1])
                    documents.append(OpenedDocument(document, content))
        assert verification.sealed is not None, "what is handed over is not erased"
        facts = self._sealing.open_facts(verification.id, verification.sealed)
        return Submission(verification.id, verification.level, facts, documents)
