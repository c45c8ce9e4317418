"""Routes that everyone may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from cse.domain import codes
from cse.domain.assets import AssetName
from cse.domain.errors import CodedError
from cse.domain.ids import parse_trade_id
from cse.domain.markets import Market
from cse.engine.models import Depth, Reading
from cse.marketdata.candles import is_closed
from cse.marketdata.models import (
    Assets,
    AssetView,
    AuctionView,
    Candles,
    CandlesQuery,
    DepthQuery,
    MarketNow,
    Markets,
    OrderBook,
    Sparks,
    Ticker,
    Tickers,
    Trades,
    TradesQuery,
)
from cse.marketdata.service import MarketData, MarketDay
from cse.marketdata.stretches import stretch_of
from cse.marketdata.views import (
    auction_view,
    candle_view,
    level_views,
    market_now_view,
    market_view,
    spark_view,
    ticker_view,
    trade_view,
)
from cse.runtime.http.query import read_cursor, write_cursor
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class AssetNames(Protocol):
    """Who knows what assets are called."""

    async def asset_names(self) -> dict[str, AssetName]:
        """What assets are called, by symbol."""
        ...


class MarketDataApi:
    """Parse, call, answer."""

    def __init__(self, marketdata: MarketData, names: AssetNames, now_us: Callable[[], int]) -> None:
        self._marketdata = marketdata
        self._names = names
        self._now_us = now_us

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        everyone, unknown = Access.EVERYONE, (codes.MARKET_UNKNOWN,)
        return [
            Route(
                "GET", "/api/assets", everyone, "Lists all assets.", Assets, handler=self.assets
            ),
            Route(
                "GET", "/api/markets", everyone, "Lists all markets and their rules.", Markets,
                handler=self.markets,
            ),
            Route(
                "GET", "/api/markets/{market}", everyone, "Shows a market and its rules.", MarketNow,
                handler=self.market, codes=unknown,
            ),
            Route(
                "GET", "/api/markets/{market}/auction", everyone,
                "Shows what a market's auction would trade now.", AuctionView,
                handler=self.auction, codes=unknown,
            ),
            Route(
                "GET", "/api/orderbook/{market}", everyone, "Shows a market's book by price level.",
                OrderBook, handler=self.order_book, query=DepthQuery, weight=5,
                codes=(
                    *unknown, codes.INVALID_DECIMAL, codes.PRICE_OFF_TICK, codes.PRICE_OUT_OF_RANGE,
                ),
            ),
            Route(
                "GET", "/api/trades", everyone, "Lists a market's trades.", Trades,
                handler=self.trades, query=TradesQuery, codes=(*unknown, codes.INVALID_CURSOR),
                weight=2,
            ),
            Route(
                "GET", "/api/candles/{market}", everyone, "Lists a market's candles.", Candles,
                handler=self.candles, query=CandlesQuery,
                codes=(*unknown, codes.INTERVAL_UNKNOWN, codes.INVALID_CURSOR), weight=5,
            ),
            Route(
                "GET", "/api/tickers", everyone, "Shows all markets at a glance.", Tickers,
                handler=self.tickers, weight=5,
            ),
            Route(
                "GET", "/api/sparks", everyone, "Shows a day's closing prices of all markets.", Sparks,
                handler=self.sparks, weight=5,
            ),
            Route(
                "GET", "/api/ticker/{market}", everyone, "Shows a market at a glance.", Ticker,
                handler=self.ticker, codes=unknown,
            ),
        ]  # fmt: skip

    async def assets(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/assets."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        names = await self._names.asset_names()
        items = []
        for asset in listing.assets.values():
            name, demo = names.get(asset.symbol, AssetName(asset.symbol, demo=False))
            items.append(AssetView(asset.symbol, name, asset.decimals, demo))
        return answer(Assets(items, None, str(sequence)), sequence)

    async def markets(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/markets."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        items = [market_view(market) for market in listing.markets.values()]
        return answer(Markets(items, None, str(sequence)), sequence)

    async def market(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/markets/{market}."""
        reading = await self._marketdata.market_now(call.path["market"], call.min_sequence)
        return answer(market_now_view(reading.value), reading.sequence)

    async def auction(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/markets/{market}/auction."""
        reading = await self._marketdata.market_now(call.path["market"], call.min_sequence)
        return answer(auction_view(reading.value, reading.sequence), reading.sequence)

    async def order_book(self, call: Call[Nothing, DepthQuery]) -> Reply:
        """GET /api/orderbook/{market}."""
        market = await self._marketdata.market(call.path["market"])
        reading = await self._depth(market, call.query, call.min_sequence)
        depth = reading.value
        book = OrderBook(
            market=market.name,
            sequence=str(reading.sequence),
            book_sequence=str(depth.book_sequence),
            bids=level_views(depth.bids, market),
            asks=level_views(depth.asks, market),
        )
        return answer(book, reading.sequence)

    async def _depth(self, market: Market, query: DepthQuery, min_sequence: int) -> Reading[Depth]:
        if query.group is None:
            return await self._marketdata.depth(market, query.depth, min_sequence)
        step = market.parse_price(query.group, field="group")
        return await self._marketdata.grouped_depth(market, query.depth, step, min_sequence)

    async def trades(self, call: Call[Nothing, TradesQuery]) -> Reply:
        """GET /api/trades."""
        query = call.query
        if not query.market:
            raise CodedError(codes.MISSING_FIELD, field="market")
        market = await self._marketdata.market(query.market)
        limit = query.limit
        if query.after is not None:
            after = parse_trade_id(query.after, field="after")
            if query.cursor is not None:
                (after,) = read_cursor(query.cursor, 1)
            reading = await self._marketdata.trades_after(market, after, limit, call.min_sequence)
        else:
            before = None if query.cursor is None else read_cursor(query.cursor, 1)[0]
            reading = await self._marketdata.trades(market, before, limit, call.min_sequence)
        items = [trade_view(trade, market) for trade in reading.value]
        last = reading.value[-1].traded.trade_id if items else 1
        ends = len(items) < limit or (query.after is None and last == 1)
        cursor = None if ends else write_cursor(last)
        return answer(Trades(items, cursor, str(reading.sequence)), reading.sequence)

    async def candles(self, call: Call[Nothing, CandlesQuery]) -> Reply:
        """GET /api/candles/{market}."""
        query = call.query
        market = await self._marketdata.market(call.path["market"])
        interval, from_us, to_us = stretch_of(query)
        reading = await self._marketdata.candles(
            market, interval, from_us, to_us, query.limit, call.min_sequence
        )
        page = reading.value
        items = [
            candle_view(candle, is_closed(candle, interval, page.journal_time_us), market)
            for candle in page.candles
        ]
        cursor = None if page.next_us is None else write_cursor(page.next_us)
        shown = Candles(market.name, interval.value, items, cursor, str(reading.sequence))
        return answer(shown, reading.sequence)

    async def tickers(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/tickers."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        markets = list(listing.markets.values())
        readings = await self._marketdata.days(markets, self._now_us(), sequence)
        sequence = min((reading.sequence for reading in readings), default=sequence)
        items = [_ticker(*found) for found in zip(markets, readings, strict=True)]
        return answer(Tickers(items, None, str(sequence)), sequence)

    async def sparks(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/sparks."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        markets = list(listing.markets.values())
        readings = await self._marketdata.sparks(markets, self._now_us(), sequence)
        sequence = min((reading.sequence for reading in readings), default=sequence)
        items = [spark_view(found.value, market) for market, found in zip(markets, readings, strict=True)]
        return answer(Sparks(items, None, str(sequence)), sequence)

    async def ticker(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/ticker/{market}."""
        market = await self._marketdata.market(call.path["market"])
        (reading,) = await self._marketdata.days([market], self._now_us(), call.min_sequence)
        return answer(_ticker(market, reading), reading.sequence)


def _ticker(market: Market, reading: Reading[MarketDay]) -> Ticker:
    time_us, depth, trades = reading.value
    return ticker_view(
        market,
        reading.sequence,
        time_us,
        trades,
        depth.last_price,
        depth.bids[0][0] if depth.bids else 0,
        depth.asks[0][0] if depth.asks else 0,
    )
