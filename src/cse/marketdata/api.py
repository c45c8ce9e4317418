"""Routes that everyone may read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cse.domain import codes
from cse.domain.enumerations import MarketStatus, Side
from cse.domain.errors import CodedError
from cse.domain.markets import Market
from cse.engine.models import DatedTrade
from cse.marketdata.models import (
    Assets,
    AssetView,
    DepthQuery,
    Markets,
    MarketView,
    OrderBook,
    PublicTrade,
    Ticker,
    Trades,
    TradesQuery,
)
from cse.marketdata.service import MarketData, MarketDay
from cse.runtime.http.query import read_cursor, write_cursor
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer
from cse.runtime.http.times import format_time


class MarketDataApi:
    """Parse, call, answer."""

    def __init__(self, marketdata: MarketData, now_us: Callable[[], int]) -> None:
        self._marketdata = marketdata
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
                "GET", "/api/orderbook/{market}", everyone, "Shows a market's book by price level.",
                OrderBook, handler=self.order_book, query=DepthQuery, codes=unknown,
            ),
            Route(
                "GET", "/api/trades", everyone, "Lists a market's trades.", Trades,
                handler=self.trades, query=TradesQuery, codes=(*unknown, codes.INVALID_CURSOR),
            ),
            Route(
                "GET", "/api/ticker/{market}", everyone, "Shows a market at a glance.", Ticker,
                handler=self.ticker, codes=unknown,
            ),
        ]  # fmt: skip

    async def assets(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/assets."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        items = [AssetView(asset.symbol, asset.decimals) for asset in listing.assets.values()]
        return answer(Assets(items, None, str(sequence)), sequence)

    async def markets(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/markets."""
        sequence, listing = await self._marketdata.listing(call.min_sequence)
        items = [market_view(market) for market in listing.markets.values()]
        return answer(Markets(items, None, str(sequence)), sequence)

    async def order_book(self, call: Call[Nothing, DepthQuery]) -> Reply:
        """GET /api/orderbook/{market}."""
        market = await self._marketdata.market(call.path["market"])
        reading = await self._marketdata.depth(market, call.query.depth, call.min_sequence)
        depth = reading.value
        book = OrderBook(
            market=market.name,
            sequence=str(reading.sequence),
            book_sequence=str(depth.book_sequence),
            bids=_levels(depth.bids, market),
            asks=_levels(depth.asks, market),
        )
        return answer(book, reading.sequence)

    async def trades(self, call: Call[Nothing, TradesQuery]) -> Reply:
        """GET /api/trades."""
        query = call.query
        if not query.market:
            raise CodedError(codes.MISSING_FIELD, field="market")
        market = await self._marketdata.market(query.market)
        before = None if query.cursor is None else read_cursor(query.cursor, 1)[0]
        reading = await self._marketdata.trades(market, before, query.limit, call.min_sequence)
        items = [trade_view(trade, market) for trade in reading.value]
        last = reading.value[-1].traded.trade_id if items else 1
        cursor = write_cursor(last) if last > 1 and len(items) == query.limit else None
        return answer(Trades(items, cursor, str(reading.sequence)), reading.sequence)

    async def ticker(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/ticker/{market}."""
        market = await self._marketdata.market(call.path["market"])
        reading = await self._marketdata.day(market, self._now_us(), call.min_sequence)
        return answer(ticker_view(reading.value, reading.sequence, market), reading.sequence)


def market_view(market: Market) -> MarketView:
    """The market as it is shown."""
    status: Literal["open", "halted"] = "open"
    if market.status is MarketStatus.HALTED:
        status = "halted"
    return MarketView(
        market=market.name,
        base=market.base.symbol,
        quote=market.quote.symbol,
        tick_size=market.format_price(1),
        lot_size=market.format_quantity(1),
        min_notional=market.quote.format(market.min_notional),
        max_quantity=market.format_quantity(market.max_quantity),
        maker_fee_ppm=market.maker_fee_ppm,
        taker_fee_ppm=market.taker_fee_ppm,
        max_open_orders=market.max_open_orders,
        status=status,
    )


def trade_view(trade: DatedTrade, market: Market) -> PublicTrade:
    """The trade as everyone sees it: without who traded."""
    traded = trade.traded
    return PublicTrade(
        trade_id=str(traded.trade_id),
        market=market.name,
        side="buy" if traded.taker_side == Side.BUY else "sell",
        price=market.format_price(traded.price),
        quantity=market.format_quantity(traded.quantity),
        notional=market.quote.format(traded.notional),
        time=format_time(trade.time_us),
        sequence=str(trade.sequence),
    )


def ticker_view(day: MarketDay, sequence: int, market: Market) -> Ticker:
    """The ticker as it is shown."""
    trades, depth = day.trades, day.depth

    def price(ticks: int) -> str | None:
        return market.format_price(ticks) if ticks else None

    change = market.format_price(depth.last_price - trades.first_price) if trades.trades else None
    return Ticker(
        market=market.name,
        sequence=str(sequence),
        time=format_time(day.time_us),
        last_price=price(depth.last_price),
        best_bid=price(depth.bids[0][0]) if depth.bids else None,
        best_ask=price(depth.asks[0][0]) if depth.asks else None,
        open_24h=price(trades.first_price),
        high_24h=price(trades.high_price),
        low_24h=price(trades.low_price),
        change_24h=change,
        base_volume_24h=market.format_quantity(trades.quantity),
        quote_volume_24h=market.quote.format(trades.notional),
        trades_24h=trades.trades,
    )


def _levels(levels: list[tuple[int, int]], market: Market) -> list[list[str]]:
    return [[market.format_price(price), market.format_quantity(lots)] for price, lots in levels]
