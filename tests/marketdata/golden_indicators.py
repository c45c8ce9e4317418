"""What the exchange computes for each indicator, kept in a file that the browser's formulas are held against.

`PYTHONPATH=src:. python -m tests.marketdata.golden_indicators` writes the file anew, which a change of the
table needs. Of each column it has values at some bars, the first ones, how many there are, and a sum in which
each value has a weight of its own, so that none may be another.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

from cse.marketdata.candles import Candle
from cse.marketdata.indicators.computing import Scale, compute
from cse.marketdata.indicators.definitions import Indicator, Parameter
from cse.marketdata.indicators.table import INDICATORS
from cse.marketdata.intervals import Interval
from tests.marketdata.plain_indicators.series import random_candles

FILE: Final = (
    Path(__file__).resolve().parents[2] / "web" / "tests" / "features" / "indicators" / "golden.json"
)
SCALE: Final = Scale(1, 4, 1, 2)
# A day has 96 of them, so that sums of a day begin anew often.
INTERVAL: Final = Interval.MINUTE_15
SETS: Final = ("default", "least", "greatest", "between")
_WEIGHTS: Final = 97
_EACH: Final = 83


@cache
def series() -> dict[str, list[Candle]]:
    """Candles by what they are like: a walk, and prices of few ticks with many alike and a still stretch."""
    walk = random_candles(1_200, 17, INTERVAL.width_us)
    return {"walk": walk, "quiet": list(_quiet(260))}


def _quiet(count: int) -> Iterator[Candle]:
    chance = random.Random(3)
    last = 10_000
    for number in range(count):
        still = 120 <= number < 180
        opened = last if still else last + chance.choice((-10, 0, 0, 10))
        closed = opened if still else opened + chance.choice((-20, -10, 0, 10, 20))
        high = max(opened, closed) + (0 if still else chance.choice((0, 0, 10)))
        low = min(opened, closed) - (0 if still else chance.choice((0, 0, 10)))
        volume = 500 if still else chance.choice((100, 500, 900))
        yield Candle(number * INTERVAL.width_us, opened, high, low, closed, volume, 1, 1, number, number)
        last = closed


def golden() -> dict[str, Any]:
    """The whole of the file."""
    return {
        "tick_decimals": SCALE.tick_decimals,
        "lot_decimals": SCALE.lot_decimals,
        "width_ms": INTERVAL.width_us // 1_000,
        "series": {
            name: [[one.open, one.high, one.low, one.close, one.quantity] for one in candles]
            for name, candles in series().items()
        },
        "cases": [
            case for indicator in INDICATORS.values() for name in series() for case in _cases(indicator, name)
        ],
    }


def _cases(indicator: Indicator, name: str) -> Iterator[dict[str, Any]]:
    seen = []
    for kind in SETS if name == "walk" else SETS[:1]:
        values = {each.name: _chosen(each, at, kind) for at, each in enumerate(indicator.parameters)}
        if values in seen:
            continue
        seen.append(values)
        rows = compute(indicator, values, series()[name], INTERVAL, SCALE)
        yield {
            "name": indicator.name,
            "series": name,
            "parameters": values,
            "columns": [_digest(column) for column in zip(*rows, strict=True)],
        }


def _chosen(parameter: Parameter, at: int, kind: str) -> float:
    if kind != "between":
        chosen: float = getattr(parameter, kind)
        return chosen
    if not parameter.whole:
        return round((parameter.default + parameter.greatest) / 2, 4)
    return min(parameter.greatest, parameter.default + 1 + 2 * at)


def _digest(column: Sequence[float | None]) -> dict[str, Any]:
    there = [index for index, value in enumerate(column) if value is not None]
    kept = sorted({*there[:2], *there[-1:], *range(_EACH, len(column), _EACH)})
    return {
        "count": len(there),
        "first": there[0] if there else None,
        "sum": sum((column[index] or 0.0) * (index % _WEIGHTS + 1) for index in there),
        "size": sum(abs(column[index] or 0.0) * (index % _WEIGHTS + 1) for index in there),
        "at": [[index, column[index]] for index in kept],
    }


if __name__ == "__main__":
    FILE.parent.mkdir(parents=True, exist_ok=True)
    FILE.write_text(json.dumps(golden(), separators=(",", ":")) + "\n", encoding="utf-8")
