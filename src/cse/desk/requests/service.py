"""Four eyes: one operator asks for an act that matters, another approves it and thereby has it done.

Who asked never approves, in whatever session; nor does whom it is about. Both must have the right to the act
when it is approved, so that what somebody asked for whose role is gone is never done.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, TypeAlias
from uuid import UUID

from cse.accounts.people.service import People
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk import store
from cse.desk.requests import store as request_store
from cse.desk.requests.models import (
    OF_PERSONS,
    RIGHT_OF,
    Asked,
    DeskRequest,
    GuardedAct,
    OperatorName,
    Outcome,
    RequestView,
)
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import read_uuid
from cse.domain.lines import parse_reason
from cse.domain.operators import rights_of
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OUTCOME_TIMEOUT_S, OutcomeWatch, Source
from cse.runtime.postgres import Connected, Pool

GOOD_FOR_S: Final = 24 * 3_600

# Does what was asked for, in the transaction of the approval; its number in the desk's outbox, where the core
# is to do it, and None where all is done.
CarryOut: TypeAlias = Callable[[Connected, DeskRequest, Actor], Awaitable[int | None]]


class Requests:
    """Takes requests and decisions about them."""

    def __init__(
        self, pool: Pool, people: People, outcomes: OutcomeWatch, acts: Mapping[GuardedAct, CarryOut]
    ) -> None:
        self._pool = pool
        self._people = people
        self._outcomes = outcomes
        self._acts = acts

    async def ask(self, caller: Caller, asked: Asked) -> RequestView:
        """Asks for an act, in the place of what the same operator asked for about the same subject."""
        asked = asked._replace(reason=parse_reason(asked.reason))
        request = new_uuid()
        async with self._pool.connection() as connection:
            by = Actor.desk(caller)
            for same in await request_store.withdraw_same(connection, asked, caller.person):
                await _record_decision(connection, same, "withdrawn", by, None)
            await request_store.add(connection, request, asked, caller.person, GOOD_FOR_S)
            await log.record(
                connection, Act.REQUEST_ASKED, by, target=asked.subject, details=_details(request, asked)
            )
        return await self.one(request, caller.person)

    async def one(self, request: UUID, viewer: UUID | None) -> RequestView:
        """A request. Raises `CodedError` not_found."""
        async with self._pool.connection() as connection:
            found = await request_store.one(connection, request)
        if found is None:
            raise CodedError(codes.NOT_FOUND)
        return (await self._views([found], viewer))[0]

    async def all(self, viewer: UUID | None) -> list[RequestView]:
        """The last requests that are an operator's own, or about what they may do; all to nobody's eyes."""
        async with self._pool.connection() as connection:
            found = await request_store.last(connection)
        views = await self._views(found, viewer)
        if viewer is None:
            return views
        async with self._pool.connection() as connection:
            rights = rights_of(await store.roles_of(connection, viewer))
        return [view for view in views if view.own or RIGHT_OF[GuardedAct(view.act)] in rights]

    async def approve(self, request: str, by: Actor, approver: UUID | None) -> RequestView:
        """Has a request carried out. `approver` is None at the machine's command line.

        Raises:
            CodedError: `not_found`, `request_closed`, `own_request`, `not_to_oneself`, `role_missing`,
                `asker_role_missing`, `version_outdated`, or what the core said to it.
        """
        async with self._pool.connection() as connection:
            found = await self._decidable(connection, request, approver)
            asker = rights_of(await store.roles_of(connection, found.asked_by))
            is_frozen = (await self._people.one(str(found.asked_by))).frozen_at_us is not None
            if is_frozen or RIGHT_OF[found.asked.act] not in asker:
                raise CodedError(codes.ASKER_ROLE_MISSING)
            number = await self._acts[found.asked.act](connection, found, by)
            await self._decide(connection, found, "approved", by, None)
            if number is not None:
                await request_store.note_number(connection, found.id, number)
        if number is not None:
            await self._await_outcome(found.id, number)
        return await self.one(found.id, approver)

    async def refuse(self, request: str, reason: str, by: Actor, approver: UUID | None) -> RequestView:
        """Refuses a request. Raises `CodedError` as `approve` does."""
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            found = await self._decidable(connection, request, approver)
            await self._decide(connection, found, "refused", by, why)
        return await self.one(found.id, approver)

    async def withdraw(self, request: str, caller: Caller) -> None:
        """Takes back what one has asked for. Raises `CodedError` not_found, request_closed."""
        async with self._pool.connection() as connection:
            found = await _open(connection, request)
            if found.asked_by != caller.person:
                raise CodedError(codes.NOT_FOUND)
            await self._decide(connection, found, "withdrawn", Actor.desk(caller), None)

    async def _decidable(self, connection: Connected, request: str, approver: UUID | None) -> DeskRequest:
        found = await _open(connection, request)
        if approver is None:
            return found
        # At the desk roles are read here and not before: one taken away meanwhile decides nothing.
        if RIGHT_OF[found.asked.act] not in rights_of(await store.roles_of(connection, approver)):
            raise CodedError(codes.ROLE_MISSING)
        if found.asked_by == approver:
            raise CodedError(codes.OWN_REQUEST)
        if _is_about(found, approver):
            raise CodedError(codes.NOT_TO_ONESELF)
        return found

    async def _decide(
        self, connection: Connected, found: DeskRequest, outcome: Outcome, by: Actor, reason: str | None
    ) -> None:
        await request_store.decide(connection, found.id, outcome, by.name, reason)
        await _record_decision(connection, found, outcome, by, reason)

    async def _await_outcome(self, request: UUID, number: int) -> None:
        outcome = await self._outcomes.outcome(Source.DESK, number, OUTCOME_TIMEOUT_S)
        if outcome.code:
            refusal = outcome.refusal()
            async with self._pool.connection() as connection:
                await request_store.note_failure(connection, request, refusal.code.name)
            raise refusal

    async def _views(self, found: Sequence[DeskRequest], viewer: UUID | None) -> list[RequestView]:
        persons = {one.asked_by for one in found}
        persons |= {
            person
            for one in found
            for person in (read_uuid(one.asked.subject), read_uuid(one.decided_by or ""))
            if person
        }
        emails = await self._people.emails(list(persons))
        async with self._pool.connection() as connection:
            roles = [] if viewer is None else await store.roles_of(connection, viewer)
        rights = rights_of(roles)
        views = []
        for one in found:
            may = viewer is None or RIGHT_OF[one.asked.act] in rights
            own = one.asked_by == viewer
            about = viewer is not None and _is_about(one, viewer)
            decidable = one.state == "open" and may and not own and not about
            views.append(_view(one, emails, own=own, decidable=decidable))
        return views


async def _open(connection: Connected, request: str) -> DeskRequest:
    wanted = read_uuid(request)
    found = None if wanted is None else await request_store.locked(connection, wanted)
    if found is None:
        raise CodedError(codes.NOT_FOUND)
    if found.state != "open":
        raise CodedError(codes.REQUEST_CLOSED)
    return found


def _is_about(request: DeskRequest, person: UUID) -> bool:
    return request.asked.act in OF_PERSONS and request.asked.subject == str(person)


def _details(request: UUID, asked: Asked) -> Details:
    return Details(
        request=str(request), asked=asked.act.value, before=asked.before, after=asked.after,
        reason=asked.reason,
    )  # fmt: skip


async def _record_decision(
    connection: Connected, found: DeskRequest, outcome: Outcome, by: Actor, reason: str | None
) -> None:
    details = _details(found.id, found.asked)
    details["asked_by"] = str(found.asked_by)
    if reason is not None:
        details["reason"] = reason
    await log.record(connection, _ACTS[outcome], by, target=found.asked.subject, details=details)


_ACTS: Final[Mapping[Outcome, Act]] = {
    "approved": Act.REQUEST_APPROVED,
    "refused": Act.REQUEST_REFUSED,
    "withdrawn": Act.REQUEST_WITHDRAWN,
}


def _view(found: DeskRequest, emails: Mapping[UUID, str], *, own: bool, decidable: bool) -> RequestView:
    subject = read_uuid(found.asked.subject)
    return RequestView(
        id=str(found.id),
        act=found.asked.act.value,
        subject=found.asked.subject,
        subject_email=None if subject is None else emails.get(subject),
        before=found.asked.before,
        after=found.asked.after,
        reason=found.asked.reason,
        state=found.state,
        own=own,
        decidable=decidable,
        asked_by=OperatorName.of(str(found.asked_by), emails),
        asked_at=format_time(found.asked_at_us),
        expires_at=format_time(found.expires_at_us),
        decided_by=None if found.decided_by is None else OperatorName.of(found.decided_by, emails),
        decided_at=None if found.decided_at_us is None else format_time(found.decided_at_us),
        decision_reason=found.decision_reason,
        failure=found.failure,
    )
