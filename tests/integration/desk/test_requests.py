"""What takes two operators: never one's own, not by a role that is gone, once, and only for a day."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple
from uuid import UUID

import psycopg
import pytest

from cse.accounts.models import Tokens
from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.desk import service
from cse.desk.grants import Grants
from cse.desk.requests.models import DeskRequest, GuardedAct, NewOperator, RequestView
from cse.desk.requests.service import CarryOut, Requests
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.operators import Role
from cse.engine import wire
from cse.runtime.http.route import Caller
from cse.runtime.outbox import OutcomeWatch, Source, enqueue
from cse.runtime.postgres import Connected, Pool
from tests.integration.accounts.conftest import Room
from tests.integration.desk.conftest import acts
from tests.postgres import Database

pytestmark = pytest.mark.slow

BY = Actor.operator("root")


class Desk(NamedTuple):
    """Two heads, somebody without a role, and what was carried out."""

    requests: Requests
    grants: Grants
    asker: Caller
    other: Caller
    subject: UUID
    done: list[DeskRequest]

    async def ask(self) -> RequestView:
        body = NewOperator(str(self.subject), "support", "she has joined")
        return await self.grants.ask(self.asker, body)

    async def approve(self, request: str, caller: Caller) -> RequestView:
        return await self.requests.approve(request, Actor.desk(caller), caller.person)

    async def refusal(self, request: str, caller: Caller) -> Code | None:
        try:
            await self.approve(request, caller)
        except CodedError as error:
            return error.code
        return None


def expire(database: Database, request: str) -> None:
    database.rows(
        "UPDATE desk.requests SET expires_at = now() - interval '1 second' WHERE id = %s RETURNING id",
        request,
    )


@pytest.fixture
async def desk(room: Room, desk_pool: Pool) -> AsyncIterator[Desk]:
    callers = []
    for number, name in enumerate(("first", "second"), 20):
        person = await room.add_person(f"{name}@example.com", number)
        await service.grant(desk_pool, person, [Role.HEAD], BY)
        callers.append(room.caller(await room.sign_in(email=f"{name}@example.com")))
    done: list[DeskRequest] = []

    async def grant(connection: Connected, request: DeskRequest, by: Actor) -> None:
        await service.grant_in(connection, UUID(request.asked.subject), [Role.SUPPORT], by)
        done.append(request)

    carry_out: dict[GuardedAct, CarryOut] = {GuardedAct.GRANT_ROLE: grant}
    people = People(room.pool)
    requests = Requests(desk_pool, people, OutcomeWatch(desk_pool), carry_out)
    yield Desk(requests, Grants(desk_pool, people, requests), callers[0], callers[1], room.person, done)


async def test_another_operator_approves_and_it_is_done(desk: Desk, desk_pool: Pool) -> None:
    asked = await desk.ask()
    assert (asked.state, asked.own, asked.decidable) == ("open", True, False)
    assert (asked.before, asked.after) == ("roles=none", "roles=support")
    assert await service.roles(desk_pool, desk.subject) == []
    (seen,) = await desk.requests.all(desk.other.person)
    assert (seen.decidable, seen.asked_by.email) == (True, "first@example.com")
    done = await desk.approve(asked.id, desk.other)
    assert (done.state, done.decided_by and done.decided_by.email) == ("approved", "second@example.com")
    assert await service.roles(desk_pool, desk.subject) == [Role.SUPPORT]
    assert await desk.refusal(asked.id, desk.other) is codes.REQUEST_CLOSED


async def test_nobody_approves_their_own_in_whatever_session(room: Room, desk: Desk) -> None:
    asked = await desk.ask()
    second: Tokens = await room.sign_in(email="first@example.com")
    for caller in (desk.asker, room.caller(second)):
        assert await desk.refusal(asked.id, caller) is codes.OWN_REQUEST
    assert desk.done == []


async def test_not_even_postgresql_takes_an_approval_of_ones_own(database: Database, desk: Desk) -> None:
    asked = await desk.ask()
    with database.connect("cse_desk") as connection, pytest.raises(psycopg.errors.CheckViolation):
        connection.execute(
            "UPDATE desk.requests SET outcome = 'approved', decided_at = now(), decided_by = asked_by::text"
            " WHERE id = %s",
            (asked.id,),
        )


async def test_nobody_approves_what_is_about_themselves(room: Room, desk: Desk, desk_pool: Pool) -> None:
    asked = await desk.ask()
    await service.grant(desk_pool, desk.subject, [Role.HEAD], BY)
    subject = room.caller(await room.sign_in())
    assert await desk.refusal(asked.id, subject) is codes.NOT_TO_ONESELF
    with pytest.raises(CodedError, match="not_to_oneself"):
        await desk.grants.ask(desk.asker, NewOperator(str(desk.asker.person), "market", "me too"))


async def test_a_role_that_is_gone_neither_approves_nor_has_asked(desk: Desk, desk_pool: Pool) -> None:
    asked = await desk.ask()
    await service.take(desk_pool, desk.other.person, [Role.HEAD], BY)
    await service.grant(desk_pool, desk.other.person, [Role.SECURITY], BY)
    assert await desk.refusal(asked.id, desk.other) is codes.ROLE_MISSING
    assert await desk.requests.all(desk.other.person) == []
    await service.grant(desk_pool, desk.other.person, [Role.HEAD], BY)
    await service.take(desk_pool, desk.asker.person, [Role.HEAD], BY)
    assert await desk.refusal(asked.id, desk.other) is codes.ASKER_ROLE_MISSING
    assert desk.done == []


async def test_what_a_frozen_operator_has_asked_for_is_not_done(room: Room, desk: Desk) -> None:
    asked = await desk.ask()
    async with room.pool.connection() as connection:
        await connection.execute(
            "UPDATE accounts.persons SET frozen_at = now(), frozen_reason = 'x' WHERE id = %s",
            (desk.asker.person,),
        )
    assert await desk.refusal(asked.id, desk.other) is codes.ASKER_ROLE_MISSING


async def test_it_expires(database: Database, desk: Desk) -> None:
    asked = await desk.ask()
    expire(database, asked.id)
    (seen,) = await desk.requests.all(desk.other.person)
    assert (seen.state, seen.decidable) == ("expired", False)
    assert await desk.refusal(asked.id, desk.other) is codes.REQUEST_CLOSED


async def test_of_many_approvals_at_once_one_carries_it_out(desk: Desk) -> None:
    asked = await desk.ask()
    found = await asyncio.gather(*(desk.refusal(asked.id, desk.other) for _ in range(3)))
    assert sorted(code is None for code in found) == [False, False, True]
    assert len(desk.done) == 1


async def test_what_the_core_refused_is_known_also_where_nobody_waited_for_it(
    room: Room, database: Database, desk: Desk, desk_pool: Pool
) -> None:
    async def promote(connection: Connected, request: DeskRequest, by: Actor) -> int:
        return await enqueue(connection, Source.DESK, wire.SetAccountTier(7, 3).encode())

    acts: dict[GuardedAct, CarryOut] = {GuardedAct.GRANT_ROLE: promote}
    asked = await desk.ask()
    async with OutcomeWatch(desk_pool) as outcomes:
        requests = Requests(desk_pool, People(room.pool), outcomes, acts)
        waiting = asyncio.create_task(requests.approve(asked.id, Actor.desk(desk.other), desk.other.person))
        query = "SELECT count(*) FROM desk.requests WHERE outbox_number IS NOT NULL"
        async with asyncio.timeout(60):
            while database.rows(query) == [(0,)]:
                await asyncio.sleep(0.01)
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    assert (await desk.requests.one(UUID(asked.id), desk.other.person)).failure is None
    database.change(
        "UPDATE runtime.outbox SET sequence = 1, code = %s, answered_at = now() WHERE source = %s",
        codes.ACCOUNT_UNKNOWN.number, Source.DESK,
    )  # fmt: skip
    found = await desk.requests.one(UUID(asked.id), desk.other.person)
    assert (found.state, found.failure) == ("approved", "account_unknown")


async def test_it_is_refused_withdrawn_and_asked_anew(database: Database, desk: Desk) -> None:
    first = await desk.ask()
    second = await desk.ask()
    assert [one.state for one in await desk.requests.all(None)] == ["open", "withdrawn"]
    assert await desk.refusal(first.id, desk.other) is codes.REQUEST_CLOSED
    refused = await desk.requests.refuse(second.id, "not yet", Actor.desk(desk.other), desk.other.person)
    assert (refused.state, refused.decision_reason) == ("refused", "not yet")
    third = await desk.ask()
    with pytest.raises(CodedError, match="not_found"):
        await desk.requests.withdraw(third.id, desk.other)
    await desk.requests.withdraw(third.id, desk.asker)
    assert await desk.refusal(third.id, desk.other) is codes.REQUEST_CLOSED
    recorded = [act for act, *_ in acts(database) if act.startswith("request.")]
    assert recorded == [
        "request.asked", "request.withdrawn", "request.asked", "request.refused", "request.asked",
        "request.withdrawn",
    ]  # fmt: skip
    withdrawn = [details["request"] for act, _, details in acts(database) if act == "request.withdrawn"]
    assert withdrawn == [first.id, third.id]
    assert desk.done == []


async def test_what_has_expired_is_not_withdrawn_by_what_is_asked_anew(
    database: Database, desk: Desk
) -> None:
    expired = await desk.ask()
    expire(database, expired.id)
    asked = await desk.ask()
    states = {one.id: one.state for one in await desk.requests.all(None)}
    assert states == {expired.id: "expired", asked.id: "open"}
    assert "request.withdrawn" not in [act for act, *_ in acts(database)]


@pytest.mark.parametrize("request_id", ["x", "00000000-0000-7000-8000-000000000000"])
async def test_one_that_is_not_there(desk: Desk, request_id: str) -> None:
    assert await desk.refusal(request_id, desk.other) is codes.NOT_FOUND
