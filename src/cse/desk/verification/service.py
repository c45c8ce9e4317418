"""What reviewers see and decide, with the e-mails of whom it is about."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.people.service import People
from cse.accounts.verification.models import OpenedDocument, Reviewed, Verification
from cse.accounts.verification.review import Reviews
from cse.accounts.verification.service import document_view
from cse.audit.models import Actor
from cse.desk.verification.models import (
    Approval,
    QueuedVerification,
    ReviewedVerification,
    VerificationRefusal,
)
from cse.domain.verification import Level, RefusalReason
from cse.runtime.http.times import format_time


class VerificationDesk:
    """The queue. `viewer` is the operator's person; None at the machine's command line."""

    def __init__(self, reviews: Reviews, people: People) -> None:
        self._reviews = reviews
        self._people = people

    async def queue(
        self, by: Actor, viewer: UUID | None, *, approved: bool = False
    ) -> list[QueuedVerification]:
        """What waits, the oldest first, or what is approved, the latest first."""
        found = await self._reviews.queue(by, viewer, approved=approved)
        emails = await self._people.emails([one.person for one in found])
        return [_queued(one, emails.get(one.person)) for one in found]

    async def one(self, verification: str, by: Actor, viewer: UUID | None) -> ReviewedVerification:
        """An application. Raises `CodedError` not_found, not_to_oneself."""
        found = await self._reviews.one(verification, by, viewer)
        emails = await self._people.emails([found.verification.person])
        return _reviewed(found, emails.get(found.verification.person))

    async def document(
        self, verification: str, document: str, by: Actor, viewer: UUID | None
    ) -> OpenedDocument:
        """A document of an application. Raises `CodedError` not_found, not_to_oneself."""
        return await self._reviews.document(verification, document, by, viewer)

    async def approve(self, verification: str, asked: Approval, by: Actor, viewer: UUID | None) -> None:
        """Approves an application.

        Raises:
            CodedError: `not_found`, `not_to_oneself`, `verification_decided`, `sanctions_hit`,
                `account_unknown`, `invalid_field`.
        """
        await self._reviews.approve(verification, asked.reason, by, viewer, hit_cleared=asked.hit_cleared)

    async def refuse(
        self, verification: str, asked: VerificationRefusal, by: Actor, viewer: UUID | None
    ) -> None:
        """Refuses an application. Raises `CodedError` as `approve` does."""
        await self._reviews.refuse(verification, RefusalReason(asked.told), asked.reason, by, viewer)

    async def revoke(
        self, verification: str, asked: VerificationRefusal, by: Actor, viewer: UUID | None
    ) -> None:
        """Takes an approval back. Raises `CodedError` as `approve` does."""
        await self._reviews.revoke(verification, RefusalReason(asked.told), asked.reason, by, viewer)


def _queued(found: Verification, email: str | None) -> QueuedVerification:
    return QueuedVerification(
        id=str(found.id),
        person=str(found.person),
        email=email,
        level="full" if found.level is Level.FULL else "basic",
        stage=found.stage,
        has_hit=found.has_hit,
        submitted_at=_submitted_at(found),
    )


def _reviewed(reviewed: Reviewed, email: str | None) -> ReviewedVerification:
    found, facts = reviewed.verification, reviewed.facts
    decided_us = found.decided_at_us
    return ReviewedVerification(
        id=str(found.id),
        person=str(found.person),
        email=email,
        level="full" if found.level is Level.FULL else "basic",
        state=found.state,
        stage=found.stage,
        legal_name=None if facts is None else facts.legal_name,
        date_of_birth=None if facts is None else facts.date_of_birth,
        country=None if facts is None else facts.country,
        hits=[] if facts is None else list(facts.hits),
        documents=[document_view(one) for one in reviewed.documents],
        submitted_at=_submitted_at(found),
        decided_at=None if decided_us is None else format_time(decided_us),
        decided_by=found.decided_by,
        reason=found.reason,
    )


def _submitted_at(found: Verification) -> str:
    assert found.submitted_at_us is not None, "nobody reviews what is not handed in"
    return format_time(found.submitted_at_us)
