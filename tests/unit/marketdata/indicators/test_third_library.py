"""The same values as talipp, which computes them bar by bar and shares nothing with TA-Lib."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from typing import Any

import pytest
from talipp import indicators as talipp  # type: ignore[import-untyped]
from talipp.ohlcv import OHLCV  # type: ignore[import-untyped]

from cse.marketdata.indicators.computing import Scale, compute
from cse.marketdata.indicators.table import INDICATORS
from cse.marketdata.intervals import MINUTE_US, Interval
from tests.marketdata.plain_indicators.series import bars_of, random_candles

SCALE = Scale(1, 4, 1, 2)
CANDLES = random_candles(900, 11, MINUTE_US)
BARS = bars_of(CANDLES, SCALE.tick_decimals, SCALE.lot_decimals)
# So far on, that nothing is left of how either began.
COMPARED = 300
CLOSES: list[float] = BARS.close


@cache
def bars() -> list[Any]:
    return [OHLCV(*row) for row in zip(*BARS, strict=True)]


# With which parameters talipp is what the table has by default, and what it calls the outputs.
SAME: dict[str, tuple[Callable[[], Sequence[Any]], tuple[str, ...]]] = {
    "sma": (lambda: talipp.SMA(20, input_values=CLOSES), ()),
    "ema": (lambda: talipp.EMA(20, input_values=CLOSES), ()),
    "wma": (lambda: talipp.WMA(20, input_values=CLOSES), ()),
    "dema": (lambda: talipp.DEMA(20, input_values=CLOSES), ()),
    "tema": (lambda: talipp.TEMA(20, input_values=CLOSES), ()),
    "hma": (lambda: talipp.HMA(20, input_values=CLOSES), ()),
    "rma": (lambda: talipp.SMMA(14, input_values=CLOSES), ()),
    "kama": (lambda: talipp.KAMA(10, 2, 30, input_values=CLOSES), ()),
    "t3": (lambda: talipp.T3(5, 0.7, input_values=CLOSES), ()),
    "vwma": (lambda: talipp.VWMA(20, input_values=bars()), ()),
    "sar": (lambda: talipp.ParabolicSAR(0.02, 0.02, 0.2, input_values=bars()), ("value",)),
    "supertrend": (lambda: talipp.SuperTrend(10, 3, input_values=bars()), ("value",)),
    "adx": (lambda: talipp.ADX(14, 14, input_values=bars()), ("adx",)),
    "aroon": (lambda: talipp.Aroon(14, input_values=bars()), ("down", "up")),
    "vortex": (lambda: talipp.VTX(14, input_values=bars()), ("plus_vtx", "minus_vtx")),
    "rsi": (lambda: talipp.RSI(14, input_values=CLOSES), ()),
    "stochastic_fast": (lambda: talipp.Stoch(14, 3, input_values=bars()), ("k", "d")),
    "macd": (lambda: talipp.MACD(12, 26, 9, input_values=CLOSES), ("macd", "signal", "histogram")),
    "tsi": (lambda: talipp.TSI(13, 25, input_values=CLOSES), ()),
    "roc": (lambda: talipp.ROC(9, input_values=CLOSES), ()),
    "cci": (lambda: talipp.CCI(20, input_values=bars()), ()),
    "williams_r": (lambda: talipp.Williams(14, input_values=bars()), ()),
    "ultimate": (lambda: talipp.UO(7, 14, 28, input_values=bars()), ()),
    "awesome": (lambda: talipp.AO(5, 34, input_values=bars()), ()),
    "bop": (lambda: talipp.BOP(input_values=bars()), ()),
    "coppock": (lambda: talipp.CoppockCurve(11, 14, 10, input_values=CLOSES), ()),
    "dpo": (lambda: talipp.DPO(21, input_values=CLOSES), ()),
    "bollinger": (lambda: talipp.BB(20, 2, input_values=CLOSES), ("ub", "cb", "lb")),
    "donchian": (lambda: talipp.DonchianChannels(20, input_values=bars()), ("ub", "cb", "lb")),
    "atr": (lambda: talipp.ATR(14, input_values=bars()), ()),
    "natr": (lambda: talipp.NATR(14, input_values=bars()), ()),
    "stddev": (lambda: talipp.StdDev(20, input_values=CLOSES), ()),
    "mean_deviation": (lambda: talipp.MeanDev(14, input_values=CLOSES), ()),
    "mass": (lambda: talipp.MassIndex(9, 9, 25, input_values=bars()), ()),
    "obv": (lambda: talipp.OBV(input_values=bars()), ()),
    "accumulation": (lambda: talipp.AccuDist(input_values=bars()), ()),
    "chaikin": (lambda: talipp.ChaikinOsc(3, 10, input_values=bars()), ()),
    "force": (lambda: talipp.ForceIndex(13, input_values=bars()), ()),
    "vwap": (lambda: talipp.VWAP(input_values=bars()), ()),
}


@pytest.mark.parametrize("name", SAME)
def test_values_are_those_of_a_third_library(name: str) -> None:
    theirs, outputs = SAME[name]
    expected = list(theirs())[-COMPARED:]
    found = compute(INDICATORS[name], INDICATORS[name].defaults(), CANDLES, Interval.MINUTE_1, SCALE)
    for number, output in enumerate(outputs or ("",)):
        column = [getattr(value, output) if output else value for value in expected]
        assert [row[number] for row in found[-COMPARED:]] == pytest.approx(column, rel=1e-9, abs=1e-9)
