"""The values that the browser's formulas are held against are what the exchange computes."""

from __future__ import annotations

import json
from math import nan
from typing import Any

import pytest

from cse.marketdata.indicators.table import INDICATORS
from tests.marketdata.golden_indicators import FILE, golden

WORDS = FILE.parents[3] / "messages" / "en" / "indicators.json"


def numbers(case: dict[str, Any]) -> list[float]:
    """All numbers of a case in their order; what is none is NaN."""
    found: list[float | None] = list(case["parameters"].values())
    for column in case["columns"]:
        found += [column[name] for name in ("count", "first", "sum", "size")]
        found += [number for pair in column["at"] for number in pair]
    return [nan if number is None else number for number in found]


def test_the_kept_values_are_those_of_the_exchange() -> None:
    kept, made = json.loads(FILE.read_text(encoding="utf-8")), golden()
    assert {**kept, "cases": []} == {**made, "cases": []}
    assert {case["name"] for case in kept["cases"]} == INDICATORS.keys()
    for one, other in zip(kept["cases"], made["cases"], strict=True):
        assert [one[key] for key in ("name", "series")] == [other[key] for key in ("name", "series")]
        assert numbers(one) == pytest.approx(numbers(other), rel=1e-10, abs=1e-10, nan_ok=True)


def test_the_browser_calls_each_indicator_what_the_exchange_does() -> None:
    words = json.loads(WORDS.read_text(encoding="utf-8"))
    assert words["titles"] == {name: indicator.title for name, indicator in INDICATORS.items()}
    named = {parameter.name for indicator in INDICATORS.values() for parameter in indicator.parameters}
    assert words["parameters"].keys() == named
    # An output that is named as its indicator needs no word of its own; a direction is not drawn.
    outputs = {output for indicator in INDICATORS.values() for output in indicator.outputs}
    assert words["outputs"].keys() == outputs - {"supertrend", "direction"}
