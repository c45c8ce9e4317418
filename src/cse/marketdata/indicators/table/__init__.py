"""The one table of indicators, a file for each family."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from cse.marketdata.indicators.table.momentum import MOMENTUM
from cse.marketdata.indicators.table.pattern import PATTERN
from cse.marketdata.indicators.table.price import PRICE
from cse.marketdata.indicators.table.trend import TREND
from cse.marketdata.indicators.table.volatility import VOLATILITY
from cse.marketdata.indicators.table.volume import VOLUME

INDICATORS: Final = MappingProxyType(
    {indicator.name: indicator for indicator in (*TREND, *MOMENTUM, *VOLATILITY, *VOLUME, *PATTERN, *PRICE)}
)
