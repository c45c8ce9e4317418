"""Where the price is going: averages and stops over the candles, and how strong a course is."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import (
    BAR,
    CLOSE,
    RANGE,
    TURNING_BARS,
    WEIGHTED,
    Indicator,
    Smoothing,
    factor,
    length,
)

_WILDER: Final = Smoothing(("length",), wilder=True)
_WILDER_TWICE: Final = Smoothing(("length",), stages=2, wilder=True)

TREND: Final = (
    Indicator("sma", "Simple moving average", "trend", "SMA", CLOSE, (length(20),), drawn="price"),
    Indicator(
        "ema", "Exponential moving average", "trend", "EMA", CLOSE, (length(20, 200),), drawn="price",
        smoothing=Smoothing(("length",)),
    ),
    Indicator("wma", "Weighted moving average", "trend", "WMA", CLOSE, (length(20),), drawn="price"),
    Indicator(
        "dema", "Double exponential moving average", "trend", "DEMA", CLOSE, (length(20, 150),),
        drawn="price", smoothing=Smoothing(("length",), stages=2),
    ),
    Indicator(
        "tema", "Triple exponential moving average", "trend", "TEMA", CLOSE, (length(20, 120),),
        drawn="price", smoothing=Smoothing(("length",), stages=3),
    ),
    Indicator("trima", "Triangular moving average", "trend", "TRIMA", CLOSE, (length(20),), drawn="price"),
    Indicator(
        "hma", "Hull moving average", "trend", "HMA", CLOSE, (length(20),), drawn="price",
        windows=("length", "length"),
    ),
    Indicator(
        "zlema", "Zero-lag exponential moving average", "trend", "ZLEMA", CLOSE, (length(20, 180),),
        drawn="price", windows=("length", "length"), smoothing=Smoothing(("length",)),
    ),
    Indicator(
        "rma", "Wilder's smoothed moving average", "trend", "RMA", CLOSE, (length(14, 100),), drawn="price",
        smoothing=_WILDER,
    ),
    # How much of each new price it takes depends on the course: on one that is a tenth efficient, a 64th.
    Indicator(
        "kama", "Kaufman adaptive moving average", "trend", "KAMA", CLOSE, (length(10, 200),), drawn="price",
        bars=900,
    ),
    Indicator(
        "t3", "Tillson T3 moving average", "trend", "T3", CLOSE,
        (length(5, 80), factor("volume_factor", "vfactor", 0.7, 0, 1)), drawn="price",
        smoothing=Smoothing(("length",), stages=6),
    ),
    Indicator(
        "vwma", "Volume-weighted moving average", "trend", "VWMA", WEIGHTED, (length(20),), drawn="price"
    ),
    Indicator("lsma", "Linear regression", "trend", "LINEARREG", CLOSE, (length(25),), drawn="price"),
    Indicator("tsf", "Time series forecast", "trend", "TSF", CLOSE, (length(14),), drawn="price"),
    Indicator("linreg_slope", "Linear regression slope", "trend", "LINEARREG_SLOPE", CLOSE, (length(14),)),
    Indicator(
        "linreg_angle", "Linear regression angle", "trend", "LINEARREG_ANGLE", CLOSE, (length(14),)
    ),
    Indicator(
        "linreg_intercept", "Linear regression intercept", "trend", "LINEARREG_INTERCEPT", CLOSE,
        (length(14),), drawn="price",
    ),
    Indicator("midpoint", "Midpoint", "trend", "MIDPOINT", CLOSE, (length(14),), drawn="price"),
    Indicator("midprice", "Midpoint of the range", "trend", "MIDPRICE", RANGE, (length(14),), drawn="price"),
    Indicator(
        "sar", "Parabolic SAR", "trend", "SAR", RANGE,
        (
            factor("acceleration", "acceleration", 0.02, 0.005, 0.5),
            factor("maximum", "maximum", 0.2, 0.05, 1),
        ),
        drawn="price", bars=TURNING_BARS,
    ),
    Indicator(
        "supertrend", "SuperTrend", "trend", "SUPERTREND", BAR,
        (length(10, 60), factor("multiplier", "multiplier", 3, 0.1, 10)),
        ("supertrend", "direction"), "price", bars=TURNING_BARS, smoothing=_WILDER,
    ),
    Indicator(
        "adx", "Average directional index", "trend", "ADX", BAR, (length(14, 80),), smoothing=_WILDER_TWICE
    ),
    Indicator(
        "adxr", "Average directional index rating", "trend", "ADXR", BAR, (length(14, 80),),
        windows=("length",) * 3, smoothing=_WILDER_TWICE,
    ),
    Indicator("dx", "Directional index", "trend", "DX", BAR, (length(14, 100),), smoothing=_WILDER),
    Indicator(
        "plus_di", "Plus directional indicator", "trend", "PLUS_DI", BAR, (length(14, 100),),
        smoothing=_WILDER,
    ),
    Indicator(
        "minus_di", "Minus directional indicator", "trend", "MINUS_DI", BAR, (length(14, 100),),
        smoothing=_WILDER,
    ),
    Indicator("aroon", "Aroon", "trend", "AROON", RANGE, (length(14),), ("down", "up")),
    Indicator("aroon_oscillator", "Aroon oscillator", "trend", "AROONOSC", RANGE, (length(14),)),
    Indicator("vortex", "Vortex", "trend", "VORTEX", BAR, (length(14),), ("plus", "minus")),
    Indicator("vhf", "Vertical horizontal filter", "trend", "VHF", CLOSE, (length(28),)),
)  # fmt: skip
