"""What everyone is shown, made of what is known inside. REST and streams show the same words."""

from __future__ import annotations

from typing import Final, Literal

import msgspec

from cse.domain.enumerations import MarketStatus, Side
from cse.domain.markets import Market
from cse.engine.models import DatedTrade
from cse.ledger.models import TradesSummary
from cse.marketdata import sparks
from cse.marketdata.candles import Candle
from cse.marketdata.models import (
    AuctionView,
    CandleView,
    MarketNow,
    MarketView,
    PublicTrade,
    SparkView,
    Status,
    Ticker,
)
from cse.runtime.http.times import format_time

STATUSES: Final[dict[MarketStatus, Status]] = {
    MarketStatus.CREATED: "created",
    MarketStatus.OPEN: "open",
    MarketStatus.HALTED: "halted",
    MarketStatus.AUCTION: "auction",
    MarketStatus.CANCEL_ONLY: "cancel_only",
    MarketStatus.DELISTED: "delisted",
}
_SIDES: Final[dict[Side, Literal["buy", "sell"]]] = {Side.BUY: "buy", Side.SELL: "sell"}


def market_view(market: Market) -> MarketView:
    """The market as it is shown."""
    return MarketView(
        market=market.name,
        base=market.base.symbol,
        quote=market.quote.symbol,
        tick_size=market.format_price(market.price_increment),
        lot_size=market.format_quantity(market.quantity_increment),
        min_notional=market.quote.format(market.min_notional),
        max_quantity=market.format_quantity(market.max_quantity),
        maker_fee_ppm=market.maker_fee_ppm,
        taker_fee_ppm=market.taker_fee_ppm,
        creator_share_ppm=market.creator_share_ppm,
        max_open_orders=market.max_open_orders,
        status=STATUSES[market.status],
        auction_ends_at=_time(market.auction_ends_at_us),
        price_unit=market.format_price(1),
        quantity_unit=market.format_quantity(1),
        min_quantity=market.format_quantity(market.min_quantity),
        max_notional=market.quote.format(market.max_notional) if market.max_notional else None,
        price_band_ppm=market.price_band_ppm,
        reference_price=market.format_price(market.reference_price) if market.reference_price else None,
        interruption_ppm=market.interruption_ppm,
        interruption_window_s=market.interruption_window_s,
        interruption_auction_s=market.interruption_auction_s,
        self_trades_allowed=market.self_trades_allowed,
    )


def market_now_view(market: Market) -> MarketNow:
    """The market as it is shown, with the prices of its band."""
    band = market.price_band
    return MarketNow(
        **msgspec.structs.asdict(market_view(market)),
        band_lowest_price=None if band is None else market.format_price(band.lowest),
        band_highest_price=None if band is None else market.format_price(band.highest),
    )


def auction_view(market: Market, sequence: int) -> AuctionView:
    """The market's auction as it is shown."""
    indication = market.indication
    price = market.uncross_price or indication.price
    side = indication.surplus_side
    return AuctionView(
        market=market.name,
        status=STATUSES[market.status],
        auction_ends_at=_time(market.auction_ends_at_us),
        uncrossing=market.uncross_price != 0,
        price=market.fixed_price(price) if price else None,
        volume=market.fixed_quantity(indication.volume),
        surplus=market.fixed_quantity(indication.surplus),
        surplus_side=None if side is None else _SIDES[side],
        sequence=str(sequence),
    )


def _time(time_us: int) -> str | None:
    return format_time(time_us) if time_us else None


def level_views(levels: list[tuple[int, int]], market: Market) -> list[list[str]]:
    """Levels of a book, of ticks and lots, as price and quantity."""
    return [[market.fixed_price(price), market.fixed_quantity(lots)] for price, lots in levels]


def trade_view(trade: DatedTrade, market: Market) -> PublicTrade:
    """The trade as everyone sees it: without who traded."""
    traded = trade.traded
    return PublicTrade(
        trade_id=str(traded.trade_id),
        market=market.name,
        side="buy" if traded.taker_side == Side.BUY else "sell",
        price=market.fixed_price(traded.price),
        quantity=market.fixed_quantity(traded.quantity),
        notional=market.quote.format(traded.notional),
        auction=traded.auction == 1,
        time=format_time(trade.time_us),
        sequence=str(trade.sequence),
    )


def candle_view(candle: Candle, closed: bool, market: Market) -> CandleView:
    """The candle as it is shown."""
    return CandleView(
        time=format_time(candle.start_us),
        open=market.fixed_price(candle.open),
        high=market.fixed_price(candle.high),
        low=market.fixed_price(candle.low),
        close=market.fixed_price(candle.close),
        base_volume=market.fixed_quantity(candle.quantity),
        quote_volume=market.quote.format(candle.notional),
        trades=candle.trades,
        closed=closed,
    )


def ticker_view(
    market: Market,
    sequence: int,
    time_us: int,
    day: TradesSummary,
    last_price: int,
    best_bid: int,
    best_ask: int,
) -> Ticker:
    """The ticker as it is shown; prices are in ticks, 0 where there is none."""

    def price(ticks: int) -> str | None:
        return market.fixed_price(ticks) if ticks else None

    return Ticker(
        market=market.name,
        sequence=str(sequence),
        time=format_time(time_us),
        last_price=price(last_price),
        best_bid=price(best_bid),
        best_ask=price(best_ask),
        open_24h=price(day.first_price),
        high_24h=price(day.high_price),
        low_24h=price(day.low_price),
        change_24h=market.fixed_price(last_price - day.first_price) if day.trades else None,
        base_volume_24h=market.fixed_quantity(day.quantity),
        quote_volume_24h=market.quote.format(day.notional),
        trades_24h=day.trades,
    )


def spark_view(spark: sparks.Spark, market: Market) -> SparkView:
    """The line as it is shown."""
    closes = [market.fixed_price(close) for close in spark.closes]
    return SparkView(market.name, format_time(spark.start_us), sparks.INTERVAL.value, closes)
