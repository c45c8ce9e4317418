"""Values of indicators over a market's candles."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import NamedTuple

from cse.domain.markets import Market
from cse.engine.models import Reading
from cse.marketdata.candle_history import CandlePage
from cse.marketdata.candles import Candle
from cse.marketdata.indicators.computing import Scale, Values, compute, stretch_us
from cse.marketdata.indicators.definitions import Indicator
from cse.marketdata.intervals import Interval
from cse.marketdata.service import MarketData


class Computed(NamedTuple):
    """A page of candles and the values at each; `since_us` is the start of the first that went into them."""

    page: CandlePage
    values: list[Values]
    since_us: int | None


class IndicatorService:
    """Reads candles, and as many before them as the values need to stand on their own."""

    def __init__(self, marketdata: MarketData) -> None:
        self._marketdata = marketdata

    async def market(self, name: str) -> Market:
        """The market of this name; `market_unknown`."""
        return await self._marketdata.market(name)

    async def values(
        self,
        indicator: Indicator,
        parameters: Mapping[str, float],
        market: Market,
        interval: Interval,
        from_us: int | None,
        to_us: int | None,
        limit: int,
        min_sequence: int,
    ) -> Reading[Computed]:
        """At each of up to `limit` candles that start in [from, to), as `MarketData.candles` cuts them.

        Raises:
            NotYetVisible: the candles in PostgreSQL are too far behind.
        """
        reading = await self._marketdata.candles(market, interval, from_us, to_us, limit, min_sequence)
        page = reading.value
        if not page.candles:
            return Reading(reading.sequence, Computed(page, [], None))
        before = await self._before(
            indicator, parameters, market, interval, page.candles[0], reading.sequence
        )
        candles = [*before, *page.candles]
        scale = Scale(market.tick_size, market.tick_decimals, market.lot_size, market.base.decimals)
        # The first answer of a process loads the libraries, which takes a tenth of a second.
        values = await asyncio.to_thread(compute, indicator, parameters, candles, interval, scale)
        computed = Computed(page, values[len(before) :], candles[0].start_us)
        return Reading(reading.sequence, computed)

    async def _before(
        self,
        indicator: Indicator,
        parameters: Mapping[str, float],
        market: Market,
        interval: Interval,
        first: Candle,
        sequence: int,
    ) -> list[Candle]:
        """The candles before the first of a page that go into its values."""
        from_us, limit = None, indicator.warm_up(parameters)
        if indicator.since == "day":
            width_us = stretch_us(interval)
            from_us = first.start_us - first.start_us % width_us
            limit = max(1, width_us // interval.width_us)
        earlier = await self._marketdata.candles(market, interval, from_us, first.start_us, limit, sequence)
        return earlier.value.candles
