"""Trades, klines, tickers and books as Binance's clients have them."""

from __future__ import annotations

from typing import Final

from cse.binance.market_models import (
    AggregateTrade,
    BookTicker,
    Depth,
    FullTicker,
    MiniTicker,
    PriceTicker,
    Trade,
)
from cse.binance.parameters import ms, symbol_of
from cse.domain.enumerations import Side
from cse.domain.markets import Market
from cse.domain.money import divide_to_nearest, format_fixed
from cse.engine import models
from cse.engine.models import DatedTrade
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import DAY_US, Interval
from cse.marketdata.service import MarketDay
from cse.marketdata.views import level_views

_PERCENT_DECIMALS: Final = 3

# Open time, prices, volume, close time, turnover, trades, what takers bought of both, and nothing.
Kline = tuple[int, str, str, str, str, str, int, str, int, str, str, str]


def trade_view(trade: DatedTrade, market: Market) -> Trade:
    """A trade."""
    traded = trade.traded
    return Trade(
        id=traded.trade_id,
        price=market.fixed_price(traded.price),
        qty=market.fixed_quantity(traded.quantity),
        quote_qty=market.quote.format(traded.notional),
        time=ms(trade.time_us),
        is_buyer_maker=traded.taker_side == Side.SELL,
    )


def aggregate_view(trade: DatedTrade, market: Market) -> AggregateTrade:
    """A trade, alone in its aggregate."""
    traded = trade.traded
    return AggregateTrade(
        a=traded.trade_id,
        p=market.fixed_price(traded.price),
        q=market.fixed_quantity(traded.quantity),
        f=traded.trade_id,
        l=traded.trade_id,
        T=ms(trade.time_us),
        m=traded.taker_side == Side.SELL,
    )


def kline_view(candle: Candle, interval: Interval, market: Market) -> Kline:
    """A kline. What takers bought of it is not counted, and stands as 0."""
    return (
        ms(candle.start_us),
        market.fixed_price(candle.open),
        market.fixed_price(candle.high),
        market.fixed_price(candle.low),
        market.fixed_price(candle.close),
        market.fixed_quantity(candle.quantity),
        ms(interval.end_us(candle.start_us)) - 1,
        market.quote.format(candle.notional),
        candle.trades,
        "0",
        "0",
        "0",
    )


def depth_view(depth: models.Depth, market: Market) -> Depth:
    """A book."""
    return Depth(depth.book_sequence, level_views(depth.bids, market), level_views(depth.asks, market))


def price_view(depth: models.Depth, market: Market) -> PriceTicker:
    """A last price, 0 before the first trade."""
    return PriceTicker(symbol_of(market), market.fixed_price(depth.last_price))


def book_view(depth: models.Depth, market: Market) -> BookTicker:
    """The best of both sides, 0 where there is none."""
    (bid, bid_lots), (ask, ask_lots) = _best(depth.bids), _best(depth.asks)
    return BookTicker(
        symbol=symbol_of(market),
        bid_price=market.fixed_price(bid),
        bid_qty=market.fixed_quantity(bid_lots),
        ask_price=market.fixed_price(ask),
        ask_qty=market.fixed_quantity(ask_lots),
    )


def mini_view(day: MarketDay, last: DatedTrade | None, market: Market) -> MiniTicker:
    """The figures of a day; `last` is the last trade ever."""
    trades = day.trades
    counts = trades.trades > 0
    last_id = last.traded.trade_id if last is not None and counts else -1
    return MiniTicker(
        symbol=symbol_of(market),
        open_price=market.fixed_price(trades.first_price if counts else 0),
        high_price=market.fixed_price(trades.high_price if counts else 0),
        low_price=market.fixed_price(trades.low_price if counts else 0),
        last_price=market.fixed_price(day.depth.last_price),
        volume=market.fixed_quantity(trades.quantity),
        quote_volume=market.quote.format(trades.notional),
        open_time=ms(day.time_us - DAY_US),
        close_time=ms(day.time_us),
        # Ids of a market's trades are dense.
        first_id=last_id - trades.trades + 1 if counts else -1,
        last_id=last_id,
        count=trades.trades,
    )


def full_view(day: MarketDay, last: DatedTrade | None, market: Market) -> FullTicker:
    """The same, with the change of the price and the best of the book."""
    mini, book, trades = mini_view(day, last, market), book_view(day.depth, market), day.trades
    change = day.depth.last_price - trades.first_price if trades.trades else 0
    percent = 0
    if trades.trades:
        percent = divide_to_nearest(change * 100 * 10**_PERCENT_DECIMALS, trades.first_price)
    average = market.fixed_price(0)
    if trades.quantity:
        average = market.format_average_price(trades.notional, trades.quantity)
    return FullTicker(
        symbol=mini.symbol,
        open_price=mini.open_price,
        high_price=mini.high_price,
        low_price=mini.low_price,
        last_price=mini.last_price,
        volume=mini.volume,
        quote_volume=mini.quote_volume,
        open_time=mini.open_time,
        close_time=mini.close_time,
        first_id=mini.first_id,
        last_id=mini.last_id,
        count=mini.count,
        price_change=market.fixed_price(change),
        price_change_percent=format_fixed(percent, _PERCENT_DECIMALS, _PERCENT_DECIMALS),
        weighted_avg_price=average,
        prev_close_price=mini.open_price,
        last_qty=market.fixed_quantity(0 if last is None else last.traded.quantity),
        bid_price=book.bid_price,
        bid_qty=book.bid_qty,
        ask_price=book.ask_price,
        ask_qty=book.ask_qty,
    )


def _best(levels: list[tuple[int, int]]) -> tuple[int, int]:
    return levels[0] if levels else (0, 0)
