"""How much is traded, and which way the money goes."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import (
    BAR,
    TRADED,
    WEIGHTED,
    Indicator,
    Smoothing,
    length,
)

VOLUME: Final = (
    Indicator(
        "vwap", "Volume-weighted average price", "volume", "VWAP", TRADED, drawn="price", since="day"
    ),
    Indicator("obv", "On-balance volume", "volume", "OBV", WEIGHTED, since="first"),
    Indicator("accumulation", "Accumulation/distribution", "volume", "AD", TRADED, since="first"),
    Indicator(
        "chaikin", "Chaikin oscillator", "volume", "ADOSC", TRADED,
        (length(3, 100, "fast_length", "fastperiod"), length(10, 100, "slow_length", "slowperiod")),
        smoothing=Smoothing(),
    ),
    Indicator("cmf", "Chaikin money flow", "volume", "CMF", TRADED, (length(20),)),
    Indicator("mfi", "Money flow index", "volume", "MFI", TRADED, (length(14),)),
    Indicator(
        "force", "Elder's force index", "volume", "EFI", WEIGHTED, (length(13, 200),), bars=2,
        smoothing=Smoothing(("length",)),
    ),
    Indicator("pvt", "Price volume trend", "volume", "PVT", WEIGHTED, since="first"),
    Indicator("nvi", "Negative volume index", "volume", "NVI", WEIGHTED, since="first"),
    Indicator("pvi", "Positive volume index", "volume", "PVI", WEIGHTED, since="first"),
    Indicator("williams_ad", "Williams accumulation/distribution", "volume", "WAD", BAR, since="first"),
    Indicator(
        "pvo", "Percentage volume oscillator", "volume", "PVO", ("volume",),
        (length(12, 100, "fast_length", "fastperiod"), length(26, 100, "slow_length", "slowperiod")),
        smoothing=Smoothing(),
    ),
    Indicator("relative_volume", "Relative volume", "volume", "RVOL", ("volume",), (length(20),)),
    Indicator(
        "facilitation", "Market facilitation index", "volume", "MARKETFI", ("high", "low", "volume")
    ),
)  # fmt: skip
