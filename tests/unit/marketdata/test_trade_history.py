"""A market's trades, of the replica's newest and the ledger's older ones."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cse.engine.models import DatedTrade, NotYetVisible, Reading
from cse.marketdata.trade_history import TradeHistory
from tests.marketdata.plain import dated

MARKET = 1


def history(kept: range, written: range, asked: list[int] | None = None) -> TradeHistory:
    """The replica keeps trades of these ids, and PostgreSQL has those of others.

    How many trades the replica is asked for is noted in `asked`.
    """

    async def newest(_: int, limit: int, **__: Any) -> Reading[list[DatedTrade]]:
        if asked is not None:
            asked.append(limit)
        return Reading(9_000, [dated(trade_id) for trade_id in reversed(kept)][:limit])

    async def older(_: int, before: int, limit: int) -> list[DatedTrade]:
        return [dated(trade_id) for trade_id in reversed(written) if trade_id < before][:limit]

    async def after(_: int, after: int, limit: int) -> list[DatedTrade]:
        return [dated(trade_id) for trade_id in written if trade_id > after][:limit]

    replica: Any = SimpleNamespace(trades=newest)
    ledger: Any = SimpleNamespace(trades=older, trades_after=after)
    return TradeHistory(replica, ledger)


async def before(data: TradeHistory, trade: int | None, limit: int) -> list[int]:
    return [found.traded.trade_id for found in (await data.before(MARKET, trade, limit, 0)).value]


async def after(data: TradeHistory, trade: int, limit: int) -> list[int]:
    return [found.traded.trade_id for found in (await data.after(MARKET, trade, limit, 0)).value]


@pytest.mark.parametrize("written", [range(1, 41), range(1, 46)])
async def test_trades_go_on_in_the_ledger(written: range) -> None:
    data = history(range(41, 51), written)
    assert await before(data, None, 100) == list(range(50, 0, -1))
    assert await before(data, 30, 100) == list(range(29, 0, -1))
    assert await after(data, 0, 100) == list(range(1, 51))
    assert await after(data, 38, 5) == [39, 40, 41, 42, 43]


async def test_a_ledger_too_far_behind_leaves_no_gap() -> None:
    data = history(range(41, 51), range(1, 40))
    assert len(await before(data, None, 10)) == 10
    assert await after(data, 40, 100) == list(range(41, 51))
    assert await after(data, 0, 39) == list(range(1, 40))
    for call in (before(data, None, 11), before(data, 41, 10), after(data, 38, 10), after(data, 39, 10)):
        with pytest.raises(NotYetVisible):
            await call


async def test_a_market_of_which_the_replica_keeps_nothing_is_the_ledgers() -> None:
    data = history(range(0), range(1, 6))
    assert len(await before(data, None, 100)) == 5
    assert len(await after(data, 0, 100)) == 5
    assert await after(data, 5, 100) == []


async def test_the_replica_is_asked_for_no_more_trades_than_are_wanted() -> None:
    asked: list[int] = []
    data = history(range(1_001, 2_001), range(1, 1_995), asked)
    assert len(await before(data, None, 1)) == 1
    assert await after(data, 1_990, 100) == list(range(1_991, 2_001))
    assert await after(data, 2_000, 100) == []
    assert asked[0] == 1
    assert max(asked) < 100


async def test_trades_after_one_bridge_a_ledger_that_is_some_hundreds_behind() -> None:
    data = history(range(1_001, 2_001), range(1, 1_200))
    assert await after(data, 1_300, 1_000) == list(range(1_301, 2_001))
    assert await after(data, 900, 5_000) == list(range(901, 2_001))


@pytest.mark.parametrize("limit", [11, 49, 1_000])
@pytest.mark.parametrize("written", [range(1, 1_101), range(1, 1_151)])
async def test_paged_through_in_both_directions_none_is_missing(written: range, limit: int) -> None:
    data = history(range(1_101, 1_201), written)
    found: list[int] = []
    while page := await after(data, found[-1] if found else 0, limit):
        found += page
    assert found == list(range(1, 1_201))
    found = []
    while page := await before(data, found[-1] if found else None, limit):
        found += page
    assert found == list(range(1_200, 0, -1))
