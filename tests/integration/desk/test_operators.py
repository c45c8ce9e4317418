"""Nobody operates the exchange but with a role, a second factor of theirs, and a session that has shown it."""

from __future__ import annotations

import pytest

from cse.audit.models import Actor
from cse.desk import service
from cse.desk.service import Operators
from cse.domain import codes
from cse.domain.codes import Code
from cse.domain.errors import CodedError
from cse.domain.operators import Right, Role
from cse.runtime.http.route import Caller
from cse.runtime.postgres import Pool
from tests.integration.accounts.conftest import Room
from tests.integration.desk.conftest import acts, add_factor
from tests.postgres import Database

pytestmark = pytest.mark.slow

BY = Actor.operator("root")


async def refusal(operators: Operators, caller: Caller, right: Right | None = None) -> Code | None:
    try:
        await operators.require(caller, right)
    except CodedError as error:
        return error.code
    return None


async def test_who_has_no_role_finds_nothing_there(room: Room, operators: Operators) -> None:
    caller = await add_factor(room, await room.sign_in())
    assert await refusal(operators, caller) is codes.NOT_FOUND
    assert await refusal(operators, caller, Right.FREEZE) is codes.NOT_FOUND


async def test_a_role_is_nothing_without_a_second_factor(
    room: Room, operators: Operators, desk_pool: Pool
) -> None:
    await service.grant(desk_pool, room.person, [Role.HEAD], BY)
    before = await room.sign_in()
    assert await refusal(operators, room.caller(before)) is codes.OPERATOR_FACTOR_MISSING
    shown = await add_factor(room, await room.sign_in())
    assert await refusal(operators, shown, Right.FREEZE) is None
    # It has shown a password, and will not be more for what another session did.
    assert await refusal(operators, room.caller(before)) is codes.OPERATOR_FACTOR_MISSING
    await room.second_factor.remove_totp(shown)
    assert await refusal(operators, shown) is codes.OPERATOR_FACTOR_MISSING


async def test_a_session_that_has_ended_operates_nothing(
    room: Room, operators: Operators, desk_pool: Pool
) -> None:
    await service.grant(desk_pool, room.person, [Role.HEAD], BY)
    caller = await add_factor(room, await room.sign_in())
    await room.accounts.sign_out(caller)
    # Its token is refused as well, a moment later on other processes; what is done here waits for none.
    assert await refusal(operators, caller) is codes.OPERATOR_FACTOR_MISSING


async def test_a_role_allows_what_it_is_for_and_is_gone_at_once(
    room: Room, operators: Operators, desk_pool: Pool
) -> None:
    await service.grant(desk_pool, room.person, [Role.SUPPORT], BY)
    caller = await add_factor(room, await room.sign_in())
    assert await refusal(operators, caller, Right.FREEZE) is None
    assert await refusal(operators, caller, Right.UNFREEZE) is codes.ROLE_MISSING
    await service.take(desk_pool, room.person, [Role.SUPPORT], BY)
    assert await refusal(operators, caller) is codes.NOT_FOUND


async def test_what_changes_is_recorded_and_what_does_not_is_not(
    database: Database, room: Room, desk_pool: Pool
) -> None:
    both = [Role.SUPPORT, Role.MARKET]
    assert await service.grant(desk_pool, room.person, [Role.SUPPORT], BY) == [Role.SUPPORT]
    assert await service.grant(desk_pool, room.person, both, BY) == [Role.MARKET]
    assert await service.take(desk_pool, room.person, list(Role), BY) == [Role.SUPPORT, Role.MARKET]
    assert await service.take(desk_pool, room.person, list(Role), BY) == []
    assert acts(database, room.person) == [
        ("role.granted", "operator", {"role": "support"}),
        ("role.granted", "operator", {"role": "market"}),
        ("role.taken", "operator", {"role": "support"}),
        ("role.taken", "operator", {"role": "market"}),
    ]
    assert await service.everybody(desk_pool) == []
