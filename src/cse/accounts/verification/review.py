"""Deciding about applications: by operators who review them, and by what a provider answers.

Each look is recorded in the transaction that reads. Nobody sees or decides what they have handed in
themselves; that is a constraint of the table as well.
"""

from __future__ import annotations

from uuid import UUID

from cse.accounts import notices
from cse.accounts import store as person_store
from cse.accounts.verification import store
from cse.accounts.verification.models import QUEUE_MAX, Facts, OpenedDocument, Reviewed, Verification
from cse.accounts.verification.sanctions import SanctionsList
from cse.accounts.verification.sealing import Sealing
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid
from cse.domain.lines import parse_reason
from cse.domain.verification import Level, RefusalReason
from cse.runtime.postgres import Connected, Pool


class Reviews:
    """What reviewers do. `viewer` is the person who does; None at the machine's command line."""

    def __init__(self, pool: Pool, sealing: Sealing, sanctions: SanctionsList) -> None:
        self._pool = pool
        self._sealing = sealing
        self._sanctions = sanctions

    async def queue(self, by: Actor, viewer: UUID | None, *, approved: bool = False) -> list[Verification]:
        """What waits, the oldest first, or what is approved, the latest first; but for the viewer's own."""
        async with self._pool.connection() as connection:
            found = await (store.approved if approved else store.pending)(connection, QUEUE_MAX)
            shown = [one for one in found if one.person != viewer]
            details = Details(count=str(len(shown)))
            await log.record(connection, Act.VERIFICATIONS_LISTED, by, details=details)
        return shown

    async def one(self, verification: str, by: Actor, viewer: UUID | None) -> Reviewed:
        """An application with what it says. Raises `CodedError` not_found, not_to_oneself."""
        async with self._pool.connection() as connection:
            found = _anothers(await store.one(connection, parse_uuid(verification)), viewer)
            documents = await store.documents(connection, found.id)
            await log.record(connection, Act.VERIFICATION_VIEWED, by, target=str(found.id))
        return Reviewed(found, self._facts(found), documents)

    async def document(
        self, verification: str, document: str, by: Actor, viewer: UUID | None
    ) -> OpenedDocument:
        """A document of an application. Raises `CodedError` not_found, not_to_oneself."""
        async with self._pool.connection() as connection:
            found = _anothers(await store.one(connection, parse_uuid(verification)), viewer)
            kept = await store.document(connection, found.id, parse_uuid(document))
            if kept is None:
                raise CodedError(codes.NOT_FOUND)
            details = Details(document=str(kept[0].id))
            act = Act.VERIFICATION_DOCUMENT_VIEWED
            await log.record(connection, act, by, target=str(found.id), details=details)
        return OpenedDocument(kept[0], self._sealing.open_document(kept[0].id, kept[1]))

    async def approve(
        self, verification: str, reason: str, by: Actor, viewer: UUID | None, *, hit_cleared: bool
    ) -> None:
        """Approves what is handed in: the person is verified so far.

        Raises:
            CodedError: `not_found`, `not_to_oneself`, `verification_decided`, `invalid_field`,
                `account_unknown` for who has closed their account, `sanctions_hit` unless that was looked at.
        """
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            found = await self._decidable(connection, verification, viewer)
            shown, screened = self._facts(found), self._screened(found)
            has_others = shown is None or set(screened.hits) != set(shown.hits)
            is_blocked = bool(screened.hits) and (has_others or not hit_cleared)
            if not is_blocked:
                await self._approve(connection, found, by, why)
            elif has_others:
                # They are on the list since; whoever looks next sees that.
                sealed = self._sealing.seal_facts(found.id, screened)
                await store.leave_to_operators(connection, found.id, sealed)
        if is_blocked:
            raise CodedError(codes.SANCTIONS_HIT)

    async def refuse(
        self, verification: str, told: RefusalReason, reason: str, by: Actor, viewer: UUID | None
    ) -> None:
        """Refuses what is handed in; the person is told `told`. Raises `CodedError` as `approve` does."""
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            found = await self._decidable(connection, verification, viewer)
            await self._refuse(connection, found, told, by, why)

    async def revoke(
        self, verification: str, told: RefusalReason, reason: str, by: Actor, viewer: UUID | None
    ) -> None:
        """Takes an approval back, and those of the person that stand above it; the person is told `told`.

        The level is what is left, from this transaction on.

        Raises:
            CodedError: `not_found`, `not_to_oneself`, `invalid_field`, `verification_decided` for what is not
                approved, `account_unknown` for who has closed their account.
        """
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            seen = _anothers(await store.one(connection, parse_uuid(verification)), viewer)
            await person_store.lock_person(connection, seen.person)
            held = await store.approved_of(connection, seen.person)
            if seen.id not in {one.id for one in held}:
                raise CodedError(codes.VERIFICATION_DECIDED)
            reached = await store.level_of(connection, seen.person)
            left = [one.level for one in held if one.level.rank < seen.level.rank]
            level = max(left, default=Level.NONE, key=lambda one: one.rank)
            if not await store.set_level(connection, seen.person, level):
                raise CodedError(codes.ACCOUNT_UNKNOWN)
            for one in held:
                if one.level.rank >= seen.level.rank:
                    await store.end(connection, one.id, "revoked", by.name, told)
            details = Details(before=f"level={reached.value}", after=f"level={level.value}", told=told.value)
            await self._tell(connection, Act.VERIFICATION_REVOKED, seen, by, details, why)

    async def take_answer(
        self, verification: UUID, approved: bool | None, told: RefusalReason | None, provider: str
    ) -> bool:
        """Takes what a provider says; whether anything came of it.

        Approved, refused, or, with None, that people are to look at it. It counts once, while the application
        is the provider's to decide; whoever meets the list of sanctions is left to operators.
        """
        by = Actor.service(provider)
        async with self._pool.connection() as connection:
            seen = await store.one(connection, verification)
            if seen is None:
                return False
            await person_store.lock_person(connection, seen.person)
            found = await store.locked(connection, verification)
            if found is None or found.state != "pending" or found.stage != "provider":
                return False
            screened = self._screened(found)
            if approved is None or (approved and screened.hits):
                sealed = self._sealing.seal_facts(found.id, screened) if screened.hits else None
                await store.leave_to_operators(connection, found.id, sealed)
                # Nobody's own event: who meets the list as they hand in has none, and would know it by that.
                await log.record(connection, Act.VERIFICATION_LEFT, by, target=str(found.id))
            elif approved:
                await self._approve(connection, found, by, None)
            else:
                await self._refuse(connection, found, told or RefusalReason.NOT_POSSIBLE, by, None)
        return True

    async def _decidable(self, connection: Connected, verification: str, viewer: UUID | None) -> Verification:
        seen = _anothers(await store.one(connection, parse_uuid(verification)), viewer)
        # As closing an account does: the person first.
        await person_store.lock_person(connection, seen.person)
        found = await store.locked(connection, seen.id)
        if found is None or found.state != "pending":
            raise CodedError(codes.VERIFICATION_DECIDED)
        return found

    async def _approve(
        self, connection: Connected, found: Verification, by: Actor, reason: str | None
    ) -> None:
        await store.end(connection, found.id, "approved", by.name)
        reached = await store.level_of(connection, found.person)
        level = max(reached, found.level, key=lambda one: one.rank)
        if not await store.set_level(connection, found.person, level):
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        details = Details(before=f"level={reached.value}", after=f"level={level.value}")
        await self._tell(connection, Act.VERIFICATION_APPROVED, found, by, details, reason)

    async def _refuse(
        self,
        connection: Connected,
        found: Verification,
        told: RefusalReason,
        by: Actor,
        reason: str | None,
    ) -> None:
        await store.end(connection, found.id, "refused", by.name, told)
        details = Details(level=found.level.value, told=told.value)
        await self._tell(connection, Act.VERIFICATION_REFUSED, found, by, details, reason)

    async def _tell(
        self,
        connection: Connected,
        act: Act,
        found: Verification,
        by: Actor,
        details: Details,
        reason: str | None,
    ) -> None:
        if reason is not None:
            details["reason"] = reason
        await log.record(connection, act, by, person=found.person, target=str(found.id), details=details)
        person = await person_store.person_by_id(connection, found.person)
        assert person is not None, "whose application it is is there"
        told = details.get("told")
        await notices.note_verification(
            connection,
            person,
            found.level,
            None if told is None else RefusalReason(told),
            revoked=act is Act.VERIFICATION_REVOKED,
        )

    def _facts(self, found: Verification) -> Facts | None:
        return None if found.sealed is None else self._sealing.open_facts(found.id, found.sealed)

    def _screened(self, found: Verification) -> Facts:
        """What it says, with the entries that it meets now beside those that it met."""
        facts = self._facts(found)
        assert facts is not None, "what is handed in is not erased"
        now = self._sanctions.hits(facts.legal_name, facts.date_of_birth)
        hits = tuple(dict.fromkeys((*facts.hits, *now)))
        return Facts(facts.legal_name, facts.date_of_birth, facts.country, hits)


async def waiting(connection: Connected) -> tuple[int, int | None]:
    """How many applications wait for an operator, and for how many seconds the oldest."""
    return await store.count_pending(connection)


def _anothers(found: Verification | None, viewer: UUID | None) -> Verification:
    """An application that is handed in, by another."""
    if found is None or found.submitted_at_us is None:
        raise CodedError(codes.NOT_FOUND)
    if found.person == viewer:
        raise CodedError(codes.NOT_TO_ONESELF)
    return found
