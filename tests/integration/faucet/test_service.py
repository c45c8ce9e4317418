"""Play money: how much by the level, and none to who is frozen or closes their account."""

from __future__ import annotations

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, Final, cast

import pytest

from cse.domain.assets import Asset
from cse.domain.demo import FAUCET_DAILY
from cse.domain.errors import CodedError
from cse.domain.verification import LIMITS, Level
from cse.faucet.models import FaucetRequest
from cse.faucet.service import Faucet
from cse.runtime import postgres
from cse.runtime.http.route import Caller
from cse.runtime.identity import new_uuid
from cse.runtime.outbox import Outcome
from tests.postgres import Database

pytestmark = pytest.mark.slow

CALLER: Final = Caller(new_uuid(), str(new_uuid()), 7, 0.0)
REQUEST: Final = FaucetRequest("USDC", "5")


class Exchange:
    """Lists one asset, knows where it comes from, and takes every command."""

    async def asset(self, symbol: str) -> Asset:
        return Asset(1, symbol, 6)

    async def external_account(self, asset: int, network: int) -> Any:
        return SimpleNamespace(value=2)

    async def outcome(self, source: int, number: int, timeout_s: float) -> Outcome:
        return Outcome(100 + number, 0)


@pytest.fixture
async def faucet(database: Database) -> AsyncIterator[Faucet]:
    database.change(
        "INSERT INTO accounts.persons (id, email, display_name, password_hash)"
        " VALUES (%s, 'ada@example.com', 'Ada', '')",
        CALLER.person,
    )
    exchange = cast(Any, Exchange())
    async with postgres.pool(database.configuration, "cse_faucet", size=2) as pool:
        yield Faucet(pool, exchange, exchange, exchange)


@pytest.mark.parametrize("level", Level)
async def test_a_level_says_how_much_a_day_and_is_felt_at_once(
    database: Database, faucet: Faucet, level: Level
) -> None:
    daily = FAUCET_DAILY["USDC"]
    most = daily * LIMITS[level].faucet_factor
    set_level = "UPDATE accounts.persons SET verified_level = %s"
    database.change(set_level, level.value)
    await faucet.give(CALLER, "first", FaucetRequest("USDC", str(most - 1)))
    with pytest.raises(CodedError) as refused:
        await faucet.give(CALLER, "above", FaucetRequest("USDC", "1.000001"))
    assert (refused.value.code.name, refused.value.details["limit"]) == ("faucet_limit", str(most))
    # A level that is lost holds of the same day, and gives nothing back.
    database.change(set_level, "none")
    if level is not Level.NONE:
        with pytest.raises(CodedError) as refused:
            await faucet.give(CALLER, "lost", REQUEST)
        assert refused.value.details["limit"] == str(daily)
    database.change(set_level, level.value)
    await faucet.give(CALLER, "last", FaucetRequest("USDC", "1"))


@pytest.mark.parametrize("also", ["", ", closed_at = now()"])
async def test_who_is_frozen_gets_nothing_and_it_counts_for_no_day(
    database: Database, faucet: Faucet, also: str
) -> None:
    database.change(f"UPDATE accounts.persons SET frozen_at = now(), frozen_reason = 'asked'{also}")
    with pytest.raises(CodedError) as refused:
        await faucet.give(CALLER, "K", REQUEST)
    assert refused.value.code.name == "account_frozen"
    for table in ("runtime.outbox", "faucet.daily_totals", "runtime.idempotency_keys"):
        assert database.rows(f"SELECT count(*) FROM {table}") == [(0,)], table


async def test_a_key_that_gave_before_answers_the_same_to_who_is_frozen_since(
    database: Database, faucet: Faucet
) -> None:
    given = await faucet.give(CALLER, "K", REQUEST)
    database.change("UPDATE accounts.persons SET frozen_at = now(), frozen_reason = 'asked'")
    assert await faucet.give(CALLER, "K", REQUEST) == given
    assert database.rows("SELECT count(*) FROM runtime.outbox") == [(1,)]
