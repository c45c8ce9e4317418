"""The rolling day is exact at both edges, whatever comes and goes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.ledger.models import TradesSummary
from cse.marketdata.candle_builder import TradeMissing
from cse.marketdata.rolling_day import Moment, RollingDay
from tests.marketdata.plain import DAY_US, Trade, moment, plain_day, trades_at

STARTED_US = moment("2026-01-01 00:00:00")
NO_TRADE = TradesSummary(0, 0, 0, 0, 0, 0)
STRIDES_US = st.sampled_from([0, 0, 1, 1_000_000, DAY_US // 7, DAY_US // 2, DAY_US - 1, DAY_US])


def filled(*trades: Trade) -> RollingDay:
    day = RollingDay()
    for trade in trades:
        assert day.add(*trade)
    return day


def test_a_trade_of_exactly_24_hours_ago_is_in_and_a_microsecond_later_it_is_out() -> None:
    day = filled(*trades_at(STARTED_US))
    assert day.next_expiry_us == STARTED_US + DAY_US + 1
    assert day.expire(STARTED_US + DAY_US) is False
    assert day.summary == TradesSummary(1, 10, 10, 10, 1, 10)
    assert day.expire(STARTED_US + DAY_US + 1) is True
    assert day.summary == NO_TRADE
    assert day.next_expiry_us is None


def test_the_last_price_outlives_the_day() -> None:
    day = filled(*trades_at(STARTED_US))
    day.expire(STARTED_US + 3 * DAY_US)
    assert (day.last_price, day.last_trade) == (10, 1)


@pytest.mark.parametrize(
    ("prices", "high", "low"),
    [
        ([9, 2, 4, 3], 4, 2),
        ([1, 2, 4, 3], 4, 2),
        ([9, 9, 4, 3], 9, 3),
        ([5, 5], 5, 5),
        ([1, 2, 3, 4], 4, 2),
        ([4, 3, 2, 1], 3, 1),
    ],
)
def test_highs_and_lows_go_with_the_trade_that_made_them(prices: list[int], high: int, low: int) -> None:
    """The first trade leaves the day, the others stay."""
    times = [STARTED_US + number for number in range(len(prices))]
    day = filled(*trades_at(*times, prices=prices))
    day.expire(STARTED_US + DAY_US + 1)
    assert (day.summary.high_price, day.summary.low_price) == (high, low)


@given(st.lists(st.tuples(STRIDES_US, st.integers(1, 6), st.booleans()), max_size=60))
def test_it_is_what_a_plain_computation_gives_at_any_time(steps: list[tuple[int, int, bool]]) -> None:
    day, now_us = RollingDay(), STARTED_US
    trades: list[Trade] = []
    for stride_us, price, trades_now in steps:
        now_us += stride_us
        if trades_now:
            trades.append(Trade(now_us, len(trades) + 1, price, len(trades) + 1, price * 7))
            day.add(*trades[-1])
        before = day.summary
        due = day.next_expiry_us is not None and day.next_expiry_us <= now_us
        assert day.expire(now_us) is due
        assert due or day.summary == before
        assert day.summary == plain_day(trades, now_us)


def test_it_goes_on_from_moments_that_were_read() -> None:
    """Two trades of one time, 10 and 12, and one after them."""
    moments = [Moment(STARTED_US, 10, 12, 10, 3, 34, 2), Moment(STARTED_US + 1, 11, 11, 11, 3, 33, 1)]
    day = RollingDay(moments, last_trade=3, last_price=11, sequence=70)
    assert (day.sequence, day.last_trade, day.last_price) == (70, 3, 11)
    assert day.summary == TradesSummary(3, 10, 12, 10, 6, 67)
    assert day.add(STARTED_US + 1, 3, 11, 3, 33) is False
    assert day.add(STARTED_US + 1, 4, 9, 4, 36) is True
    assert day.summary == TradesSummary(4, 10, 12, 9, 10, 103)
    day.expire(STARTED_US + DAY_US + 1)
    assert day.summary == TradesSummary(2, 11, 11, 9, 7, 69)


def test_a_trade_that_was_left_out_is_an_error() -> None:
    with pytest.raises(TradeMissing, match="trade 2 follows trade 0"):
        RollingDay().add(STARTED_US, 2, 10, 1, 10)
