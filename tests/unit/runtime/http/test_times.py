"""Times of the API: written in one way, read in those of RFC 3339."""

from __future__ import annotations

import pytest

from cse.domain.errors import CodedError
from cse.runtime.http.times import format_time, parse_time

NOON_US = 1_769_860_800_000_000


def test_times_have_six_digits_and_are_utc() -> None:
    assert format_time(0) == "1970-01-01T00:00:00.000000Z"
    assert format_time(NOON_US + 1) == "2026-01-31T12:00:00.000001Z"


@pytest.mark.parametrize(
    ("text", "time_us"),
    [
        ("2026-01-31T12:00:00Z", NOON_US),
        ("2026-01-31t12:00:00z", NOON_US),
        ("2026-01-31T12:00:00.5Z", NOON_US + 500_000),
        ("2026-01-31T12:00:00.000001Z", NOON_US + 1),
        ("2026-01-31T14:00:00+02:00", NOON_US),
        ("2026-01-31T06:30:00.000000-05:30", NOON_US),
        ("1969-12-31T23:59:59.999999Z", -1),
        ("9999-12-31T23:59:59Z", 253_402_300_799_000_000),
        ("9999-12-31T22:59:59.999999-01:00", 253_402_300_799_999_999),
        ("0001-01-01T01:00:00+01:00", -62_135_596_800_000_000),
    ],
)
def test_a_time_is_read(text: str, time_us: int) -> None:
    assert parse_time(text, field="from") == time_us


@pytest.mark.parametrize(
    "text",
    [
        "", "now", "1769860800", "2026-01-31", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z",
        "2026-01-31T12:00Z", "2026-02-30T12:00:00Z", "2026-01-31T24:00:01Z", "2026-01-31T12:00:60Z",
        "2026-01-31T12:00:00.0000001Z", "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00+25:00",
        "9999-12-31T23:59:59-23:59", "9999-12-31T23:59:59.999999-00:01", "0001-01-01T00:00:00+00:01",
        "٢٠٢٦-01-31T12:00:00Z", "2026-01-31T12:00:00Z ", "0000-01-01T00:00:00Z",
    ],
)  # fmt: skip
def test_what_is_no_time_is_refused_by_name(text: str) -> None:
    with pytest.raises(CodedError) as refused:
        parse_time(text, field="from")
    assert (refused.value.code.name, refused.value.details["field"]) == ("invalid_field", "from")
