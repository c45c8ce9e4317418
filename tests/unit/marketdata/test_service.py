"""A market's trades and a day's figures, of the replica's newest and the ledger's older trades."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from cse.domain.assets import Asset
from cse.domain.markets import Market
from cse.engine.models import DatedTrade, Depth, NotYetVisible, Reading
from cse.engine.wire import Traded
from cse.ledger.models import TradesSummary
from cse.marketdata.service import MarketData, summarise
from cse.runtime.http.times import format_time


def traded(trade_id: int, price: int, quantity: int) -> DatedTrade:
    event = Traded(
        trade_id=trade_id, market=1, taker_side=1, price=price, quantity=quantity,
        notional=price * quantity, maker_order_id=1, taker_order_id=2, maker_account=3, taker_account=4,
        maker_fee=0, taker_fee=0, creator_fee=0, fee_account=1, creator_account=0, maker_remaining=0,
        taker_remaining=0,
    )  # fmt: skip
    return DatedTrade(trade_id, trade_id, event)


def test_a_summary_of_trades_newest_first() -> None:
    newest_first = [traded(3, 12, 1), traded(2, 9, 4), traded(1, 10, 2)]
    assert summarise(newest_first) == TradesSummary(
        trades=3, first_price=10, high_price=12, low_price=9, quantity=7, notional=68
    )
    assert summarise([]).trades == 0


def test_times_have_six_digits_and_are_utc() -> None:
    assert format_time(0) == "1970-01-01T00:00:00.000000Z"
    assert format_time(1_769_860_800_000_001) == "2026-01-31T12:00:00.000001Z"


MARKET = Market(1, Asset(2, "CRT", 6), Asset(1, "USDC", 6), 1, 2, 1_000, 0, 1_000_000, 0, 0)


def market_data(kept: range, written: range, asked: list[int] | None = None) -> MarketData:
    """The replica keeps trades of these ids, and PostgreSQL has those of others.

    How many trades the replica is asked for is noted in `asked`.
    """

    async def newest(_: int, limit: int, **__: Any) -> Reading[list[DatedTrade]]:
        if asked is not None:
            asked.append(limit)
        return Reading(9_000, [traded(trade_id, 10, 1) for trade_id in reversed(kept)][:limit])

    async def depth(*_: Any, **__: Any) -> Reading[Depth]:
        return Reading(9_000, Depth(1, 1, 10, [], []))

    def older_than(before: int) -> list[DatedTrade]:
        return [traded(trade_id, 10, 1) for trade_id in reversed(written) if trade_id < before]

    async def older(_: int, before: int, limit: int) -> list[DatedTrade]:
        return older_than(before)[:limit]

    async def summary(_: int, __: int, before: int) -> TradesSummary:
        return summarise(older_than(before))

    replica: Any = SimpleNamespace(trades=newest, depth=depth)
    ledger: Any = SimpleNamespace(trades=older, summary=summary)
    listing: Any = None
    return MarketData(replica, listing, ledger)


@pytest.mark.parametrize("written", [range(1, 41), range(1, 46)])
async def test_trades_and_figures_go_on_in_the_ledger(written: range) -> None:
    data = market_data(range(41, 51), written)
    reading = await data.trades(MARKET, None, 100, 0)
    assert [trade.traded.trade_id for trade in reading.value] == list(range(50, 0, -1))
    reading = await data.trades(MARKET, 30, 100, 0)
    assert [trade.traded.trade_id for trade in reading.value] == list(range(29, 0, -1))
    assert (await data.day(MARKET, 60, 0)).value.trades.trades == 50


async def test_a_ledger_too_far_behind_leaves_no_gap() -> None:
    data = market_data(range(41, 51), range(1, 40))
    assert len((await data.trades(MARKET, None, 10, 0)).value) == 10
    with pytest.raises(NotYetVisible):
        await data.trades(MARKET, None, 11, 0)
    with pytest.raises(NotYetVisible):
        await data.trades(MARKET, 41, 10, 0)
    with pytest.raises(NotYetVisible):
        await data.day(MARKET, 60, 0)


async def test_a_market_of_which_the_replica_keeps_nothing_is_the_ledgers() -> None:
    data = market_data(range(0), range(1, 6))
    assert len((await data.trades(MARKET, None, 100, 0)).value) == 5
    assert (await data.day(MARKET, 60, 0)).value.trades.trades == 5


async def test_the_replica_is_asked_for_no_more_trades_than_are_wanted() -> None:
    asked: list[int] = []
    data = market_data(range(1_001, 2_001), range(1, 1_995), asked)
    assert len((await data.trades(MARKET, None, 1, 0)).value) == 1
    assert (await data.day(MARKET, 2_000, 0)).value.trades.trades == 2_000
    assert asked[0] == 1
    assert max(asked) < 100


async def test_a_day_s_figures_bridge_a_ledger_that_is_some_trades_behind() -> None:
    data = market_data(range(1_001, 2_001), range(1, 1_200))
    assert (await data.day(MARKET, 2_000, 0)).value.trades.trades == 2_000
