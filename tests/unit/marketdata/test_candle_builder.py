"""Candles built trade by trade are those worked out from all trades."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.marketdata.candle_builder import BEFORE_MAX, CandleBuilder, TradeMissing
from cse.marketdata.candles import Candle, is_closed
from cse.marketdata.intervals import Interval
from tests.marketdata.plain import Trade, moment, plain_candles, trades_at

STARTED_US = moment("2026-02-28 23:59:58")
# From trades at one time to some days apart.
STRIDES_US = st.sampled_from([0, 1, 400_000, 1_000_000, 59_000_000, 3_600_000_000, 300_000_000_000])


@st.composite
def some_trades(draw: st.DrawFn) -> list[Trade]:
    strides = draw(st.lists(STRIDES_US, max_size=40))
    prices = draw(st.lists(st.integers(1, 5), min_size=len(strides), max_size=len(strides)))
    times, time_us = [], STARTED_US
    for stride_us in strides:
        time_us += stride_us
        times.append(time_us)
    return trades_at(*times, prices=prices)


def built(trades: list[Trade], builder: CandleBuilder | None = None) -> CandleBuilder:
    builder = builder or CandleBuilder()
    for trade in trades:
        assert builder.add(*trade)
    return builder


def test_a_second_trade_opens_the_minute_it_falls_in() -> None:
    builder = CandleBuilder()
    first, second, third = trades_at(
        moment("2026-03-29 11:59:59.999999"),
        moment("2026-03-29 12:00:00.000000"),
        moment("2026-03-29 12:00:59.999000"),
    )
    builder.add(*first)
    assert builder.newest(Interval.MINUTE_1) == Candle(
        moment("2026-03-29 11:59:00"), 10, 10, 10, 10, 1, 10, 1, 1, 1
    )
    builder.add(*second)
    builder.add(*third)
    assert builder.newest(Interval.MINUTE_1) == Candle(
        moment("2026-03-29 12:00:00"), 11, 12, 11, 12, 5, 58, 2, 2, 3
    )
    assert builder.newest(Interval.SECOND_1) == Candle(
        moment("2026-03-29 12:00:59"), 12, 12, 12, 12, 3, 36, 1, 3, 3
    )
    assert builder.last_trade == 3


def test_minutes_without_a_trade_have_no_candle() -> None:
    builder = built(trades_at(moment("2026-01-01 12:00:30"), moment("2026-01-01 12:04:00")))
    starts = [candle.start_us for candle in builder.since(Interval.MINUTE_1, 0) or []]
    assert starts == [moment("2026-01-01 12:00:00"), moment("2026-01-01 12:04:00")]


@pytest.mark.parametrize(
    ("journal_time", "closed"),
    [
        ("2026-01-01 12:00:59.999999", False),
        ("2026-01-01 12:01:00.000000", True),
        ("2026-01-01 12:30:00.000000", True),
    ],
)
def test_a_candle_is_closed_once_the_journal_s_time_has_reached_its_end(
    journal_time: str, closed: bool
) -> None:
    newest = built(trades_at(moment("2026-01-01 12:00:00"))).newest(Interval.MINUTE_1)
    assert newest is not None
    assert is_closed(newest, Interval.MINUTE_1, moment(journal_time)) is closed


@given(some_trades())
def test_it_is_what_a_plain_computation_gives(trades: list[Trade]) -> None:
    builder = built(trades)
    for interval in Interval:
        expected = plain_candles(interval, trades)
        assert builder.newest(interval) == (expected[-1] if expected else None)
        if len(expected) <= BEFORE_MAX:
            assert builder.since(interval, 0) == expected


@given(some_trades(), st.data())
def test_looking_at_it_on_the_way_changes_nothing(trades: list[Trade], data: st.DataObject) -> None:
    looked_at = CandleBuilder()
    for trade in trades:
        looked_at.add(*trade)
        if data.draw(st.booleans()):
            looked_at.newest(data.draw(st.sampled_from(Interval)))
    untouched = built(trades)
    for interval in Interval:
        assert looked_at.newest(interval) == untouched.newest(interval)
        assert looked_at.since(interval, 0) == untouched.since(interval, 0)


@given(some_trades(), st.data())
def test_one_that_goes_on_from_what_another_had_comes_to_the_same(
    trades: list[Trade], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(trades)))
    before = {
        interval: found[-1] for interval in Interval if (found := plain_candles(interval, trades[:cut]))
    }
    builder = CandleBuilder(before, sequence=7)
    assert builder.sequence == 7
    for trade in trades[data.draw(st.integers(0, cut)) :]:
        assert builder.add(*trade) is (trade.trade_id > cut)
    for interval in Interval:
        assert builder.newest(interval) == built(trades).newest(interval)


@given(some_trades(), st.integers(0, 40), st.sampled_from(Interval))
def test_the_candles_that_changed_since_a_trade_leave_none_out(
    trades: list[Trade], trade_id: int, interval: Interval
) -> None:
    changed = [candle for candle in plain_candles(interval, trades) if candle.last_trade > trade_id]
    expected = changed if len(changed) <= BEFORE_MAX + 1 else None
    assert built(trades).since(interval, trade_id) == expected


def test_what_was_traded_before_it_began_is_not_known() -> None:
    trades = trades_at(*[STARTED_US + number * 60_000_000 for number in range(4)])
    (newest,) = plain_candles(Interval.MINUTE_1, trades)[2:3]
    builder = built(trades[3:], CandleBuilder({Interval.MINUTE_1: newest}, sequence=7))
    assert [candle.first_trade for candle in builder.since(Interval.MINUTE_1, 2) or []] == [3, 4]
    assert builder.since(Interval.MINUTE_1, 1) is None
    assert builder.since(Interval.MINUTE_1, 0) is None


def test_a_trade_that_was_left_out_is_an_error_and_one_that_comes_again_is_not() -> None:
    first, second, third = trades_at(STARTED_US, STARTED_US, STARTED_US)
    builder = built([first])
    assert builder.add(*first) is False
    with pytest.raises(TradeMissing, match="trade 3 follows trade 1"):
        builder.add(*third)
    assert builder.add(*second) is True
    newest = builder.newest(Interval.DAY_1)
    assert newest is not None
    assert (newest.trades, newest.quantity) == (2, 3)


def test_a_market_that_never_traded_has_no_candle() -> None:
    assert CandleBuilder().newest(Interval.MONTH_1) is None
    assert CandleBuilder().since(Interval.MONTH_1, 0) == []
