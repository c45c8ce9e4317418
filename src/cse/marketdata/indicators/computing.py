"""Values of an indicator over candles, by TA-Lib.

NumPy and TA-Lib take some 17 MB and a tenth of a second to load, so a process has them only from its first
question on.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from math import isfinite
from typing import Any, NamedTuple, TypeAlias

from cse.marketdata.candles import Candle
from cse.marketdata.indicators.definitions import Indicator, Input
from cse.marketdata.intervals import DAY_US, HOUR_US, MINUTE_US, Interval

# A value for each output; None where there are too few candles, or it is no number.
Values: TypeAlias = tuple[float | None, ...]


class Scale(NamedTuple):
    """How much a tick and a lot are: whole numbers of `10**-decimals` each."""

    tick: int
    tick_decimals: int
    lot: int
    lot_decimals: int


def stretch_us(interval: Interval) -> int:
    """After how long sums of a day begin anew: a day, of candles of seconds an hour, in UTC."""
    return DAY_US if interval.width_us >= MINUTE_US else HOUR_US


def compute(
    indicator: Indicator,
    values: Mapping[str, float],
    candles: Sequence[Candle],
    interval: Interval,
    scale: Scale,
) -> list[Values]:
    """One tuple for each candle, ascending as they are; blocks for as long as it takes.

    Prices and volumes become the floating-point numbers nearest to them: what comes of it is no money.
    """
    talib, np = _library()
    arguments = {
        parameter.argument: int(values[parameter.name]) if parameter.whole else float(values[parameter.name])
        for parameter in indicator.parameters
    }
    function = getattr(talib, indicator.function)
    found: list[Values] = []
    for part in _parts(indicator, candles, interval):
        series = [np.array(_numbers(part, name, scale), dtype=float) for name in indicator.inputs]
        outputs = function(*series, **arguments)
        columns = [column.tolist() for column in (outputs if isinstance(outputs, tuple) else (outputs,))]
        found += [tuple(_shown(value) for value in row) for row in zip(*columns, strict=True)]
    return found


def _parts(indicator: Indicator, candles: Sequence[Candle], interval: Interval) -> Iterator[Sequence[Candle]]:
    """The candles that belong to the same sums."""
    if indicator.since != "day":
        if candles:
            yield candles
        return
    width_us = stretch_us(interval)
    for _, part in groupby(candles, lambda candle: candle.start_us // width_us):
        yield list(part)


def _numbers(candles: Sequence[Candle], name: Input, scale: Scale) -> list[float]:
    if name == "volume":
        return [candle.quantity * scale.lot / 10**scale.lot_decimals for candle in candles]
    whole: list[int] = [getattr(candle, name) for candle in candles]
    divisor = 10**scale.tick_decimals
    return [ticks * scale.tick / divisor for ticks in whole]


def _shown(value: float) -> float | None:
    return value if isfinite(value) else None


def _library() -> tuple[Any, Any]:
    # Nothing here multiplies matrices, and each thread of the library that does takes memory at its start.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np
    import talib

    return talib, np
