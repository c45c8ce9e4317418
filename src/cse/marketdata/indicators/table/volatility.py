"""How far the price swings."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import (
    BAR,
    CLOSE,
    RANGE,
    Indicator,
    Smoothing,
    factor,
    length,
)

_WILDER: Final = Smoothing(("length",), wilder=True)
_BANDS: Final = ("upper", "middle", "lower")

VOLATILITY: Final = (
    Indicator(
        "bollinger", "Bollinger bands", "volatility", "BBANDS", CLOSE,
        (
            length(20), factor("upper_deviations", "nbdevup", 2, 0.1, 10),
            factor("lower_deviations", "nbdevdn", 2, 0.1, 10),
        ),
        _BANDS, "price",
    ),
    Indicator(
        "keltner", "Keltner channels", "volatility", "KC", BAR,
        (
            length(20, 100), length(10, 100, "atr_length", "atrperiod"),
            factor("multiplier", "nbdev", 2, 0.1, 10),
        ),
        _BANDS, "price", smoothing=Smoothing(wilder=True),
    ),
    Indicator(
        "donchian", "Donchian channels", "volatility", "DONCHIAN", RANGE, (length(20),), _BANDS, "price"
    ),
    Indicator(
        "acceleration_bands", "Acceleration bands", "volatility", "ACCBANDS", BAR, (length(20),), _BANDS,
        "price",
    ),
    Indicator(
        "atr", "Average true range", "volatility", "ATR", BAR, (length(14, 100),), smoothing=_WILDER
    ),
    Indicator(
        "natr", "Normalised average true range", "volatility", "NATR", BAR, (length(14, 100),),
        smoothing=_WILDER,
    ),
    Indicator("true_range", "True range", "volatility", "TRANGE", BAR, bars=2),
    Indicator("adr", "Average range", "volatility", "ADR", RANGE, (length(14),)),
    Indicator("stddev", "Standard deviation", "volatility", "STDDEV", CLOSE, (length(20),)),
    Indicator("variance", "Variance", "volatility", "VAR", CLOSE, (length(20),)),
    Indicator("mean_deviation", "Mean deviation", "volatility", "AVGDEV", CLOSE, (length(14),)),
    Indicator(
        "mass", "Mass index", "volatility", "MASSI", RANGE,
        (length(9, 100, "ema_length", "fastperiod"), length(25, 300, "sum_length", "slowperiod")),
        windows=("ema_length", "ema_length", "sum_length"), smoothing=Smoothing(("ema_length",), stages=2),
    ),
    Indicator(
        "chaikin_volatility", "Chaikin volatility", "volatility", "CVI", RANGE,
        (length(10, 200), length(10, 200, "change_length", "rocperiod")), smoothing=Smoothing(("length",)),
    ),
    Indicator(
        "rvi", "Relative volatility index", "volatility", "RVI", CLOSE,
        (length(14, 100), length(10, 300, "deviation_length", "stddevperiod")), smoothing=_WILDER,
    ),
)  # fmt: skip
