"""How fast the price is going there."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import (
    BAR,
    CANDLE,
    CLOSE,
    RANGE,
    Indicator,
    Smoothing,
    length,
)

_WILDER: Final = Smoothing(("length",), wilder=True)
_FAST: Final = length(12, 100, "fast_length", "fastperiod")
_SLOW: Final = length(26, 100, "slow_length", "slowperiod")
_K: Final = length(3, 100, "k_smoothing", "slowk_period")
_D: Final = length(3, 100, "d_length", "slowd_period")
_FAST_D: Final = length(3, 100, "d_length", "fastd_period")

MOMENTUM: Final = (
    Indicator(
        "rsi", "Relative strength index", "momentum", "RSI", CLOSE, (length(14, 100),), smoothing=_WILDER
    ),
    Indicator(
        "stochastic", "Stochastic", "momentum", "STOCH", BAR,
        (length(14, 500, "k_length", "fastk_period"), _K, _D), ("k", "d"),
    ),
    Indicator(
        "stochastic_fast", "Fast stochastic", "momentum", "STOCHF", BAR,
        (length(14, 500, "k_length", "fastk_period"), _FAST_D), ("k", "d"),
    ),
    Indicator(
        "stochastic_rsi", "Stochastic RSI", "momentum", "STOCHRSI", CLOSE,
        (length(14, 100), length(14, 100, "k_length", "fastk_period"), _FAST_D), ("k", "d"),
        smoothing=_WILDER,
    ),
    Indicator(
        "kdj", "KDJ", "momentum", "KDJ", BAR,
        (
            length(9, 300, "k_length", "fastk_period"), length(3, 50, "k_smoothing", "slowk_period"),
            length(3, 50, "d_length", "slowd_period"),
        ),
        ("k", "d", "j"), smoothing=Smoothing(("k_smoothing", "d_length"), stages=2, wilder=True),
    ),
    Indicator(
        "smi", "Stochastic momentum index", "momentum", "SMI", BAR,
        (
            length(10, 300), length(3, 50, "fast_length", "fastperiod"),
            length(3, 50, "slow_length", "slowperiod"), length(3, 60, "signal_length", "signalperiod"),
        ),
        ("smi", "signal"), smoothing=Smoothing(("fast_length", "slow_length", "signal_length"), stages=3),
    ),
    Indicator(
        "macd", "Moving average convergence divergence", "momentum", "MACD", CLOSE,
        (_FAST, _SLOW, length(9, 100, "signal_length", "signalperiod")), ("macd", "signal", "histogram"),
        smoothing=Smoothing(stages=2),
    ),
    Indicator(
        "ppo", "Percentage price oscillator", "momentum", "PPO", CLOSE, (_FAST, _SLOW),
        smoothing=Smoothing(),
    ),
    Indicator(
        "apo", "Absolute price oscillator", "momentum", "APO", CLOSE, (_FAST, _SLOW),
        smoothing=Smoothing(),
    ),
    Indicator(
        "trix", "TRIX", "momentum", "TRIX", CLOSE, (length(18, 120),), bars=2,
        smoothing=Smoothing(("length",), stages=3),
    ),
    Indicator(
        "tsi", "True strength index", "momentum", "TSI", CLOSE,
        (
            length(25, 100, "long_length", "firstperiod"), length(13, 100, "short_length", "secondperiod"),
        ),
        bars=2, smoothing=Smoothing(stages=2),
    ),
    Indicator("momentum", "Momentum", "momentum", "MOM", CLOSE, (length(10),)),
    Indicator("roc", "Rate of change", "momentum", "ROC", CLOSE, (length(9),)),
    Indicator("cci", "Commodity channel index", "momentum", "CCI", BAR, (length(20),)),
    Indicator("cmo", "Chande momentum oscillator", "momentum", "CMOU", CLOSE, (length(9),)),
    Indicator("williams_r", "Williams %R", "momentum", "WILLR", BAR, (length(14),)),
    Indicator(
        "ultimate", "Ultimate oscillator", "momentum", "ULTOSC", BAR,
        (
            length(7, 500, "short_length", "timeperiod1"), length(14, 500, "middle_length", "timeperiod2"),
            length(28, 500, "long_length", "timeperiod3"),
        ),
    ),
    Indicator(
        "awesome", "Awesome oscillator", "momentum", "AO", RANGE,
        (
            length(5, 500, "fast_length", "fastperiod"), length(34, 500, "slow_length", "slowperiod"),
        ),
    ),
    Indicator(
        "accelerator", "Accelerator oscillator", "momentum", "AC", RANGE,
        (
            length(5, 500, "fast_length", "fastperiod"), length(34, 500, "slow_length", "slowperiod"),
            length(5, 500, "signal_length", "signalperiod"),
        ),
    ),
    Indicator("bop", "Balance of power", "momentum", "BOP", CANDLE),
    Indicator(
        "coppock", "Coppock curve", "momentum", "COPPOCK", CLOSE,
        (
            length(10, 500, "wma_length", "wmaperiod"), length(11, 500, "short_length", "roc1period"),
            length(14, 500, "long_length", "roc2period"),
        ),
    ),
    Indicator("dpo", "Detrended price oscillator", "momentum", "DPO", CLOSE, (length(21),)),
    Indicator("efficiency", "Kaufman efficiency ratio", "momentum", "ER", CLOSE, (length(10),)),
    Indicator(
        "elder_ray", "Elder ray", "momentum", "ERI", BAR, (length(13, 200),), ("bull_power", "bear_power"),
        smoothing=Smoothing(("length",)),
    ),
    Indicator("forecast", "Forecast oscillator", "momentum", "FOSC", CLOSE, (length(14),)),
    Indicator(
        "intraday_momentum", "Intraday momentum index", "momentum", "IMI", ("open", "close"), (length(14),)
    ),
    Indicator("qstick", "Qstick", "momentum", "QSTICK", ("open", "close"), (length(8),)),
    Indicator("percent_rank", "Percent rank", "momentum", "PERCENTRANK", CLOSE, (length(100),)),
)  # fmt: skip
