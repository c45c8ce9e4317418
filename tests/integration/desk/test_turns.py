"""Two operators who change parts of the same settings at once both keep what they set."""

from __future__ import annotations

import asyncio
from typing import Any, cast
from uuid import UUID

from cse.audit.acts import Act
from cse.cli.admin.operator import ROLE, Line, Operator
from cse.desk.markets.changes import Change
from cse.desk.markets.service import MarketDesk
from cse.engine import wire
from cse.runtime import postgres
from cse.runtime.http.route import Caller
from cse.runtime.outbox import Outcome
from cse.runtime.postgres import Pool
from tests.postgres import Database

OPERATOR = Caller(UUID(int=5), str(UUID(int=6)), 7, 0.0)


class Core:
    """Sets what it is asked for some time after it was asked, as the core does."""

    def __init__(self) -> None:
        self.now = {"band": 0, "window": 0}
        self.asked: list[dict[str, int]] = []

    async def changed(self, **part: int) -> Change:
        """A change that names a part and has the rest as it is now."""
        before = dict(self.now)
        await asyncio.sleep(0)
        self.asked.append({**before, **part})
        command = wire.SetMarketStatus(1, 1, 0).encode()
        return Change(Act.MARKET_BAND_SET, "LAB-USDC", command, "", "")

    async def outcome(self, source: int, number: int, timeout_s: float) -> Outcome:
        # Whoever may come in between comes now.
        for _ in range(50):
            await asyncio.sleep(0.001)
        self.now = self.asked.pop(0)
        return cast(Outcome, cast(Any, type("Told", (), {"code": 0, "sequence": number})))


async def test_nothing_that_is_set_at_once_is_lost(desk_pool: Pool) -> None:
    core = Core()
    desks = [MarketDesk(desk_pool, cast(Any, None), cast(Any, core), cast(Any, None)) for _ in range(2)]
    await asyncio.gather(
        desks[0].carry_out_in_turn(OPERATOR, lambda: core.changed(band=5), "why"),
        desks[1].carry_out_in_turn(OPERATOR, lambda: core.changed(window=9), "why"),
    )
    assert core.now == {"band": 5, "window": 9}


async def test_the_machine_takes_its_turn(database: Database, desk_pool: Pool) -> None:
    core = Core()
    desk = MarketDesk(desk_pool, cast(Any, None), cast(Any, core), cast(Any, None))
    absent = cast(Any, None)
    async with postgres.pool(database.configuration, ROLE, size=1) as outbox:
        machine = Operator(absent, outbox, cast(Any, core), absent, Line("market band"))
        await asyncio.gather(
            machine.carry_out_in_turn(lambda: core.changed(window=9)),
            desk.carry_out_in_turn(OPERATOR, lambda: core.changed(band=5), "why"),
        )
    assert core.now == {"band": 5, "window": 9}


async def test_a_change_that_cannot_be_made_leaves_the_turn_to_others(desk_pool: Pool) -> None:
    core = Core()
    desk = MarketDesk(desk_pool, cast(Any, None), cast(Any, core), cast(Any, None))

    async def refused() -> Change:
        raise ValueError("it does not fit")

    for _ in range(3):
        outcomes = await asyncio.gather(
            desk.carry_out_in_turn(OPERATOR, refused, "why"),
            desk.carry_out_in_turn(OPERATOR, lambda: core.changed(band=1), "why"),
            return_exceptions=True,
        )
        assert isinstance(outcomes[0], ValueError)
        assert isinstance(outcomes[1], int)
