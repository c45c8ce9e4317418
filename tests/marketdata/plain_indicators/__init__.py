"""Indicators with their default parameters, by their published formulas, to hold the exchange's against."""

from __future__ import annotations

from typing import Final

from tests.marketdata.plain_indicators.momentum import MOMENTUM
from tests.marketdata.plain_indicators.pattern import PATTERN
from tests.marketdata.plain_indicators.trend import TREND, Plain
from tests.marketdata.plain_indicators.volatility import VOLATILITY
from tests.marketdata.plain_indicators.volume import PRICE, VOLUME

PLAIN: Final[dict[str, Plain]] = {**TREND, **MOMENTUM, **VOLATILITY, **VOLUME, **PATTERN, **PRICE}
