"""A day as a line: no interval is left out, and none stands before the first trade."""

from __future__ import annotations

import pytest

from cse.marketdata.sparks import LENGTH, first_us, spark
from tests.marketdata.plain import moment

NOW_US = moment("2026-03-29 12:07:30")
FIRST_US = moment("2026-03-28 12:15:00")
QUARTER_US = 900_000_000


def test_a_day_ends_with_the_present_interval() -> None:
    assert first_us(NOW_US) == FIRST_US
    assert first_us(FIRST_US) == FIRST_US - 95 * QUARTER_US
    assert LENGTH == 96


@pytest.mark.parametrize(
    ("before", "closes", "start", "line"),
    [
        (None, {}, 0, []),
        (5, {}, 0, [5] * 96),
        (5, {0: 6}, 0, [6] * 96),
        (5, {2: 6, 95: 7}, 0, [5, 5] + [6] * 93 + [7]),
        (None, {93: 6, 95: 7}, 93, [6, 6, 7]),
        (None, {95: 7}, 95, [7]),
        (None, {0: 7}, 0, [7] * 96),
        # What is no longer or not yet of the day plays no part.
        (5, {-1: 9, 96: 9}, 0, [5] * 96),
    ],
)
def test_an_interval_without_a_trade_has_the_close_before_it(
    before: int | None, closes: dict[int, int], start: int, line: list[int]
) -> None:
    by_start = {FIRST_US + number * QUARTER_US: close for number, close in closes.items()}
    assert spark(NOW_US, before, by_start) == (FIRST_US + start * QUARTER_US, line)
