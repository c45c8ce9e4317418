"""Routes of the chart feed, below `/api/udf`. What is asked for wrongly is refused as the protocol has it,
with status 200 and `s` as `error`: the library looks at nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final, TypeAlias

from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.marketdata.api import AssetNames
from cse.marketdata.chart_feed import models
from cse.marketdata.chart_feed.models import (
    FeedBars,
    FeedChoice,
    FeedConfiguration,
    FeedFound,
    FeedHistoryQuery,
    FeedMark,
    FeedMarksQuery,
    FeedNoBars,
    FeedQuoted,
    FeedQuotes,
    FeedQuotesQuery,
    FeedRefusal,
    FeedSearchQuery,
    FeedSymbolQuery,
)
from cse.marketdata.chart_feed.resolutions import RESOLUTIONS, interval_of
from cse.marketdata.chart_feed.views import (
    EXCHANGE,
    TYPE,
    bars_view,
    first_trade_view,
    found_view,
    quote_view,
    symbol_view,
)
from cse.marketdata.intervals import SECOND_US, Interval
from cse.marketdata.models import CANDLES_MAX
from cse.marketdata.service import MarketData
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

_SECONDS: Final = re.compile(r"-?[0-9]{1,12}", re.ASCII)
# A `FeedSymbol`, which has no `s` by which it could be told from a `FeedRefusal`.
SymbolAnswer: TypeAlias = dict[str, str | int | bool | list[str]]
_COUNT: Final = re.compile(r"[0-9]{1,9}", re.ASCII)


class ChartFeedApi:
    """Parse, call, answer."""

    def __init__(self, marketdata: MarketData, names: AssetNames, now_us: Callable[[], int]) -> None:
        self._marketdata = marketdata
        self._names = names
        self._now_us = now_us

    def routes(self) -> list[Route]:
        """The subject's rows of the table."""
        everyone = Access.EVERYONE
        return [
            Route(
                "GET", "/api/udf/config", everyone, "Chart feed: says what the feed can do.",
                FeedConfiguration, handler=self.config,
            ),
            Route(
                "GET", "/api/udf/time", everyone, "Chart feed: says the time in seconds.", str,
                handler=self.time, content_type="text/plain",
            ),
            Route(
                "GET", "/api/udf/symbols", everyone, "Chart feed: describes a market.", SymbolAnswer,
                handler=self.symbols, query=FeedSymbolQuery,
            ),
            Route(
                "GET", "/api/udf/search", everyone, "Chart feed: finds markets.", list[FeedFound],
                handler=self.search, query=FeedSearchQuery,
            ),
            Route(
                "GET", "/api/udf/history", everyone, "Chart feed: lists bars.",
                FeedBars | FeedNoBars | FeedRefusal, handler=self.history, query=FeedHistoryQuery, weight=5,
            ),
            Route(
                "GET", "/api/udf/timescale_marks", everyone, "Chart feed: marks where trading began.",
                list[FeedMark], handler=self.timescale_marks, query=FeedMarksQuery, weight=2,
            ),
            Route(
                "GET", "/api/udf/quotes", everyone, "Chart feed: shows markets at a glance.",
                FeedQuotes | FeedRefusal, handler=self.quotes, query=FeedQuotesQuery, weight=5,
            ),
        ]  # fmt: skip

    async def config(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/udf/config."""
        exchange = FeedChoice("CS Exchange", EXCHANGE, "CS Exchange")
        return answer(FeedConfiguration(list(RESOLUTIONS), [exchange], [FeedChoice("Creator tokens", TYPE)]))

    async def time(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/udf/time."""
        return Reply(str(self._now_us() // SECOND_US).encode(), content_type=b"text/plain")

    async def symbols(self, call: Call[Nothing, FeedSymbolQuery]) -> Reply:
        """GET /api/udf/symbols."""
        market = await self._market(call.query.symbol)
        if market is None:
            return answer(FeedRefusal("unknown_symbol"))
        return answer(symbol_view(market, (await self._descriptions([market]))[0]))

    async def search(self, call: Call[Nothing, FeedSearchQuery]) -> Reply:
        """GET /api/udf/search."""
        query = call.query
        if query.exchange not in ("", EXCHANGE) or query.type not in ("", TYPE):
            return answer([])
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        markets = list(listing.markets.values())
        found = [
            found_view(market, description)
            for market, description in zip(markets, await self._descriptions(markets), strict=True)
            if query.query.casefold() in f"{EXCHANGE}:{market.name} {description}".casefold()
        ]
        return answer(found[: query.limit], sequence)

    async def history(self, call: Call[Nothing, FeedHistoryQuery]) -> Reply:
        """GET /api/udf/history."""
        query = call.query
        market = await self._market(query.symbol)
        if market is None:
            return answer(FeedRefusal("unknown_symbol"))
        interval = interval_of(query.resolution)
        if interval is None:
            return answer(FeedRefusal("unknown resolution"))
        if not (_SECONDS.fullmatch(query.from_) and _SECONDS.fullmatch(query.to)):
            return answer(FeedRefusal("from and to are seconds since 1970"))
        if query.countback and not _COUNT.fullmatch(query.countback):
            return answer(FeedRefusal("countback is a whole number"))
        count = int(query.countback or 0)
        from_us = None if count else int(query.from_) * SECOND_US
        return await self._bars(
            market, interval, from_us, int(query.to) * SECOND_US, count, call.min_sequence
        )

    async def _bars(
        self, market: Market, interval: Interval, from_us: int | None, to_us: int, count: int, sequence: int
    ) -> Reply:
        """The newest bars before a time: `count` of them, or those that start at `from_us` or later."""
        limit = min(count or CANDLES_MAX, CANDLES_MAX)
        reading = await self._marketdata.candles(market, interval, None, to_us, limit, sequence)
        before = reading.value.candles
        candles = [candle for candle in before if from_us is None or candle.start_us >= from_us]
        if candles:
            return answer(bars_view(candles, market), reading.sequence)
        next_time = before[-1].start_us // SECOND_US if before else None
        return answer(FeedNoBars(next_time), reading.sequence)

    async def timescale_marks(self, call: Call[Nothing, FeedMarksQuery]) -> Reply:
        """GET /api/udf/timescale_marks."""
        query = call.query
        market = await self._market(query.symbol)
        if market is None or not (_SECONDS.fullmatch(query.from_) and _SECONDS.fullmatch(query.to)):
            return answer([])
        interval = interval_of(query.resolution) or Interval.SECOND_1
        reading = await self._marketdata.candles(market, interval, 0, None, 1, call.min_sequence)
        marks = [first_trade_view(candle, market) for candle in reading.value.candles]
        within = [mark for mark in marks if int(query.from_) <= mark.time <= int(query.to)]
        return answer(within, reading.sequence)

    async def quotes(self, call: Call[Nothing, FeedQuotesQuery]) -> Reply:
        """GET /api/udf/quotes."""
        asked = call.query.symbols.split(",")
        if len(asked) > models.QUOTED_MAX:
            return answer(FeedRefusal(f"at most {models.QUOTED_MAX} symbols"))
        found = {name: market for name in asked if (market := await self._market(name)) is not None}
        markets = list(found.values())
        readings = await self._marketdata.days(markets, self._now_us(), call.min_sequence)
        descriptions = await self._descriptions(markets)
        shown = {
            name: quote_view(market, description, reading.value)
            for (name, market), description, reading in zip(
                found.items(), descriptions, readings, strict=True
            )
        }
        items = [
            FeedQuoted("ok", name, shown[name]) if name in shown else FeedQuoted("error", name)
            for name in asked
        ]
        sequence = min((reading.sequence for reading in readings), default=0)
        return answer(FeedQuotes(items), sequence)

    async def _market(self, symbol: str) -> Market | None:
        """The market of this name, with the exchange's before it or without."""
        try:
            return await self._marketdata.market(symbol.removeprefix(f"{EXCHANGE}:"))
        except CodedError as error:
            if error.code is codes.MARKET_UNKNOWN:
                return None
            raise

    async def _descriptions(self, markets: list[Market]) -> list[str]:
        """What the tokens are called, such as `Nova / USD Coin`."""
        names = await self._names.asset_names()

        def name(symbol: str) -> str:
            return names[symbol].name if symbol in names else symbol

        return [f"{name(market.base.symbol)} / {name(market.quote.symbol)}" for market in markets]
