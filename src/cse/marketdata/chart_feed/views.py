"""Markets, candles and days as the library is told them."""

from __future__ import annotations

from typing import Final

from cse.domain.markets import Market
from cse.marketdata.candles import Candle
from cse.marketdata.chart_feed.models import FeedBars, FeedFound, FeedMark, FeedQuote, FeedSymbol
from cse.marketdata.chart_feed.resolutions import INTRADAY, RESOLUTIONS, SECONDS
from cse.marketdata.intervals import SECOND_US
from cse.marketdata.service import MarketDay

EXCHANGE: Final = "CSE"
TYPE: Final = "crypto"


def full_name(market: Market) -> str:
    """The name with the exchange before it."""
    return f"{EXCHANGE}:{market.name}"


def found_view(market: Market, description: str) -> FeedFound:
    """The market as a search shows it."""
    return FeedFound(market.name, full_name(market), description, EXCHANGE, market.name, TYPE)


def symbol_view(market: Market, description: str) -> FeedSymbol:
    """The market with its steps."""
    return FeedSymbol(
        name=market.name,
        ticker=market.name,
        full_name=full_name(market),
        description=description,
        type=TYPE,
        exchange=EXCHANGE,
        listed_exchange=EXCHANGE,
        currency_code=market.quote.symbol,
        minmov=market.tick_size * 10**market.price_decimals // 10**market.tick_decimals,
        pricescale=10**market.price_decimals,
        volume_precision=market.quantity_decimals,
        supported_resolutions=list(RESOLUTIONS),
        seconds_multipliers=list(SECONDS),
        intraday_multipliers=list(INTRADAY),
    )


def bars_view(candles: list[Candle], market: Market) -> FeedBars:
    """The candles as columns."""
    return FeedBars(
        t=[candle.start_us // SECOND_US for candle in candles],
        o=[_price(candle.open, market) for candle in candles],
        h=[_price(candle.high, market) for candle in candles],
        l=[_price(candle.low, market) for candle in candles],
        c=[_price(candle.close, market) for candle in candles],
        v=[_volume(candle.quantity, market) for candle in candles],
    )


def first_trade_view(candle: Candle, market: Market) -> FeedMark:
    """The mark where trading began."""
    price = market.fixed_price(candle.open)
    time_s = candle.start_us // SECOND_US
    return FeedMark("first-trade", time_s, "green", "1", [f"First trade of {market.name}", f"at {price}"])


def quote_view(market: Market, description: str, day: MarketDay) -> FeedQuote:
    """The figures of the last 24 hours, and the best prices of now."""
    _, depth, trades = day
    last, first = depth.last_price, trades.first_price
    traded = bool(trades.trades)
    return FeedQuote(
        short_name=market.name,
        exchange=EXCHANGE,
        description=description,
        volume=_volume(trades.quantity, market),
        lp=_price(last, market) if last else None,
        ch=_price(last - first, market) if traded else None,
        chp=100 * (last - first) / first if traded else None,
        bid=_price(depth.bids[0][0], market) if depth.bids else None,
        ask=_price(depth.asks[0][0], market) if depth.asks else None,
        open_price=_price(first, market) if traded else None,
        high_price=_price(trades.high_price, market) if traded else None,
        low_price=_price(trades.low_price, market) if traded else None,
        prev_close_price=_price(first, market) if traded else None,
    )


def _price(ticks: int, market: Market) -> float:
    """The floating-point number nearest to a price."""
    price: float = ticks * market.tick_size / 10**market.tick_decimals
    return price


def _volume(lots: int, market: Market) -> float:
    """The floating-point number nearest to a quantity."""
    volume: float = lots * market.lot_size / 10**market.base.decimals
    return volume
