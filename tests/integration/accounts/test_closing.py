"""Closing an account while the core says of it what it is told to: it is closed, or let go again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, cast

import pytest

from cse.accounts.closing.service import Closings
from cse.accounts.people.freezing import Freezes
from cse.audit.models import Actor
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.models import EngineError, Unavailable
from cse.runtime.outbox import Outcome
from tests.integration.accounts.conftest import Room
from tests.postgres import Database

BY = Actor.operator("root")


class Core:
    """Has nothing at the first look; what it is made with it has, or says, once the accounts are frozen."""

    def __init__(self, *, code: int = 0, money: int = 0, orders: int = 0, fails: EngineError | None = None):
        self.code, self.money, self.orders, self.fails = code, money, orders, fails

    async def outcome(self, source: int, number: int, timeout_s: float) -> Outcome:
        return Outcome(100 + number, self.code)

    async def balances_of(self, accounts: list[int], *, min_sequence: int) -> Any:
        if min_sequence and self.fails is not None:
            raise self.fails
        money = self.money if min_sequence else 0
        return SimpleNamespace(value=[[wire.BalanceState(one, 1, 0, money)] for one in accounts])

    async def open_orders(self, account: int, *, limit: int, min_sequence: int) -> Any:
        return SimpleNamespace(value=[None] * self.orders if min_sequence else [])


def closings(room: Room, core: Core) -> Closings:
    return Closings(room.pool, cast(Any, core), cast(Any, core), room.access_tokens)


def commands(database: Database) -> list[int]:
    rows = database.rows("SELECT command FROM runtime.outbox WHERE source = 2 ORDER BY number")
    return [int.from_bytes(row[0][:2], "little") for row in rows]


@pytest.mark.parametrize(
    ("core", "refusal"),
    [
        pytest.param(Core(orders=1), codes.ACCOUNT_NOT_CLOSABLE, id="an order came before it was frozen"),
        pytest.param(Core(money=1), codes.ACCOUNT_NOT_CLOSABLE, id="money came before it was frozen"),
        pytest.param(Core(code=codes.ACCOUNT_UNKNOWN.number), codes.ACCOUNT_UNKNOWN, id="nothing was frozen"),
        pytest.param(Core(fails=Unavailable("away")), codes.UNAVAILABLE, id="the core cannot be asked"),
    ],
)
async def test_what_is_not_closed_is_let_go_again(
    room: Room, database: Database, core: Core, refusal: codes.Code
) -> None:
    caller = room.caller(await room.sign_in())
    with pytest.raises(CodedError) as refused:
        await closings(room, core).close(caller)
    assert refused.value.code == refusal
    assert commands(database) == [wire.FreezeAccount.KIND, wire.UnfreezeAccount.KIND]
    assert database.rows("SELECT frozen_at, closed_at FROM accounts.persons") == [(None, None)]
    assert room.caller(await room.sign_in()).person == room.person


async def test_who_has_closed_the_account_is_neither_frozen_nor_let_go(
    room: Room, database: Database
) -> None:
    caller = room.caller(await room.sign_in())
    database.change("UPDATE accounts.persons SET account = NULL")

    class Meanwhile(Core):
        """Has the account closed between an operator's look at the person and what follows."""

        async def main_account(self, owner: bytes) -> Any:
            database.change("UPDATE accounts.persons SET account = 7")
            await closings(room, self).close(caller)
            return SimpleNamespace(value=7)

    core = cast(Any, Meanwhile())
    with pytest.raises(CodedError) as refused:
        await Freezes(room.pool, core, core).unfreeze(room.person, "found again", BY)
    assert refused.value.code == codes.ACCOUNT_UNKNOWN
    assert commands(database) == [wire.FreezeAccount.KIND]
    with pytest.raises(CodedError) as refused:
        await Freezes(room.pool, core, core).freeze(room.person, "late", BY, cancels_orders=True)
    assert refused.value.code == codes.ACCOUNT_UNKNOWN
