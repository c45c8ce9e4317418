"""Where candles begin and end: in UTC, by the clock and the calendar."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.marketdata.intervals import KEPT, Interval, kept_in, parse_interval
from tests.marketdata.plain import moment, plain_start

# Until the year 2100.
TIMES_US = st.integers(0, 4_102_444_800_000_000)


@pytest.mark.parametrize(
    ("interval", "time", "start", "end"),
    [
        ("1m", "2026-01-02 11:59:59.999999", "2026-01-02 11:59:00", "2026-01-02 12:00:00"),
        ("1m", "2026-01-02 12:00:00.000000", "2026-01-02 12:00:00", "2026-01-02 12:01:00"),
        ("1m", "2026-01-02 12:00:59.999000", "2026-01-02 12:00:00", "2026-01-02 12:01:00"),
        ("1s", "2026-01-02 12:00:00.999999", "2026-01-02 12:00:00", "2026-01-02 12:00:01"),
        ("15s", "2026-01-02 12:00:44.999999", "2026-01-02 12:00:30", "2026-01-02 12:00:45"),
        ("3m", "2026-01-02 12:05:59.999999", "2026-01-02 12:03:00", "2026-01-02 12:06:00"),
        # The nights in which clocks are changed in Europe are as long as any in UTC.
        ("1h", "2026-03-29 01:30:00", "2026-03-29 01:00:00", "2026-03-29 02:00:00"),
        ("4h", "2026-03-29 03:59:59", "2026-03-29 00:00:00", "2026-03-29 04:00:00"),
        ("1d", "2026-03-29 23:59:59.999999", "2026-03-29 00:00:00", "2026-03-30 00:00:00"),
        ("12h", "2026-10-25 12:00:00", "2026-10-25 12:00:00", "2026-10-26 00:00:00"),
        ("3d", "1970-01-03 23:59:59.999999", "1970-01-01 00:00:00", "1970-01-04 00:00:00"),
        ("3d", "2026-01-04 00:00:00", "2026-01-04 00:00:00", "2026-01-07 00:00:00"),
        ("1w", "2026-01-04 23:59:59.999999", "2025-12-29 00:00:00", "2026-01-05 00:00:00"),
        ("1w", "2026-01-05 00:00:00", "2026-01-05 00:00:00", "2026-01-12 00:00:00"),
        ("1w", "1970-01-01 00:00:00", "1969-12-29 00:00:00", "1970-01-05 00:00:00"),
        ("1M", "2026-01-31 23:59:59.999999", "2026-01-01 00:00:00", "2026-02-01 00:00:00"),
        ("1M", "2024-02-29 12:00:00", "2024-02-01 00:00:00", "2024-03-01 00:00:00"),
        ("1M", "2026-12-31 23:59:59.999999", "2026-12-01 00:00:00", "2027-01-01 00:00:00"),
    ],
)
def test_a_candle_covers_the_times_from_its_start_to_its_end(
    interval: str, time: str, start: str, end: str
) -> None:
    assert Interval(interval).start_us(moment(time)) == moment(start)
    assert Interval(interval).end_us(moment(start)) == moment(end)


@given(st.sampled_from(Interval), TIMES_US)
def test_candles_meet_without_gap_or_overlap(interval: Interval, time_us: int) -> None:
    start_us = interval.start_us(time_us)
    end_us = interval.end_us(start_us)
    assert start_us <= time_us < end_us
    assert start_us == plain_start(interval, time_us)
    assert interval.start_us(end_us - 1) == start_us
    assert interval.start_us(end_us) == end_us
    assert end_us - start_us <= interval.width_us


@given(st.sampled_from(Interval), TIMES_US)
def test_the_ceiling_is_the_first_start_that_is_not_before_a_time(interval: Interval, time_us: int) -> None:
    ceiling_us = interval.ceiling_us(time_us)
    assert interval.start_us(ceiling_us) == ceiling_us >= time_us
    assert ceiling_us == time_us or interval.start_us(time_us) == interval.start_us(ceiling_us - 1) < time_us


@given(st.sampled_from(Interval), TIMES_US)
def test_a_candle_is_made_of_whole_candles_of_the_kept_interval(interval: Interval, time_us: int) -> None:
    kept = kept_in(interval)
    start_us = interval.start_us(time_us)
    end_us = interval.end_us(start_us)
    assert kept.start_us(start_us) == start_us
    assert kept.start_us(end_us) == end_us


@pytest.mark.parametrize(
    ("interval", "kept"),
    [("1s", "1s"), ("15s", "1s"), ("1m", "1m"), ("30m", "1m"), ("1h", "1h"), ("12h", "1h"), ("1d", "1d"),
     ("3d", "1d"), ("1w", "1d"), ("1M", "1d")],
)  # fmt: skip
def test_it_is_made_of_the_longest_of_them(interval: str, kept: str) -> None:
    assert kept_in(Interval(interval)) is Interval(kept)
    assert kept_in(Interval(interval)) in KEPT


@pytest.mark.parametrize("name", [interval.value for interval in Interval])
def test_an_interval_is_known_by_its_name(name: str) -> None:
    assert parse_interval(name) is Interval(name)


@pytest.mark.parametrize("name", ["", "1x", "1", "1 m", "1H", "2w", "1m" * 40])
def test_another_name_is_refused_and_told_in_short(name: str) -> None:
    with pytest.raises(CodedError) as refusal:
        parse_interval(name)
    assert refusal.value.code is codes.INTERVAL_UNKNOWN
    assert len(str(refusal.value.details["interval"])) <= 16
