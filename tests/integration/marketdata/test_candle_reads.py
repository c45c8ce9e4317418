"""What is read out of PostgreSQL: the same candles and figures that all trades give."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from itertools import pairwise

import pytest

from cse.engine.models import NotYetVisible
from cse.ledger.models import Position
from cse.ledger.projection import Projection
from cse.ledger.roles import READ_ROLE as LEDGER_ROLE
from cse.ledger.service import Ledger
from cse.ledger.store import Store as LedgerStore
from cse.marketdata import live as live_module
from cse.marketdata.batch import Batch
from cse.marketdata.candle_builder import CandleBuilder
from cse.marketdata.candle_reads import CandleReads
from cse.marketdata.candles import Candle
from cse.marketdata.day_history import DayHistory
from cse.marketdata.intervals import DAY_US, Interval
from cse.marketdata.live import load_live
from cse.marketdata.roles import READ_ROLE
from cse.marketdata.store import Store
from cse.runtime import postgres
from cse.runtime.postgres import Pool
from tests.ledger.scenario import Life
from tests.marketdata.events import group, traded
from tests.marketdata.plain import Trade, moment, plain_candles, plain_day, plain_summary, trades_at
from tests.marketdata.recomputed import trades_of
from tests.postgres import Database

pytestmark = pytest.mark.slow

MARKETS = [1, 2]
# Where the ledger stands in the tests in which it is behind.
HALF = 1_200


@dataclass(frozen=True)
class Written:
    """A database that a life was written to, by ledger and candles alike."""

    life: Life
    trades: dict[int, list[Trade]]
    reads: CandleReads
    ledger: Ledger


@pytest.fixture(scope="module")
def life() -> Life:
    """Some months, two days of which have most of the trades."""
    life = Life(seed=23)
    life.go_on(2_500)
    return life


@pytest.mark.parametrize(
    ("interval", "times", "starts"),
    [
        (
            "1m",
            ["2026-03-29 11:59:59.999999", "2026-03-29 12:00:00.000000", "2026-03-29 12:00:59.999000"],
            ["2026-03-29 11:59:00", "2026-03-29 12:00:00", "2026-03-29 12:00:00"],
        ),
        (
            "1m",
            ["2026-03-29 12:00:30", "2026-03-29 12:04:00"],
            ["2026-03-29 12:00:00", "2026-03-29 12:04:00"],
        ),
        (
            "4h",
            ["2026-03-29 00:59:59.999999", "2026-03-29 02:30:00", "2026-03-29 04:00:00"],
            ["2026-03-29 00:00:00", "2026-03-29 00:00:00", "2026-03-29 04:00:00"],
        ),
        (
            "1d",
            ["2026-10-24 23:59:59.999999", "2026-10-25 00:00:00", "2026-10-25 23:59:59.999999"],
            ["2026-10-24 00:00:00", "2026-10-25 00:00:00", "2026-10-25 00:00:00"],
        ),
        (
            "3d",
            ["2026-01-03 23:59:59.999999", "2026-01-04 00:00:00", "2026-01-06 23:59:59.999999"],
            ["2026-01-01 00:00:00", "2026-01-04 00:00:00", "2026-01-04 00:00:00"],
        ),
        (
            "1w",
            ["2026-01-04 23:59:59.999999", "2026-01-05 00:00:00", "2026-01-11 23:59:59.999999"],
            ["2025-12-29 00:00:00", "2026-01-05 00:00:00", "2026-01-05 00:00:00"],
        ),
        (
            "1M",
            ["2024-02-29 23:59:59.999999", "2024-03-01 00:00:00", "2024-12-31 23:59:59.999999"],
            ["2024-02-01 00:00:00", "2024-03-01 00:00:00", "2024-12-01 00:00:00"],
        ),
    ],
)
async def test_a_trade_belongs_to_the_candle_that_starts_at_or_before_it(
    database: Database, interval: str, times: list[str], starts: list[str]
) -> None:
    """Trades 1, 2, 3 at prices 10, 11, 12, each written by a follower that was started anew."""
    trades = trades_at(*map(moment, times))
    for trade in trades:
        with Store.connect(database.configuration) as store:
            batch = Batch(*store.position())
            batch.add(group(trade.trade_id, traded(trade), time_us=trade.time_us))
            store.write(batch)
    async with postgres.pool(database.configuration, READ_ROLE, size=1) as pool:
        page = await CandleReads(pool).page(1, Interval(interval), None, 1 << 52, 10)
    expected: dict[int, list[int]] = {}
    for trade, start in zip(trades, starts, strict=True):
        expected.setdefault(moment(start), []).append(trade.price)
    found = [(one.start_us, one.open, one.high, one.low, one.close, one.trades) for one in page.candles]
    assert found == [
        (start_us, prices[0], max(prices), min(prices), prices[-1], len(prices))
        for start_us, prices in expected.items()
    ]


def write(database: Database, groups: list[bytes], ledger_to: int) -> None:
    with Store.connect(database.configuration) as store:
        batch = Batch(*store.position())
        batch.add(b"".join(groups))
        store.write(batch)
    with LedgerStore.connect(database.configuration) as ledger_store:
        projection = Projection(Position(0, 0, 0), {})
        rows = projection.begin()
        projection.add(rows, b"".join(groups[:ledger_to]))
        ledger_store.write(rows)


async def opened(database: Database) -> tuple[Pool, Pool]:
    pools = tuple(postgres.pool(database.configuration, role, size=2) for role in (READ_ROLE, LEDGER_ROLE))
    for pool in pools:
        await pool.open()
    return pools[0], pools[1]


@pytest.fixture(scope="module")
def written_database(shared_database: Database, life: Life) -> Database:
    write(shared_database, life.groups, len(life.groups))
    return shared_database


@pytest.fixture
async def written(written_database: Database, life: Life) -> AsyncIterator[Written]:
    pools = await opened(written_database)
    yield Written(life, trades_of(life.groups), CandleReads(pools[0]), Ledger(pools[1]))
    for pool in pools:
        await pool.close()


async def test_pages_of_every_interval_are_what_the_trades_give(written: Written) -> None:
    for market in MARKETS:
        last = written.trades[market][-1].trade_id
        for interval in Interval:
            expected = plain_candles(interval, written.trades[market])
            end_us = interval.end_us(expected[-1].start_us)
            page = await written.reads.page(market, interval, None, end_us, 10_000)
            assert page == (last, expected), interval
            assert await written.reads.page(market, interval, 0, end_us, 10_000) == page
            for limit in (1, 7):
                newest = await written.reads.page(market, interval, None, end_us, limit)
                assert newest.candles == expected[-limit:], interval
                first = await written.reads.page(market, interval, 0, end_us, limit)
                assert first.candles == expected[:limit], interval
            middle = expected[len(expected) // 2]
            upper = await written.reads.page(market, interval, middle.start_us, end_us, 10_000)
            assert upper.candles == [one for one in expected if one.start_us >= middle.start_us]
            lower = await written.reads.page(market, interval, None, middle.start_us, 10_000)
            assert lower.candles == [one for one in expected if one.start_us < middle.start_us]


async def test_a_market_that_never_traded_has_an_empty_page(written: Written) -> None:
    assert await written.reads.page(9, Interval.MINUTE_1, None, 1 << 52, 10) == (0, [])


async def test_streamed_candles_are_those_that_are_read(written: Written) -> None:
    for market in MARKETS:
        builder, streamed = CandleBuilder(), {interval: list[Candle]() for interval in Interval}
        for trade, following in pairwise([*written.trades[market], None]):
            assert trade is not None
            builder.add(*trade)
            for interval in Interval:
                newest = builder.newest(interval)
                assert newest is not None
                ends_us = interval.end_us(newest.start_us)
                if following is None or following.time_us >= ends_us:
                    streamed[interval].append(newest)
        for interval in Interval:
            page = await written.reads.page(market, interval, 0, 1 << 52, 10_000)
            assert streamed[interval] == page.candles, interval


async def test_figures_from_a_time_on_are_exact_at_every_edge(written: Written) -> None:
    """Right before, at and right behind a trade, and where seconds, minutes and hours end."""
    days = DayHistory(written.reads, written.ledger)
    times_us = [trade.time_us for trade in written.trades[1][::360]]
    ends = (Interval.SECOND_1, Interval.MINUTE_1, Interval.HOUR_1)
    times_us += [interval.ceiling_us(times_us[len(times_us) // 2]) for interval in ends]
    for since_us in (time_us + away for time_us in times_us for away in (-1, 0, 1)):
        found = await days.since([1, 2, 9], since_us)
        for market, trades in written.trades.items():
            summary = plain_summary([trade for trade in trades if trade.time_us >= since_us])
            assert found[market] == (trades[-1].trade_id, summary)
        assert found[9] == (0, plain_summary([]))


async def test_closes_of_a_day_and_the_one_before_it(written: Written) -> None:
    for at_us in [trade.time_us for trade in written.trades[1][::900]]:
        from_us = Interval.MINUTE_15.start_us(at_us)
        found = await written.reads.closes([1, 2, 9], Interval.MINUTE_15, from_us)
        assert found.keys() == set(MARKETS)
        for market, trades in written.trades.items():
            earlier = [trade.price for trade in trades if trade.time_us < from_us]
            later = plain_candles(Interval.MINUTE_15, [t for t in trades if t.time_us >= from_us])
            assert found[market] == (
                trades[-1].trade_id,
                earlier[-1] if earlier else None,
                {candle.start_us: candle.close for candle in later},
            )


async def test_what_is_loaded_goes_on_as_what_saw_every_trade(written: Written) -> None:
    now_us = written.life.time_us
    live = await load_live(written.reads, written.ledger, now_us)
    assert live.sequence == len(written.life.groups)
    assert live.markets.keys() == set(MARKETS)
    for market in MARKETS:
        trades = written.trades[market]
        candles, day = live.market(market)
        seen = CandleBuilder()
        for trade in trades:
            seen.add(*trade)
        assert candles.last_trade == day.last_trade == trades[-1].trade_id
        assert day.last_price == trades[-1].price
        assert day.summary == plain_day(trades, now_us)
        following = Trade(now_us + 1, trades[-1].trade_id + 1, 1_234, 5, 6_170)
        assert candles.add(*following) and seen.add(*following) and day.add(*following)
        for interval in Interval:
            assert candles.newest(interval) == seen.newest(interval), interval
        for later_us in (now_us + 1, now_us + DAY_US // 2, now_us + DAY_US + 1, now_us + DAY_US + 2):
            day.expire(later_us)
            assert day.summary == plain_day([*trades, following], later_us)
    nothing = live.market(9)
    assert (nothing.candles.last_trade, nothing.day.last_price) == (0, 0)
    assert nothing.candles.sequence == nothing.day.sequence == live.sequence


async def test_a_ledger_that_is_behind_is_waited_for(
    database: Database, life: Life, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, life.groups, HALF)
    pools = await opened(database)
    reads, ledger = CandleReads(pools[0]), Ledger(pools[1])
    trades = trades_of(life.groups)[1]
    missing = next(trade for trade in trades[::-1] if trade.time_us % 1_000_000)
    with pytest.raises(NotYetVisible):
        await DayHistory(reads, ledger).since([1], missing.time_us)
    monkeypatch.setattr(live_module, "LEDGER_WITHIN_S", 0.1)
    with pytest.raises(NotYetVisible):
        await load_live(reads, ledger, life.time_us)
    monkeypatch.setattr(live_module, "LEDGER_WITHIN_S", 10)
    loading = asyncio.create_task(load_live(reads, ledger, life.time_us))
    await asyncio.sleep(0.1)
    assert not loading.done()
    with LedgerStore.connect(database.configuration) as store:
        projection = Projection(store.position(), store.markets())
        batch = projection.begin()
        projection.add(batch, b"".join(life.groups[HALF:]))
        store.write(batch)
    assert (await loading).market(1).day.summary == plain_day(trades, life.time_us)
    for pool in pools:
        await pool.close()
