"""Applying for a level of verification: beginning, documents, handing in, taking back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from typing import Final
from uuid import UUID

from cse.accounts import attempts
from cse.accounts import store as person_store
from cse.accounts.verification import store
from cse.accounts.verification.contents import media_type_of
from cse.accounts.verification.models import (
    ApplicationView,
    Document,
    DocumentView,
    Facts,
    Kind,
    LevelView,
    NewApplication,
    OutcomeView,
    Stage,
    Verification,
    VerificationView,
)
from cse.accounts.verification.sanctions import SanctionsList
from cse.accounts.verification.sealing import Sealing
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.countries import COUNTRIES
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid
from cse.domain.verification import (
    AGE_MIN,
    DOCUMENT_BYTES_MAX,
    DOCUMENTS_MAX,
    LIMITS,
    NAME_MAX,
    NEEDED,
    SENTENCES,
    DocumentKind,
    Level,
    RefusalReason,
)
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.identity import new_uuid
from cse.runtime.normal_form import normal_form
from cse.runtime.postgres import Connected, Pool

_YEAR_MIN: Final = 1900
_NAME_MIN: Final = 2


class Verifications:
    """What persons do about their own verification. Nobody of `refused_countries` can be verified."""

    def __init__(
        self, pool: Pool, sealing: Sealing, sanctions: SanctionsList, refused_countries: Collection[str] = ()
    ) -> None:
        self._pool = pool
        self._sealing = sealing
        self._sanctions = sanctions
        self._refused_countries = frozenset(refused_countries)

    async def of(self, caller: Caller) -> VerificationView:
        """How the caller stands."""
        async with self._pool.connection() as connection:
            level = await store.level_of(connection, caller.person)
            found = await store.open_of(connection, caller.person)
            ended = await store.last_ended_of(connection, caller.person)
            documents = [] if found is None else await store.documents(connection, found.id)
        return VerificationView(
            level=level.value,
            application=None if found is None else self._application(found, documents),
            outcome=None if ended is None else _outcome(ended),
            levels=_LEVELS,
            countries=sorted(COUNTRIES - self._refused_countries),
            documents_max=DOCUMENTS_MAX,
            document_bytes_max=DOCUMENT_BYTES_MAX,
        )

    async def begin(self, caller: Caller, asked: NewApplication) -> VerificationView:
        """Begins an application, or changes the one that is not handed in.

        Raises:
            CodedError: `invalid_field`, `country_refused`, `verification_reached`, `verification_not_open`
                while one is handed in, `too_many_attempts`.
        """
        facts, level = self._facts(asked), Level(asked.level)
        by = Actor.caller(caller)
        async with self._pool.connection() as connection:
            await person_store.lock_person(connection, caller.person)
            reached = await store.level_of(connection, caller.person)
            if level.rank <= reached.rank:
                raise CodedError(codes.VERIFICATION_REACHED, level=reached.value)
            found = await store.open_of(connection, caller.person)
            if found is None:
                left_s = await attempts.tally(
                    connection, attempts.VERIFICATION_PER_PERSON, str(caller.person)
                )
                if left_s is not None:
                    raise attempts.too_many(left_s)
                verification, act = new_uuid(), Act.VERIFICATION_BEGUN
                sealed = self._sealing.seal_facts(verification, facts)
                await store.add(connection, verification, caller.person, level, sealed)
            else:
                verification, act = _draft(found).id, Act.VERIFICATION_CHANGED
                sealed = self._sealing.seal_facts(verification, facts)
                await store.change(connection, verification, level, sealed)
            details = Details(level=level.value)
            await log.record(connection, act, by, target=str(verification), details=details)
        return await self.of(caller)

    async def add_document(
        self, caller: Caller, kind: Kind, content: bytes, announced: str
    ) -> VerificationView:
        """Adds a document to what is not handed in.

        Raises:
            CodedError: `document_refused`, `verification_not_open`, `too_many_attempts`.
        """
        media_type = media_type_of(content, announced)
        document = Document(new_uuid(), DocumentKind(kind), media_type, len(content))
        sealed = self._sealing.seal_document(document.id, content)
        await attempts.count(self._pool, attempts.DOCUMENT_PER_PERSON, str(caller.person), caller.person)
        async with self._pool.connection() as connection:
            found = _draft(await store.open_of(connection, caller.person))
            if len(await store.documents(connection, found.id)) >= DOCUMENTS_MAX:
                reason = f"an application has at most {DOCUMENTS_MAX} documents"
                raise CodedError(codes.DOCUMENT_REFUSED, reason=reason)
            await store.add_document(connection, found.id, document, sealed)
            details = Details(document=str(document.id), label=kind)
            by = Actor.caller(caller)
            act = Act.VERIFICATION_DOCUMENT_ADDED
            await log.record(connection, act, by, target=str(found.id), details=details)
        return await self.of(caller)

    async def remove_document(self, caller: Caller, document: str) -> VerificationView:
        """Takes a document away from what is not handed in.

        Raises:
            CodedError: `not_found` for one that the application does not have, `verification_not_open`.
        """
        wanted = parse_uuid(document)
        async with self._pool.connection() as connection:
            found = await store.open_of(connection, caller.person)
            known = [] if found is None else await store.documents(connection, found.id)
            if wanted not in {one.id for one in known}:
                raise CodedError(codes.NOT_FOUND)
            draft = _draft(found)
            await store.remove_document(connection, draft.id, wanted)
            details = Details(document=str(wanted))
            by = Actor.caller(caller)
            act = Act.VERIFICATION_DOCUMENT_REMOVED
            await log.record(connection, act, by, target=str(draft.id), details=details)
        return await self.of(caller)

    async def submit(self, caller: Caller) -> VerificationView:
        """Hands the application in. Who meets the list of sanctions is looked at by operators alone.

        Raises:
            CodedError: `verification_not_open`, `documents_missing`, `country_refused`.
        """
        async with self._pool.connection() as connection:
            found = _draft(await store.open_of(connection, caller.person))
            missing = _missing(found.level, await store.documents(connection, found.id))
            if missing:
                raise CodedError(codes.DOCUMENTS_MISSING, kinds=" ".join(missing))
            assert found.sealed is not None, "what is open is not erased"
            facts = self._sealing.open_facts(found.id, found.sealed)
            self._refuse_country(facts.country)
            hits = self._sanctions.hits(facts.legal_name, facts.date_of_birth)
            facts = Facts(facts.legal_name, facts.date_of_birth, facts.country, hits)
            sealed = self._sealing.seal_facts(found.id, facts)
            stage: Stage = "operators" if hits else "provider"
            await store.submit(connection, found.id, sealed, stage, has_hit=bool(hits))
            details = Details(level=found.level.value)
            by = Actor.caller(caller)
            await log.record(
                connection, Act.VERIFICATION_SUBMITTED, by, target=str(found.id), details=details
            )
        return await self.of(caller)

    async def withdraw(self, caller: Caller) -> None:
        """Takes the open application back and erases it. Raises `CodedError` verification_not_open."""
        async with self._pool.connection() as connection:
            if not await withdraw_in(connection, caller.person, Actor.caller(caller)):
                raise CodedError(codes.VERIFICATION_NOT_OPEN)

    def _facts(self, asked: NewApplication) -> Facts:
        country = asked.country.upper()
        if country not in COUNTRIES:
            raise _invalid("country", "expected the two letters of a country (ISO 3166-1)")
        self._refuse_country(country)
        return Facts(_legal_name(asked.legal_name), _date_of_birth(asked.date_of_birth), country)

    def _refuse_country(self, country: str) -> None:
        if country in self._refused_countries:
            raise CodedError(codes.COUNTRY_REFUSED)

    def _application(self, found: Verification, documents: list[Document]) -> ApplicationView:
        facts = None
        if found.state == "draft" and found.sealed is not None:
            facts = self._sealing.open_facts(found.id, found.sealed)
        submitted_us = found.submitted_at_us
        return ApplicationView(
            level="full" if found.level is Level.FULL else "basic",
            state=found.state,
            legal_name=None if facts is None else facts.legal_name,
            date_of_birth=None if facts is None else facts.date_of_birth,
            country=None if facts is None else facts.country,
            documents=[document_view(one) for one in documents],
            missing=_missing(found.level, documents),
            submitted_at=None if submitted_us is None else format_time(submitted_us),
        )


async def withdraw_in(connection: Connected, person: UUID, by: Actor) -> bool:
    """Takes a person's open application back and erases it; False where there is none."""
    found = await store.open_of(connection, person)
    if found is None:
        return False
    await store.end(connection, found.id, "withdrawn", str(person))
    await store.erase(connection, found.id)
    await log.record(connection, Act.VERIFICATION_WITHDRAWN, by, target=str(found.id))
    return True


async def forget(pool: Pool) -> int:
    """Erases what has been kept for long enough, and lets drafts lapse; how many these were."""
    by = Actor.service("verification")
    async with pool.connection() as connection:
        found = await store.to_forget(connection)
        for one in found:
            act = Act.VERIFICATION_ERASED
            if one.is_open:
                await store.end(connection, one.id, "expired", by.name)
                act = Act.VERIFICATION_EXPIRED
            await store.erase(connection, one.id)
            await log.record(connection, act, by, person=one.person, target=str(one.id))
    return len(found)


def document_view(document: Document) -> DocumentView:
    """A document as it is shown."""
    return DocumentView(str(document.id), _kind(document.kind), document.media_type, document.size_bytes)


def _draft(found: Verification | None) -> Verification:
    if found is None or found.state != "draft":
        raise CodedError(codes.VERIFICATION_NOT_OPEN)
    return found


def _missing(level: Level, documents: Collection[Document]) -> list[Kind]:
    there = {document.kind for document in documents}
    return [_kind(kind) for kind in DocumentKind if kind in NEEDED[level] - there]


def _kind(kind: DocumentKind) -> Kind:
    return "address" if kind is DocumentKind.ADDRESS else "identity"


def _outcome(ended: Verification) -> OutcomeView:
    assert ended.decided_at_us is not None, "what has ended has ended at a time"
    reason = None if ended.reason is None else RefusalReason(ended.reason)
    return OutcomeView(
        level="full" if ended.level is Level.FULL else "basic",
        state=ended.state,
        at=format_time(ended.decided_at_us),
        reason=None if reason is None else reason.value,
        reason_text=None if reason is None else SENTENCES[reason],
    )


def _legal_name(text: str) -> str:
    name = " ".join(normal_form("NFC", text, NAME_MAX).split())
    has_letters = sum(character.isalpha() for character in name) >= _NAME_MIN
    if not (len(name) <= NAME_MAX and name.isprintable() and has_letters):
        raise _invalid("legal_name", f"expected a name of at most {NAME_MAX} printable characters")
    return name


def _date_of_birth(text: str) -> str:
    today = datetime.fromtimestamp(wall_us() / 1e6, UTC).date()
    try:
        born = date.fromisoformat(text)
    except ValueError:
        born = None
    if born is None or born.isoformat() != text or not born.year >= _YEAR_MIN or born > today:
        raise _invalid("date_of_birth", "expected a date in the past such as 1990-12-31")
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age < AGE_MIN:
        raise _invalid("date_of_birth", f"persons are verified from {AGE_MIN} years on")
    return text


def _invalid(field: str, reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=field, reason=reason)


def _level_view(level: Level) -> LevelView:
    limits = LIMITS[level]
    names = {Level.NONE: "none", Level.BASIC: "basic", Level.FULL: "full"}
    return LevelView(
        level=names[level],  # type: ignore[arg-type]
        documents=[_kind(kind) for kind in DocumentKind if kind in NEEDED[level]],
        faucet_factor=limits.faucet_factor,
        withdrawal_daily_usdc=str(limits.withdrawal_daily_usdc),
    )


_LEVELS: Final = [_level_view(level) for level in Level]
