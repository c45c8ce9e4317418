"""Times as PostgreSQL writes and gives them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from cse.ledger.tables import time_text, time_us

TIMES = [
    (0, "1970-01-01 00:00:00+00"),
    (1, "1970-01-01 00:00:00.000001+00"),
    (1_500_000, "1970-01-01 00:00:01.5+00"),
    (1_700_000_000_123_450, "2023-11-14 22:13:20.12345+00"),
    (-1, "1969-12-31 23:59:59.999999+00"),
    (253_402_300_799_999_999, "9999-12-31 23:59:59.999999+00"),
]


@pytest.mark.parametrize(("microseconds", "text"), TIMES)
def test_a_time_and_its_text(microseconds: int, text: str) -> None:
    assert time_text(microseconds) == text
    assert time_us(datetime.fromisoformat(text).astimezone(UTC)) == microseconds
