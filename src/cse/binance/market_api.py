"""Routes of market data, which everyone may read."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from cse.binance.exchange_info import STATUSES, exchange_info
from cse.binance.market_models import (
    AggregateTradesQuery,
    AveragePrice,
    DepthQuery,
    ExchangeInfoQuery,
    KlinesQuery,
    ServerTime,
    Symbol,
    SymbolsQuery,
    TickerQuery,
    TradesQuery,
)
from cse.binance.market_views import (
    aggregate_view,
    book_view,
    depth_view,
    full_view,
    kline_view,
    mini_view,
    price_view,
    trade_view,
)
from cse.binance.parameters import at_most, ms, named_markets, parse_number, parse_time_us
from cse.binance.trade_reads import TradeReads
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine import models
from cse.engine.models import DatedTrade
from cse.marketdata.intervals import MINUTE_US, Interval, parse_interval
from cse.marketdata.models import CANDLES_MAX, DEPTH_MAX, TRADES_MAX
from cse.marketdata.service import MarketData, MarketDay
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Access, Call, Dialect, Nothing, Reply, Route, answer

AVERAGE_MINUTES: Final = 5


class BinanceMarketApi:
    """Parse, call, answer."""

    def __init__(
        self, marketdata: MarketData, rates: Rates, dialect: Dialect, now_us: Callable[[], int]
    ) -> None:
        self._marketdata = marketdata
        self._trades = TradeReads(marketdata)
        self._rates = rates
        self._dialect = dialect
        self._now_us = now_us

    def routes(self) -> list[Route]:
        """The rows of the table."""
        return [
            self._get("ping", "Is it there?", self.ping, Nothing),
            self._get("time", "Says the time.", self.time, Nothing),
            self._get("exchangeInfo", "Lists markets and limits.", self.exchange_info, ExchangeInfoQuery, 5),
            self._get("depth", "Shows a book.", self.depth, DepthQuery, 2),
            self._get("trades", "Lists the newest trades.", self.trades, TradesQuery, 2),
            self._get("historicalTrades", "Lists trades from an id on.", self.trades, TradesQuery, 2),
            self._get("aggTrades", "Lists trades.", self.aggregate_trades, AggregateTradesQuery, 2),
            self._get("klines", "Lists klines.", self.klines, KlinesQuery, 5),
            self._get("uiKlines", "Lists klines.", self.klines, KlinesQuery, 5),
            self._get("avgPrice", "Shows an average price.", self.average_price, Symbol, 2),
            self._get("ticker/24hr", "Shows what a day traded.", self.day, TickerQuery, 5),
            self._get("ticker/price", "Shows last prices.", self.prices, SymbolsQuery, 2),
            self._get("ticker/bookTicker", "Shows the best of books.", self.books, SymbolsQuery, 2),
        ]

    def _get(self, name: str, summary: str, handler: Any, query: Any, weight: int = 1) -> Route:
        return Route(
            "GET", f"/binance/api/v3/{name}", Access.EVERYONE, summary, None, handler=handler, query=query,
            weight=weight, dialect=self._dialect,
        )  # fmt: skip

    async def ping(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET ping."""
        return answer({})

    async def time(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET time."""
        return answer(ServerTime(ms(self._now_us())))

    async def exchange_info(self, call: Call[Nothing, ExchangeInfoQuery]) -> Reply:
        """GET exchangeInfo."""
        query = call.query
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        named = await named_markets(self._marketdata, query.symbol, query.symbols)
        markets = list(listing.markets.values()) if named is None else named
        if query.symbol_status is not None:
            markets = [market for market in markets if STATUSES[market.status] == query.symbol_status]
        if query.permissions is not None and "SPOT" not in query.permissions:
            markets = []
        requests, orders = self._rates.addresses.rate_of(0), self._rates.orders.rate_of(0)
        return answer(exchange_info(markets, requests, orders, self._now_us()), sequence)

    async def depth(self, call: Call[Nothing, DepthQuery]) -> Reply:
        """GET depth."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        levels = at_most(call.query.limit, DEPTH_MAX)
        reading = await self._marketdata.depth(market, levels, call.min_sequence)
        return answer(depth_view(reading.value, market), reading.sequence)

    async def trades(self, call: Call[Nothing, TradesQuery]) -> Reply:
        """GET trades, and historicalTrades."""
        query = call.query
        market = await self._marketdata.market_of_pair(query.symbol)
        from_id = parse_number(query.from_id, "fromId")
        found = await self._trades.from_id(
            market, from_id, at_most(query.limit, TRADES_MAX), call.min_sequence
        )
        return answer([trade_view(trade, market) for trade in found.value], found.sequence)

    async def aggregate_trades(self, call: Call[Nothing, AggregateTradesQuery]) -> Reply:
        """GET aggTrades."""
        query = call.query
        market = await self._marketdata.market_of_pair(query.symbol)
        limit = at_most(query.limit, TRADES_MAX)
        from_id = parse_number(query.from_id, "fromId")
        start_us = parse_time_us(query.start_time, "startTime")
        end_us = parse_time_us(query.end_time, "endTime")
        if from_id is not None and (start_us is not None or end_us is not None):
            raise CodedError(codes.QUANTITY_OR_QUOTE_AMOUNT, field="fromId", reason="fromId or times")
        if start_us is None and end_us is None:
            found = await self._trades.from_id(market, from_id, limit, call.min_sequence)
        else:
            found = await self._trades.within(market, start_us, end_us, limit, call.min_sequence)
        return answer([aggregate_view(trade, market) for trade in found.value], found.sequence)

    async def klines(self, call: Call[Nothing, KlinesQuery]) -> Reply:
        """GET klines, and uiKlines."""
        query = call.query
        market = await self._marketdata.market_of_pair(query.symbol)
        interval = parse_interval(query.interval)
        if query.time_zone not in ("0", "0:00", "00:00"):
            raise CodedError(codes.INVALID_FIELD, field="timeZone", reason="candles are those of UTC")
        start_us = parse_time_us(query.start_time, "startTime")
        end_us = parse_time_us(query.end_time, "endTime")
        limit = at_most(query.limit, CANDLES_MAX)
        ends_us = None if end_us is None else end_us + 1
        reading = await self._marketdata.candles(
            market, interval, start_us, ends_us, limit, call.min_sequence
        )
        shown = [kline_view(candle, interval, market) for candle in reading.value.candles]
        return answer(shown, reading.sequence)

    async def average_price(self, call: Call[Nothing, Symbol]) -> Reply:
        """GET avgPrice."""
        market = await self._marketdata.market_of_pair(call.query.symbol)
        now_us = self._now_us()
        reading = await self._marketdata.candles(
            market, Interval.MINUTE_1, now_us - AVERAGE_MINUTES * MINUTE_US, None, AVERAGE_MINUTES + 1,
            call.min_sequence,
        )  # fmt: skip
        lots = sum(candle.quantity for candle in reading.value.candles)
        if lots:
            notional = sum(candle.notional for candle in reading.value.candles)
            price = market.format_average_price(notional, lots)
        else:
            depth = await self._marketdata.depth(market, 1, reading.sequence)
            price = market.fixed_price(depth.value.last_price)
        return answer(AveragePrice(AVERAGE_MINUTES, price, ms(now_us)), reading.sequence)

    async def day(self, call: Call[Nothing, TickerQuery]) -> Reply:
        """GET ticker/24hr."""
        query = call.query
        views: dict[str, Callable[[MarketDay, DatedTrade | None, Market], object]]
        views = {"FULL": full_view, "MINI": mini_view}
        if query.type not in views:
            raise CodedError(codes.INVALID_FIELD, field="type", reason="FULL or MINI")
        markets = await self._markets(query, call.min_sequence)
        readings = await self._marketdata.days(markets, self._now_us(), call.min_sequence)
        newest = await asyncio.gather(
            *(self._marketdata.trades(market, None, 1, call.min_sequence) for market in markets)
        )
        shown = [
            views[query.type](reading.value, last.value[0] if last.value else None, market)
            for market, reading, last in zip(markets, readings, newest, strict=True)
        ]
        return _one_or_all(query, shown)

    async def prices(self, call: Call[Nothing, SymbolsQuery]) -> Reply:
        """GET ticker/price."""
        tops = await self._tops(call.query, call.min_sequence)
        return _one_or_all(call.query, [price_view(depth, market) for market, depth in tops])

    async def books(self, call: Call[Nothing, SymbolsQuery]) -> Reply:
        """GET ticker/bookTicker."""
        tops = await self._tops(call.query, call.min_sequence)
        return _one_or_all(call.query, [book_view(depth, market) for market, depth in tops])

    async def _markets(self, query: SymbolsQuery, min_sequence: int) -> list[Market]:
        named = await named_markets(self._marketdata, query.symbol, query.symbols)
        if named is not None:
            return named
        listing = await self._marketdata.listing(min_sequence)
        return list(listing.value.markets.values())

    async def _tops(self, query: SymbolsQuery, min_sequence: int) -> list[tuple[Market, models.Depth]]:
        """The best level of each side of the books."""
        markets = await self._markets(query, min_sequence)
        # All together, so that they are one question and one answer on the replica's connection.
        tops = await asyncio.gather(*(self._marketdata.depth(market, 1, min_sequence) for market in markets))
        return [(market, top.value) for market, top in zip(markets, tops, strict=True)]


def _one_or_all(query: SymbolsQuery, shown: list[Any]) -> Reply:
    """One by itself for who asked for one symbol."""
    return answer(shown[0] if query.symbol is not None else shown)
