"""Routes of indicators, which everyone may read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from cse.domain import codes
from cse.domain.markets import Market
from cse.engine.models import Reading
from cse.marketdata.candles import is_closed
from cse.marketdata.indicators.choosing import chosen_indicator, chosen_parameters
from cse.marketdata.indicators.definitions import Indicator
from cse.marketdata.indicators.models import (
    IndicatorPoint,
    IndicatorQuery,
    Indicators,
    IndicatorValues,
    IndicatorView,
    ParameterView,
)
from cse.marketdata.indicators.service import Computed, IndicatorService
from cse.marketdata.indicators.table import INDICATORS
from cse.marketdata.intervals import Interval
from cse.marketdata.stretches import stretch_of
from cse.runtime.http.query import write_cursor
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer
from cse.runtime.http.times import format_time


class IndicatorsApi:
    """Parse, call, answer."""

    def __init__(self, service: IndicatorService) -> None:
        self._service = service

    def routes(self) -> list[Route]:
        """The subject's rows of the table."""
        everyone = Access.EVERYONE
        return [
            Route(
                "GET", "/api/indicators", everyone, "Lists all indicators and their parameters.",
                Indicators, handler=self.indicators, weight=2,
            ),
            Route(
                "GET", "/api/indicators/{market}", everyone, "Shows an indicator over a market's candles.",
                IndicatorValues, handler=self.values, query=IndicatorQuery,
                codes=(
                    codes.MARKET_UNKNOWN, codes.INTERVAL_UNKNOWN, codes.INVALID_CURSOR, codes.MISSING_FIELD,
                    codes.INDICATOR_UNKNOWN, codes.INVALID_PARAMETER,
                ),
                weight=20,
            ),
        ]  # fmt: skip

    async def indicators(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/indicators."""
        return answer(_listed())

    async def values(self, call: Call[Nothing, IndicatorQuery]) -> Reply:
        """GET /api/indicators/{market}."""
        query = call.query
        market = await self._service.market(call.path["market"])
        indicator = chosen_indicator(query.name)
        parameters = chosen_parameters(indicator, query.parameters)
        interval, from_us, to_us = stretch_of(query)
        reading = await self._service.values(
            indicator, parameters, market, interval, from_us, to_us, query.limit, call.min_sequence
        )
        return answer(_shown(indicator, parameters, market, interval, reading), reading.sequence)


@cache
def _listed() -> Indicators:
    return Indicators([indicator_view(indicator) for indicator in INDICATORS.values()], None)


def indicator_view(indicator: Indicator) -> IndicatorView:
    """The indicator as it is listed."""
    return IndicatorView(
        name=indicator.name,
        title=indicator.title,
        family=indicator.family,
        drawn=indicator.drawn,
        parameters=[
            ParameterView(
                parameter.name, parameter.default, parameter.least, parameter.greatest, parameter.whole
            )
            for parameter in indicator.parameters
        ],
        outputs=list(indicator.output_names),
        warm_up=indicator.warm_up(indicator.defaults()),
        sums_since=indicator.since,
    )


def _shown(
    indicator: Indicator,
    parameters: Mapping[str, float],
    market: Market,
    interval: Interval,
    reading: Reading[Computed],
) -> IndicatorValues:
    page, values, since_us = reading.value
    names = indicator.output_names
    return IndicatorValues(
        market=market.name,
        interval=interval.value,
        name=indicator.name,
        parameters=dict(parameters),
        since=None if since_us is None else format_time(since_us),
        items=[
            IndicatorPoint(
                format_time(candle.start_us),
                is_closed(candle, interval, page.journal_time_us),
                dict(zip(names, row, strict=True)),
            )
            for candle, row in zip(page.candles, values, strict=True)
        ],
        next_cursor=None if page.next_us is None else write_cursor(page.next_us),
        sequence=str(reading.sequence),
    )
