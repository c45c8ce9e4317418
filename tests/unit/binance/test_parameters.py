"""Times as Binance's clients give them for an account's lists."""

from __future__ import annotations

import pytest

from cse.binance.errors import LookupTooLong
from cse.binance.parameters import Times, parse_times
from cse.domain.errors import CodedError

AT_MS = 1_795_000_000_000
DAY_MS = 86_400_000


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (None, None, Times(None, None)),
        (str(AT_MS), None, Times(AT_MS * 1_000, None)),
        # All of the millisecond that it names: what is shown with this time is within.
        (None, str(AT_MS), Times(None, (AT_MS + 1) * 1_000)),
        (str(AT_MS), str(AT_MS), Times(AT_MS * 1_000, (AT_MS + 1) * 1_000)),
        (None, f"{AT_MS}007", Times(None, AT_MS * 1_000 + 8)),
        (str(AT_MS), str(AT_MS + DAY_MS), Times(AT_MS * 1_000, (AT_MS + DAY_MS + 1) * 1_000)),
    ],
)
def test_both_times_are_within(start: str | None, end: str | None, expected: Times) -> None:
    assert parse_times(start, end) == expected


def test_a_time_is_within_by_its_microseconds() -> None:
    times = parse_times(str(AT_MS), str(AT_MS))
    within = [AT_MS * 1_000 + us for us in (-1, 0, 999, 1_000)]
    assert [times.has(time_us) for time_us in within] == [False, True, True, False]


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (str(AT_MS), str(AT_MS + DAY_MS + 1)),
        ("0", str(AT_MS)),
        (f"{AT_MS}000", f"{AT_MS + DAY_MS}001"),
    ],
)
def test_more_than_a_day_is_too_long(start: str, end: str) -> None:
    with pytest.raises(LookupTooLong):
        parse_times(start, end)


@pytest.mark.parametrize("text", ["then", "-1", "1.5", "1e3", "", "٣", "9" * 19])
def test_what_is_no_time_is_refused(text: str) -> None:
    for start, end in ((text, None), (None, text)):
        with pytest.raises(CodedError, match="invalid_field"):
            parse_times(start, end)
