"""Amounts are read strictly and written in one way, without rounding."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cse_client.decimals import DecimalError, divide_to_nearest, divide_up, format_units, parse_units
from tests.unit.client import vectors

CASES = vectors.read("decimals.json")


@pytest.mark.parametrize("case", CASES["parse"], ids=lambda case: repr(case["text"]))
def test_texts_are_read_or_refused(case: dict[str, Any]) -> None:
    if "error" in case:
        with pytest.raises(DecimalError) as refused:
            parse_units(case["text"], case["decimals"])
        assert refused.value.reason == case["error"]
    else:
        assert parse_units(case["text"], case["decimals"]) == int(case["units"])


@pytest.mark.parametrize("case", CASES["format"], ids=lambda case: case["text"])
def test_units_are_written(case: dict[str, Any]) -> None:
    assert format_units(int(case["units"]), case["decimals"]) == case["text"]


@given(st.integers(-(10**28), 10**28), st.integers(0, 18))
def test_what_is_written_is_read_again(units: int, decimals: int) -> None:
    assert parse_units(format_units(units, decimals), decimals) == units


@pytest.mark.parametrize("other", [1, 1.5, None, b"1", True])
def test_only_text_is_an_amount(other: object) -> None:
    with pytest.raises(DecimalError):
        parse_units(other, 6)


@pytest.mark.parametrize(
    ("dividend", "up", "nearest"), [(10, 3, 2), (9, 3, 2), (14, 4, 4), (-3, 0, -1), (-9, -2, -2), (0, 0, 0)]
)
def test_quotients_by_four(dividend: int, up: int, nearest: int) -> None:
    assert (divide_up(dividend, 4), divide_to_nearest(dividend, 4)) == (up, nearest)
