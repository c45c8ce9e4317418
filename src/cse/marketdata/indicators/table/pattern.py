"""Forms that candles make: above 0 where a rise is expected, below where a fall is, 0 where there is none."""

from __future__ import annotations

from typing import Final

from cse.marketdata.indicators.definitions import CANDLE, Indicator

# Sizes are judged by the ten candles before; the longest form has five.
_BARS: Final = 16


def _form(name: str, title: str, function: str) -> Indicator:
    return Indicator(name, title, "pattern", function, CANDLE, bars=_BARS)


PATTERN: Final = (
    _form("doji", "Doji", "CDLDOJI"),
    _form("dragonfly_doji", "Dragonfly doji", "CDLDRAGONFLYDOJI"),
    _form("gravestone_doji", "Gravestone doji", "CDLGRAVESTONEDOJI"),
    _form("spinning_top", "Spinning top", "CDLSPINNINGTOP"),
    _form("marubozu", "Marubozu", "CDLMARUBOZU"),
    _form("engulfing", "Engulfing", "CDLENGULFING"),
    _form("harami", "Harami", "CDLHARAMI"),
    _form("hammer", "Hammer", "CDLHAMMER"),
    _form("shooting_star", "Shooting star", "CDLSHOOTINGSTAR"),
    _form("outside", "Three outside up or down", "CDL3OUTSIDE"),
)
