"""M of N: one member asks for what matters, others approve it, and the last approval that it needs does it.

Who asked never counts, nor who is no approver any more when it is counted. What is approved is what was
seen: an approval names the digest of it, and under another policy it is asked for anew. All of it happens
behind the lock of the organisation, so that of two approvals at the same moment one is the last.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias
from uuid import UUID

from cse.accounts.organisations.approvals import store
from cse.accounts.organisations.approvals.models import (
    GOOD_FOR_S,
    Approval,
    ApprovalRequest,
    Asked,
    Outcome,
)
from cse.accounts.organisations.looking import lock, look, read_id, require
from cse.accounts.organisations.models import Looked, Member
from cse.accounts.organisations.notices import note_approval_wanted
from cse.accounts.organisations.policy import RULES, GuardedAct
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.lines import parse_reason
from cse.domain.organisations import MemberRight
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import OUTCOME_TIMEOUT_S, OutcomeWatch, Source
from cse.runtime.postgres import Connected, Pool


class Plan(NamedTuple):
    """What an act would do: how many approvals it needs, and what does it.

    `carry_out` gives the outbox's number of the command that the core has to take, where there is one.
    """

    needed: int
    carry_out: Callable[[Connected], Awaitable[int | None]]


# Looks whether an act can be done as things are, for whom who asked. Raises `CodedError`.
Prepare: TypeAlias = Callable[[Connected, Looked, Member, Asked, Actor], Awaitable[Plan]]


class Found(NamedTuple):
    """What was asked for, who has approved it, and the organisation in which that is."""

    request: ApprovalRequest
    approvals: list[Approval]
    looked: Looked


class OrganisationApprovals:
    """What is asked for in organisations, and decisions about it."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, acts: Mapping[GuardedAct, Prepare]) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._acts = acts

    async def ask(self, caller: Caller, organisation: str, asked: Asked, key: str | None = None) -> Found:
        """Asks for an act, and does it where nobody else is needed; once for each `key`.

        Raises:
            CodedError: `organisation_unknown`, `member_role_missing`, `organisation_limit`,
                `idempotency_key_conflict`, or why it cannot be done.
            NotAnswered: it will be done or refused by the core.
        """
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            require(looked, RULES[asked.act].right)
            request = await _asked_before(connection, looked, asked, key)
            if request is None:
                request = await self._ask(connection, looked, asked, Actor.caller(caller), key)
        return await self._awaited(caller, request)

    async def _ask(
        self, connection: Connected, looked: Looked, asked: Asked, by: Actor, key: str | None
    ) -> ApprovalRequest:
        plan = await self._acts[asked.act](connection, looked, looked.own, asked, by)
        if await store.count_open(connection, looked.organisation.id) >= store.OPEN_MAX:
            raise CodedError(codes.ORGANISATION_LIMIT, limit=store.OPEN_MAX, what="open requests")
        request = _request(looked, asked, plan.needed)
        await store.add(connection, request, key, GOOD_FOR_S)
        if plan.needed == 0:
            return await self._carry_out(connection, request, plan, by, looked.own.person)
        await _record(connection, Act.APPROVAL_ASKED, by, request)
        await note_approval_wanted(connection, looked, asked.act)
        return request

    async def _awaited(self, caller: Caller, request: ApprovalRequest) -> Found:
        """What was asked for, once the core has done its part, if it has one."""
        if request.outbox_number is not None:
            number = request.outbox_number
            outcome = await self._outcomes.outcome(Source.ACCOUNTS, number, OUTCOME_TIMEOUT_S)
            if outcome.code:
                refusal = outcome.refusal()
                async with self._pool.connection() as connection:
                    await store.note_failure(connection, request.id, refusal.code.name)
                raise refusal
        return await self.one(caller, str(request.organisation), str(request.id))

    async def one(self, caller: Caller, organisation: str, request: str) -> Found:
        """What was asked for. Raises `CodedError` organisation_unknown, approval_unknown."""
        async with self._pool.connection() as connection:
            looked = await look(connection, organisation, caller.person)
            found = await _find(connection, looked, request)
            return Found(found, await store.approvals_of(connection, [found.id]), looked)

    async def all(self, caller: Caller, organisation: str) -> list[Found]:
        """What was asked for last. Raises `CodedError` organisation_unknown."""
        async with self._pool.connection() as connection:
            looked = await look(connection, organisation, caller.person)
            requests = await store.last(connection, looked.organisation.id)
            approvals = await store.approvals_of(connection, [one.id for one in requests])
        return [
            Found(one, [given for given in approvals if given.request == one.id], looked) for one in requests
        ]

    async def approve(self, caller: Caller, organisation: str, request: str, digest: str) -> Found:
        """Approves what was asked for, and does it where that was the last approval it needed.

        Raises:
            CodedError: `organisation_unknown`, `approval_unknown`, `member_role_missing`, `own_request`,
                `request_closed`, `version_outdated` where it is not what was seen or the policy is another,
                `asker_role_missing`, or why it cannot be done any more.
        """
        by = Actor.caller(caller)
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            found = await _decidable(connection, looked, request)
            if found.asked_by == caller.person:
                raise CodedError(codes.OWN_REQUEST)
            if not _is_seen(found, digest):
                raise CodedError(codes.VERSION_OUTDATED)
            if await store.approve(connection, found, caller.person):
                await _record(connection, Act.APPROVAL_GIVEN, by, found)
            given = await store.approvals_of(connection, [found.id])
            if len(counted(given, looked.members)) >= found.needed:
                found = await self._do(connection, looked, found, by, caller.person)
        return await self._awaited(caller, found)

    async def refuse(self, caller: Caller, organisation: str, request: str, reason: str) -> Found:
        """Refuses what was asked for. Raises `CodedError` as `approve` does."""
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            found = await _decidable(connection, looked, request)
            if found.asked_by == caller.person:
                raise CodedError(codes.OWN_REQUEST)
            await _decide(connection, found, "refused", Actor.caller(caller), caller.person, why)
        return await self.one(caller, organisation, request)

    async def withdraw(self, caller: Caller, organisation: str, request: str) -> None:
        """Takes back what one has asked for.

        Raises:
            CodedError: `organisation_unknown`, `approval_unknown` also for what another has asked for,
                `request_closed`.
        """
        async with self._pool.connection() as connection:
            looked = await lock(connection, organisation, caller.person)
            found = await _find(connection, looked, request)
            if found.asked_by != caller.person:
                raise CodedError(codes.APPROVAL_UNKNOWN)
            if found.outcome is not None:
                raise CodedError(codes.REQUEST_CLOSED)
            await _decide(connection, found, "withdrawn", Actor.caller(caller), caller.person, None)

    async def _do(
        self, connection: Connected, looked: Looked, found: ApprovalRequest, by: Actor, decider: UUID
    ) -> ApprovalRequest:
        """Does what was asked for, as things are now, if who asked may still ask for it."""
        asker = looked.members.get(found.asked_by)
        if asker is None or not asker.acting or not asker.may(RULES[found.asked.act].right):
            raise CodedError(codes.ASKER_ROLE_MISSING)
        plan = await self._acts[found.asked.act](connection, looked, asker, found.asked, by)
        return await self._carry_out(connection, found, plan, by, decider)

    async def _carry_out(
        self, connection: Connected, request: ApprovalRequest, plan: Plan, by: Actor, decider: UUID
    ) -> ApprovalRequest:
        number = await plan.carry_out(connection)
        await _decide(connection, request, "done", by, decider, None)
        if number is not None:
            await store.note_number(connection, request.id, number)
        return request._replace(outbox_number=number)


def counted(given: Sequence[Approval], members: Mapping[UUID, Member]) -> list[Approval]:
    """The approvals that count: of who is an approver now, and is not frozen."""
    found = []
    for one in given:
        member = members.get(one.person)
        if member is not None and member.acting and member.may(MemberRight.APPROVE):
            found.append(one)
    return found


def _request(looked: Looked, asked: Asked, needed: int) -> ApprovalRequest:
    there, by = looked.organisation, looked.own.person
    request = ApprovalRequest(
        new_uuid(), there.id, asked, b"", there.policy_version, needed, by, 0, 0,
        is_expired=False, is_current=True, outcome=None, decided_at_us=None, decided_by=None,
        decision_reason=None, outbox_number=None, failure=None,
    )  # fmt: skip
    return request._replace(digest=request.content)


async def _asked_before(
    connection: Connected, looked: Looked, asked: Asked, key: str | None
) -> ApprovalRequest | None:
    """What this request has asked for when it came before; `idempotency_key_conflict` for something else."""
    if key is None:
        return None
    found = await store.repeated(connection, looked.organisation.id, looked.own.person, key)
    if found is not None and (found.asked.act, dict(found.asked.facts)) != (asked.act, dict(asked.facts)):
        raise CodedError(codes.IDEMPOTENCY_KEY_CONFLICT, field="Idempotency-Key")
    return found


def _is_seen(request: ApprovalRequest, digest: str) -> bool:
    """Whether a digest, which may be any text, is of this request as it is kept."""
    return request.content == request.digest and digest == request.digest.hex()


async def _find(connection: Connected, looked: Looked, request: str) -> ApprovalRequest:
    wanted = read_id(request)
    found = None if wanted is None else await store.find(connection, looked.organisation.id, wanted)
    if found is None:
        raise CodedError(codes.APPROVAL_UNKNOWN)
    return found


async def _decidable(connection: Connected, looked: Looked, request: str) -> ApprovalRequest:
    """An open request, looked at by who may decide about some."""
    found = await _find(connection, looked, request)
    require(looked, MemberRight.APPROVE)
    if found.state == "outdated":
        raise CodedError(codes.VERSION_OUTDATED)
    if found.state != "open":
        raise CodedError(codes.REQUEST_CLOSED)
    return found


_ACTS: Final[Mapping[Outcome, Act]] = {
    "done": Act.APPROVAL_DONE,
    "refused": Act.APPROVAL_REFUSED,
    "withdrawn": Act.APPROVAL_WITHDRAWN,
}


async def _decide(
    connection: Connected,
    request: ApprovalRequest,
    outcome: Outcome,
    by: Actor,
    decider: UUID,
    reason: str | None,
) -> None:
    await store.decide(connection, request.id, outcome, decider, reason)
    if outcome != "done" or request.needed:
        # What takes nobody else is recorded as what it is alone.
        await _record(connection, _ACTS[outcome], by, request, reason)


async def _record(
    connection: Connected, act: Act, by: Actor, request: ApprovalRequest, reason: str | None = None
) -> None:
    details = Details(
        request=str(request.id),
        asked=request.asked.act.value,
        asked_by=str(request.asked_by),
        digest=request.digest.hex(),
        needed=str(request.needed),
    )
    if reason is not None:
        details["reason"] = reason
    await log.record(connection, act, by, target=str(request.organisation), details=details)
