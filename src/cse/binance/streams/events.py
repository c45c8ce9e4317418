"""Events of markets as Binance names their fields: one letter each, capital or small."""

from __future__ import annotations

import msgspec

from cse.binance.market_models import FullTicker, MiniTicker
from cse.binance.parameters import ms, symbol_of
from cse.domain.enumerations import Side
from cse.domain.markets import Market
from cse.engine.models import DatedTrade
from cse.marketdata.candles import Candle
from cse.marketdata.intervals import Interval
from cse.streams.book import Level

ENCODE = msgspec.json.Encoder().encode
# python-binance knows by this text, and by no other, that a level has gone.
GONE = "0.00000000"

Levels = list[tuple[str, str]]


class DepthUpdate(msgspec.Struct, frozen=True, tag_field="e", tag="depthUpdate"):
    """The levels that the changes `U` to `u` of a book concern, as they are after these."""

    E: int
    s: str
    U: int
    u: int
    b: Levels
    a: Levels


class PartialDepth(msgspec.Struct, frozen=True, rename="camel"):
    """The best levels of both sides."""

    last_update_id: int
    bids: Levels
    asks: Levels


class BestOffers(msgspec.Struct, frozen=True):
    """The best of both sides, 0 where there is none."""

    u: int
    s: str
    b: str
    B: str
    a: str
    A: str


class TradeEvent(msgspec.Struct, frozen=True, tag_field="e", tag="trade"):
    """A trade; `m` says that the buyer's order stood in the book."""

    E: int
    s: str
    t: int
    p: str
    q: str
    T: int
    m: bool
    M: bool = True


class AggregateEvent(msgspec.Struct, frozen=True, tag_field="e", tag="aggTrade"):
    """A trade, alone in its aggregate."""

    E: int
    s: str
    a: int
    p: str
    q: str
    f: int
    l: int  # noqa: E741 - as clients read it
    T: int
    m: bool
    M: bool = True


class KlineFigures(msgspec.Struct, frozen=True):
    """A kline; `x` says that nothing more comes to it. What takers bought is not counted."""

    t: int
    T: int
    s: str
    i: str
    f: int
    L: int
    o: str
    c: str
    h: str
    l: str  # noqa: E741 - as clients read it
    v: str
    n: int
    x: bool
    q: str
    V: str = "0"
    Q: str = "0"
    B: str = "0"


class KlineEvent(msgspec.Struct, frozen=True, tag_field="e", tag="kline"):
    """A kline that has changed."""

    E: int
    s: str
    k: KlineFigures


class MiniTickerEvent(msgspec.Struct, frozen=True, tag_field="e", tag="24hrMiniTicker"):
    """The figures of a day."""

    E: int
    s: str
    c: str
    o: str
    h: str
    l: str  # noqa: E741 - as clients read it
    v: str
    q: str


class TickerEvent(msgspec.Struct, frozen=True, tag_field="e", tag="24hrTicker"):
    """The same, with the change of the price and the best of the book."""

    E: int
    s: str
    p: str
    P: str
    w: str
    x: str
    c: str
    Q: str
    b: str
    B: str
    a: str
    A: str
    o: str
    h: str
    l: str  # noqa: E741 - as clients read it
    v: str
    q: str
    O: int  # noqa: E741 - as clients read it
    C: int
    F: int
    L: int
    n: int


def trade_event(trade: DatedTrade, market: Market) -> TradeEvent:
    """A trade."""
    traded, at_ms = trade.traded, ms(trade.time_us)
    price, quantity = market.fixed_price(traded.price), market.fixed_quantity(traded.quantity)
    is_sale = traded.taker_side == Side.SELL
    return TradeEvent(at_ms, symbol_of(market), traded.trade_id, price, quantity, at_ms, is_sale)


def aggregate_event(trade: DatedTrade, market: Market) -> AggregateEvent:
    """A trade as an aggregate."""
    one = trade_event(trade, market)
    return AggregateEvent(one.E, one.s, one.t, one.p, one.q, one.t, one.t, one.T, one.m)


def kline_event(
    candle: Candle, interval: Interval, market: Market, now_us: int, *, is_closed: bool
) -> KlineEvent:
    """A kline."""
    symbol = symbol_of(market)
    figures = KlineFigures(
        t=ms(candle.start_us),
        T=ms(interval.end_us(candle.start_us)) - 1,
        s=symbol,
        i=interval.value,
        f=candle.first_trade,
        L=candle.last_trade,
        o=market.fixed_price(candle.open),
        c=market.fixed_price(candle.close),
        h=market.fixed_price(candle.high),
        l=market.fixed_price(candle.low),
        v=market.fixed_quantity(candle.quantity),
        n=candle.trades,
        x=is_closed,
        q=market.quote.format(candle.notional),
    )
    return KlineEvent(ms(now_us), symbol, figures)


def best_event(book_sequence: int, bids: list[Level], asks: list[Level], market: Market) -> BestOffers:
    """The best of both sides."""
    (bid, bid_lots), (ask, ask_lots) = (side[0] if side else (0, 0) for side in (bids, asks))
    return BestOffers(
        book_sequence,
        symbol_of(market),
        market.fixed_price(bid),
        market.fixed_quantity(bid_lots),
        market.fixed_price(ask),
        market.fixed_quantity(ask_lots),
    )


def mini_ticker_event(day: MiniTicker, now_us: int) -> MiniTickerEvent:
    """The figures of a day, of which REST shows the same."""
    return MiniTickerEvent(
        ms(now_us), day.symbol, day.last_price, day.open_price, day.high_price, day.low_price, day.volume,
        day.quote_volume,
    )  # fmt: skip


def ticker_event(day: FullTicker, now_us: int) -> TickerEvent:
    """All figures of a day, of which REST shows the same."""
    return TickerEvent(
        E=ms(now_us),
        s=day.symbol,
        p=day.price_change,
        P=day.price_change_percent,
        w=day.weighted_avg_price,
        x=day.prev_close_price,
        c=day.last_price,
        Q=day.last_qty,
        b=day.bid_price,
        B=day.bid_qty,
        a=day.ask_price,
        A=day.ask_qty,
        o=day.open_price,
        h=day.high_price,
        l=day.low_price,
        v=day.volume,
        q=day.quote_volume,
        O=day.open_time,
        C=day.close_time,
        F=day.first_id,
        L=day.last_id,
        n=day.count,
    )
