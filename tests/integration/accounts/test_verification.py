"""Applying to be verified, and what reviewers and providers make of it, each once."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import psycopg
import pytest

from cse.accounts.verification.models import Listed, NewApplication
from cse.accounts.verification.providers.handing import Handing, ReviewAnswers
from cse.accounts.verification.providers.manual import ManualReview
from cse.accounts.verification.providers.port import (
    Answer,
    ProviderUnavailable,
    Submission,
    Verdict,
    VerificationPort,
)
from cse.accounts.verification.providers.simulated import SimulatedProvider
from cse.accounts.verification.review import Reviews
from cse.accounts.verification.sanctions import SanctionsList
from cse.accounts.verification.sealing import Sealing
from cse.accounts.verification.service import Verifications, forget, withdraw_in
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.verification import DOCUMENTS_MAX, RefusalReason
from cse.runtime.encryption import Encryption, ListedKeys
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import EMAIL, KEYS, Room
from tests.papers import APPLICATION, PDF, PNG
from tests.postgres import Database

pytestmark = pytest.mark.slow

LISTED = Listed("Viktor Example", "1961-04-30")
BY = Actor.operator("root")
REVIEWER = UUID(int=77)


@dataclass
class Desk:
    """The room's verification, and the person who applies."""

    room: Room
    verifications: Verifications
    reviews: Reviews
    sealing: Sealing
    caller: Caller
    database: Database

    async def begin(self, **changes: str) -> None:
        await self.verifications.begin(self.caller, NewApplication(**{**APPLICATION, **changes}))  # type: ignore[arg-type]

    async def hand_in(self, **changes: str) -> str:
        """Applies, with a document; the application's id."""
        await self.begin(**changes)
        await self.verifications.add_document(self.caller, "identity", PNG, "image/png")
        await self.verifications.submit(self.caller)
        return self.id()

    def id(self) -> str:
        return str(self.rows("SELECT id FROM accounts.verifications ORDER BY id DESC LIMIT 1")[0][0])

    def rows(self, query: str, *parameters: object) -> list[tuple[Any, ...]]:
        return self.database.rows(query, *parameters)

    def state(self) -> tuple[str, str | None, str]:
        """State and stage of the last application, and how far the person is verified."""
        query = """SELECT state, stage, verified_level FROM accounts.verifications
            JOIN accounts.persons ON person = persons.id ORDER BY verifications.id DESC LIMIT 1"""
        state, stage, level = self.rows(query)[0]
        return state, stage, level

    async def approve(self, verification: str, reviewer: UUID = REVIEWER, *, cleared: bool = False) -> None:
        by = Actor("operator", str(reviewer))
        await self.reviews.approve(verification, "looks right", by, reviewer, hit_cleared=cleared)

    async def refusal(self, verification: str, reviewer: UUID = REVIEWER, **options: bool) -> Code | None:
        try:
            await self.approve(verification, reviewer, **options)
        except CodedError as error:
            return error.code
        return None

    def handing(self, port: VerificationPort) -> Handing:
        return Handing(self.room.pool, self.sealing, port, ReviewAnswers(self.reviews, port.name))


@pytest.fixture
async def desk(room: Room, database: Database) -> AsyncIterator[Desk]:
    sealing, listed = Sealing(Encryption(KEYS)), SanctionsList([LISTED])
    verifications = Verifications(room.pool, sealing, listed, {"KP"})
    caller = room.caller(await room.sign_in())
    reviews = Reviews(room.pool, sealing, listed)
    yield Desk(room, verifications, reviews, sealing, caller, database)


async def refused(work: Any) -> Code:
    with pytest.raises(CodedError) as raised:
        await work
    return raised.value.code


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"country": "KP"}, codes.COUNTRY_REFUSED),
        ({"country": "XX"}, codes.INVALID_FIELD),
        ({"date_of_birth": "31.12.1990"}, codes.INVALID_FIELD),
        ({"date_of_birth": "2999-01-01"}, codes.INVALID_FIELD),
        ({"date_of_birth": "2020-01-01"}, codes.INVALID_FIELD),
        ({"date_of_birth": "1850-01-01"}, codes.INVALID_FIELD),
        ({"legal_name": " . "}, codes.INVALID_FIELD),
        ({"legal_name": "A" * 101}, codes.INVALID_FIELD),
        ({"legal_name": "Ada\u202eExample"}, codes.INVALID_FIELD),
    ],
)
def test_what_cannot_be_meant_begins_nothing(changes: dict[str, str], code: Code) -> None:
    nothing: Any = None
    verifications = Verifications(nothing, nothing, SanctionsList(), {"KP"})
    asked = NewApplication(**{**APPLICATION, **changes})  # type: ignore[arg-type]
    assert asyncio.run(refused(verifications.begin(nothing, asked))) is code


async def test_a_person_applies_and_is_approved_and_told(desk: Desk, database: Database) -> None:
    verifications, caller = desk.verifications, desk.caller
    assert await refused(verifications.submit(caller)) is codes.VERIFICATION_NOT_OPEN
    await desk.begin()
    assert await refused(verifications.submit(caller)) is codes.DOCUMENTS_MISSING
    for _ in range(DOCUMENTS_MAX):
        view = await verifications.add_document(caller, "address", PDF, "application/pdf")
    assert view.application is not None
    full = verifications.add_document(caller, "identity", PNG, "image/png")
    assert await refused(full) is codes.DOCUMENT_REFUSED
    view = await verifications.remove_document(caller, view.application.documents[0].id)
    await verifications.add_document(caller, "identity", PNG, "image/png")
    view = await verifications.submit(caller)
    assert view.application is not None
    assert (view.application.state, view.application.legal_name) == ("pending", None)
    assert await refused(desk.begin()) is codes.VERIFICATION_NOT_OPEN
    late = verifications.add_document(caller, "identity", PNG, "image/png")
    assert await refused(late) is codes.VERIFICATION_NOT_OPEN

    verification = desk.id()
    reviewed = await desk.reviews.one(verification, BY, REVIEWER)
    assert reviewed.facts is not None
    assert reviewed.facts.legal_name == "Ada Example"
    document = reviewed.documents[-1]
    opened = await desk.reviews.document(verification, str(document.id), BY, REVIEWER)
    assert opened.content == PNG
    await desk.approve(verification)
    assert desk.state() == ("approved", None, "basic")
    (mail,) = await desk.room.mails()
    assert (mail.recipient, mail.subject) == (EMAIL, "You are verified - CS Exchange")
    assert desk.rows("SELECT kind FROM accounts.notifications") == [("verification_approved",)]
    assert await refused(desk.begin()) is codes.VERIFICATION_REACHED
    recorded = [row[0] for row in database.rows("SELECT act FROM audit.events ORDER BY id")]
    assert [act for act in recorded if "viewed" in act or "approved" in act] == [
        "verification.viewed", "verification.document_viewed", "verification.approved",
    ]  # fmt: skip
    for secret in ("Ada Example", "1990-12-31"):
        (found,) = desk.rows("SELECT count(*) FROM audit.events WHERE details::text LIKE %s", f"%{secret}%")
        assert found == (0,)


async def test_nothing_of_it_stands_readable_in_postgresql(desk: Desk) -> None:
    await desk.hand_in()
    (facts,) = desk.rows("SELECT facts FROM accounts.verifications")
    (content,) = desk.rows("SELECT content FROM accounts.verification_documents")
    assert b"Ada" not in bytes(facts[0])
    assert PNG[:8] not in bytes(content[0])


async def test_nobody_sees_or_decides_their_own_whatever_a_service_thinks(
    desk: Desk, database: Database
) -> None:
    verification = await desk.hand_in()
    own = desk.caller.person
    assert await desk.refusal(verification, own) is codes.NOT_TO_ONESELF
    assert await refused(desk.reviews.one(verification, BY, own)) is codes.NOT_TO_ONESELF
    assert await desk.reviews.queue(BY, own) == []
    assert len(await desk.reviews.queue(BY, REVIEWER)) == 1
    with pytest.raises(psycopg.errors.CheckViolation, match="never_ones_own"):
        database.change(
            "UPDATE accounts.verifications SET state = 'approved', stage = NULL, decided_at = now(),"
            " decided_by = person::text"
        )


async def test_of_two_who_decide_at_once_one_does(desk: Desk) -> None:
    verification = await desk.hand_in()
    others = [UUID(int=100 + number) for number in range(4)]
    outcomes = await asyncio.gather(*(desk.refusal(verification, other) for other in others))
    assert sorted(outcomes, key=str) == sorted([None, *[codes.VERIFICATION_DECIDED] * 3], key=str)
    assert desk.rows("SELECT count(*) FROM accounts.notifications") == [(1,)]


async def test_a_document_is_found_with_its_own_application_alone(desk: Desk) -> None:
    verification = await desk.hand_in()
    document = str(desk.rows("SELECT id FROM accounts.verification_documents")[0][0])
    nobodys = str(UUID(int=1))
    for one, other in ((nobodys, document), (verification, nobodys), (verification, "../secrets")):
        assert await refused(desk.reviews.document(one, other, BY, REVIEWER)) is codes.NOT_FOUND
    stranger = desk.caller._replace(person=await desk.room.add_person("bob@example.com", 8))
    assert await refused(desk.verifications.remove_document(stranger, document)) is codes.NOT_FOUND


async def test_a_refusal_says_why_and_the_next_application_may_be_better(desk: Desk) -> None:
    verification = await desk.hand_in()
    told = RefusalReason.DOCUMENT_EXPIRED
    await desk.reviews.refuse(verification, told, "of 2019", BY, REVIEWER)
    assert desk.state() == ("refused", None, "none")
    (mail,) = await desk.room.mails()
    assert "not valid any more" in mail.text
    assert "2019" not in mail.text
    outcome = (await desk.verifications.of(desk.caller)).outcome
    assert outcome is not None
    assert (outcome.state, outcome.reason) == ("refused", "document_expired")
    await desk.approve(await desk.hand_in())
    assert desk.state() == ("approved", None, "basic")


@pytest.mark.parametrize(
    ("approved", "revoked", "level", "states"),
    [
        (("basic",), 0, "none", ["revoked"]),
        (("basic", "full"), 1, "basic", ["approved", "revoked"]),
        # What stands above goes with it.
        (("basic", "full"), 0, "none", ["revoked", "revoked"]),
        (("full",), 0, "none", ["revoked"]),
    ],
)
async def test_an_approval_that_is_taken_back_leaves_the_level_below_it(
    desk: Desk, approved: tuple[str, ...], revoked: int, level: str, states: list[str]
) -> None:
    for one in approved:
        await desk.begin(level=one)
        for kind in ("identity", "address"):
            await desk.verifications.add_document(desk.caller, kind, PNG, "image/png")
        await desk.verifications.submit(desk.caller)
        await desk.approve(desk.id())
    assert desk.state()[2] == approved[-1]
    ids = [str(row[0]) for row in desk.rows("SELECT id FROM accounts.verifications ORDER BY id")]
    assert {str(one.id) for one in await desk.reviews.queue(BY, REVIEWER, approved=True)} == set(ids)
    told = RefusalReason.DETAILS_DIFFER
    await desk.reviews.revoke(ids[revoked], told, "of somebody else", BY, REVIEWER)
    assert desk.state()[2] == level
    assert [row[0] for row in desk.rows("SELECT state FROM accounts.verifications ORDER BY id")] == states
    (mail,) = [one for one in await desk.room.mails() if "took your verification back" in one.text]
    assert "say something else" in mail.text
    assert "somebody else" not in mail.text
    (details,) = desk.rows("SELECT details FROM audit.events WHERE act = 'verification.revoked'")
    assert details[0]["before"] == f"level={approved[-1]}"
    assert (details[0]["after"], details[0]["reason"]) == (f"level={level}", "of somebody else")
    view = await desk.verifications.of(desk.caller)
    assert view.outcome is not None
    assert (view.level, view.outcome.state, view.outcome.reason) == (level, "revoked", "details_differ")
    again = desk.reviews.revoke(ids[revoked], told, "twice", BY, REVIEWER)
    assert await refused(again) is codes.VERIFICATION_DECIDED
    # Whoever lost it may ask for it again.
    await desk.begin(level=approved[revoked])


async def test_nobody_takes_back_their_own_or_what_was_not_approved(desk: Desk, database: Database) -> None:
    verification, told = await desk.hand_in(), RefusalReason.NOT_POSSIBLE
    own, reviews = desk.caller.person, desk.reviews
    assert await refused(reviews.revoke(verification, told, "x", BY, REVIEWER)) is codes.VERIFICATION_DECIDED
    await desk.approve(verification)
    assert await refused(reviews.revoke(verification, told, "x", BY, own)) is codes.NOT_TO_ONESELF
    assert await refused(reviews.revoke(verification, told, " ", BY, REVIEWER)) is codes.INVALID_FIELD
    assert desk.state() == ("approved", None, "basic")
    with pytest.raises(psycopg.errors.CheckViolation, match="never_ones_own"):
        database.change(
            "UPDATE accounts.verifications SET state = 'revoked', reason = 'x', decided_by = person::text"
        )


async def test_a_level_is_none_of_the_cores_business(desk: Desk) -> None:
    count = "SELECT count(*) FROM runtime.outbox"
    before = desk.rows(count)
    verification = await desk.hand_in()
    await desk.approve(verification)
    await desk.reviews.revoke(verification, RefusalReason.NOT_POSSIBLE, "x", BY, REVIEWER)
    assert desk.rows(count) == before


async def test_who_meets_the_list_is_never_approved_by_a_provider(desk: Desk) -> None:
    verification = await desk.hand_in(legal_name="Demo Approved", date_of_birth="1961-04-30")
    # On the list since it was handed in.
    listed = SanctionsList([Listed("demo approved", "1961")])
    reviews = Reviews(desk.room.pool, desk.sealing, listed)
    answers = ReviewAnswers(reviews, "test")
    assert await answers.take(Answer(UUID(verification), Verdict.APPROVED))
    assert desk.state() == ("pending", "operators", "none")
    assert await desk.refusal(verification) is codes.SANCTIONS_HIT
    assert await desk.refusal(verification, cleared=True) is None


async def test_a_hit_goes_to_operators_and_is_shown_and_approved_by_who_says_so(desk: Desk) -> None:
    verification = await desk.hand_in(legal_name="EXAMPLE Viktor", date_of_birth="1961-04-30")
    assert desk.state() == ("pending", "operators", "none")
    assert await desk.handing(ManualReview()).hand_due() == 0
    reviewed = await desk.reviews.one(verification, BY, REVIEWER)
    assert reviewed.facts is not None
    assert reviewed.facts.hits == (LISTED,)
    assert await desk.refusal(verification) is codes.SANCTIONS_HIT
    assert await desk.refusal(verification, cleared=True) is None
    assert desk.state() == ("approved", None, "basic")


async def test_who_meets_the_list_does_not_know_it_by_their_own_events(desk: Desk) -> None:
    async def own_acts(**changes: str) -> list[str]:
        await desk.hand_in(**changes)
        await desk.handing(ManualReview()).hand_due()
        assert desk.state()[:2] == ("pending", "operators")
        await desk.verifications.withdraw(desk.caller)
        query = "SELECT act FROM audit.events WHERE person = %s AND id > %s ORDER BY id"
        acts = [act for (act,) in desk.rows(query, desk.caller.person, last.pop())]
        last.append(desk.rows("SELECT max(id::text)::uuid FROM audit.events")[0][0])
        return acts

    last = [UUID(int=0)]
    await own_acts()
    assert await own_acts() == await own_acts(legal_name="Viktor Example", date_of_birth="1961-04-30")
    assert desk.rows("SELECT count(*) FROM audit.events WHERE act = 'verification.left_to_operators'") == [
        (2,)
    ]


async def test_a_hit_that_nobody_has_seen_is_not_cleared(desk: Desk) -> None:
    verification = await desk.hand_in()
    reviews = Reviews(desk.room.pool, desk.sealing, SanctionsList([Listed("Ada Example", "1990")]))
    approval = reviews.approve(verification, "fine", BY, REVIEWER, hit_cleared=True)
    assert await refused(approval) is codes.SANCTIONS_HIT
    assert desk.rows("SELECT has_hit FROM accounts.verifications") == [(True,)]
    await reviews.approve(verification, "another Ada", BY, REVIEWER, hit_cleared=True)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Demo Approved Ada", ("approved", None, "basic")),
        ("Demo Unreadable", ("refused", None, "none")),
        ("Ada Example", ("pending", "operators", "none")),
    ],
)
async def test_the_simulated_provider_answers_later_and_once(
    desk: Desk, name: str, expected: tuple[str, str | None, str]
) -> None:
    verification = UUID(await desk.hand_in(legal_name=name))
    answers = ReviewAnswers(desk.reviews, "simulated")
    provider = SimulatedProvider(desk.room.pool, answers, delay_s=0)
    handing = desk.handing(provider)
    assert await handing.hand_due() == 1
    assert await handing.hand_due() == 0
    assert desk.state()[0] == "pending"
    assert await provider.answer_due() == 1
    assert desk.state() == expected
    # Doubled, and after each other in any order, answers change nothing.
    for verdict in Verdict:
        assert not await answers.take(Answer(verification, verdict))
    assert await provider.answer_due() == 0
    assert desk.state() == expected


async def test_an_answer_counts_once_among_many_and_only_while_it_is_waited_for(desk: Desk) -> None:
    answers = ReviewAnswers(desk.reviews, "test")
    assert not await answers.take(Answer(UUID(int=5), Verdict.APPROVED))
    await desk.begin()
    draft = UUID(desk.id())
    assert not await answers.take(Answer(draft, Verdict.APPROVED))
    await desk.verifications.withdraw(desk.caller)
    verification = UUID(await desk.hand_in())
    assert not await answers.take(Answer(draft, Verdict.APPROVED))
    taken = await asyncio.gather(*(answers.take(Answer(verification, Verdict.APPROVED)) for _ in range(5)))
    assert sorted(taken) == [False] * 4 + [True]
    assert desk.rows("SELECT count(*) FROM accounts.notifications") == [(1,)]


class Away:
    """A provider that nobody reaches."""

    name = "away"

    async def submit(self, _: Submission) -> Answer | None:
        raise ProviderUnavailable("no connection")


async def test_a_provider_that_is_away_is_asked_again_until_operators_look(
    desk: Desk, database: Database
) -> None:
    await desk.hand_in()
    handing = desk.handing(Away())
    now = "UPDATE accounts.verifications SET next_try_at = now(), tries = {}"
    assert await handing.hand_due() == 1
    assert await handing.hand_due() == 0
    assert desk.state()[:2] == ("pending", "provider")
    database.change(now.format(20))
    assert await handing.hand_due() == 1
    assert desk.state()[:2] == ("pending", "operators")


async def test_what_is_taken_back_or_old_is_erased_and_what_is_approved_is_kept(
    desk: Desk, database: Database
) -> None:
    def kept() -> tuple[int, int]:
        (facts,) = desk.rows("SELECT count(facts) FROM accounts.verifications")
        (documents,) = desk.rows("SELECT count(*) FROM accounts.verification_documents")
        return facts[0], documents[0]

    await desk.hand_in()
    await desk.verifications.withdraw(desk.caller)
    assert kept() == (0, 0)
    await desk.begin()
    database.change("UPDATE accounts.verifications SET created_at = now() - interval '8 days'")
    assert await forget(desk.room.pool) == 1
    assert desk.state()[0] == "expired"
    await desk.reviews.refuse(await desk.hand_in(), RefusalReason.NOT_POSSIBLE, "no", BY, None)
    assert await forget(desk.room.pool) == 0
    assert kept() == (1, 1)
    database.change("UPDATE accounts.verifications SET decided_at = decided_at - interval '91 days'")
    assert await forget(desk.room.pool) == 1
    assert kept() == (0, 0)
    await desk.approve(await desk.hand_in())
    closed = (
        "UPDATE accounts.persons SET frozen_at = now(), frozen_reason = '', closed_at = now() - interval '{}'"
    )
    database.change(closed.format("4 years"))
    assert await forget(desk.room.pool) == 0
    database.change(closed.format("6 years"))
    assert await forget(desk.room.pool) == 1
    assert kept() == (0, 0)


async def test_who_closes_the_account_takes_it_back_and_is_not_approved(desk: Desk) -> None:
    verification = await desk.hand_in()
    async with desk.room.pool.connection() as connection:
        assert await withdraw_in(connection, desk.caller.person, Actor.caller(desk.caller))
    assert await desk.refusal(verification) is codes.VERIFICATION_DECIDED


async def test_what_was_sealed_with_an_older_key_is_sealed_anew(desk: Desk) -> None:
    verification = await desk.hand_in()
    fresh = ListedKeys("new:" + "B" * 42 + "A= test:" + "A" * 43 + "=")
    sealing = Sealing(Encryption(fresh))
    assert await sealing.seal_anew(desk.room.pool) == 2
    assert await sealing.seal_anew(desk.room.pool) == 0
    only_new = Sealing(Encryption(ListedKeys("new:" + "B" * 42 + "A=")))
    reviews = Reviews(desk.room.pool, only_new, SanctionsList())
    reviewed = await reviews.one(verification, BY, REVIEWER)
    assert reviewed.facts is not None
    opened = await reviews.document(verification, str(reviewed.documents[0].id), BY, REVIEWER)
    assert opened.content == PNG
