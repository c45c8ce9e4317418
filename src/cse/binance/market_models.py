"""What the public routes take and give, as Binance's clients have it."""

from __future__ import annotations

from typing import Any

import msgspec


class Symbol(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """One symbol."""

    symbol: str


class SymbolsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """One symbol, a list of them in JSON, or all."""

    symbol: str | None = None
    symbols: str | None = None


class TickerQuery(SymbolsQuery, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Which tickers, with all figures (`FULL`) or fewer (`MINI`)."""

    type: str = "FULL"


class ExchangeInfoQuery(SymbolsQuery, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Which symbols; every one of ours has the permission SPOT."""

    permissions: str | None = None
    show_permission_sets: str | None = None
    symbol_status: str | None = None


class DepthQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """How many levels of each side."""

    limit: int = 100


class TradesQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Which trades: the newest, or those from an id on."""

    limit: int = 500
    from_id: str | None = None


class AggregateTradesQuery(TradesQuery, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Which trades: the newest, those from an id on, or those of a stretch of time."""

    start_time: str | None = None
    end_time: str | None = None


class KlinesQuery(Symbol, frozen=True, forbid_unknown_fields=True, rename="camel"):
    """Which klines: the first of a stretch of time, or its last where it has no start."""

    interval: str
    start_time: str | None = None
    end_time: str | None = None
    time_zone: str = "0"
    limit: int = 500


class Trade(msgspec.Struct, frozen=True, rename="camel"):
    """A trade; the buyer was the maker where the taker sold."""

    id: int
    price: str
    qty: str
    quote_qty: str
    time: int
    is_buyer_maker: bool
    is_best_match: bool = True


class AggregateTrade(msgspec.Struct, frozen=True):
    """One trade as an aggregate of itself: id, price, quantity, first and last id, time, buyer is maker."""

    a: int
    p: str
    q: str
    f: int
    l: int  # noqa: E741
    T: int
    m: bool
    M: bool = True


class MiniTicker(msgspec.Struct, frozen=True, rename="camel"):
    """What a market traded within 24 hours; of no trade all prices are 0."""

    symbol: str
    open_price: str
    high_price: str
    low_price: str
    last_price: str
    volume: str
    quote_volume: str
    open_time: int
    close_time: int
    first_id: int
    last_id: int
    count: int


class FullTicker(MiniTicker, frozen=True, rename="camel"):
    """The same, with how the price changed and what the book has."""

    price_change: str
    price_change_percent: str
    weighted_avg_price: str
    prev_close_price: str
    last_qty: str
    bid_price: str
    bid_qty: str
    ask_price: str
    ask_qty: str


class PriceTicker(msgspec.Struct, frozen=True):
    """A market's last price."""

    symbol: str
    price: str


class BookTicker(msgspec.Struct, frozen=True, rename="camel"):
    """The best of both sides of a book."""

    symbol: str
    bid_price: str
    bid_qty: str
    ask_price: str
    ask_qty: str


class AveragePrice(msgspec.Struct, frozen=True, rename="camel"):
    """What the trades of the last minutes cost on average."""

    mins: int
    price: str
    close_time: int


class Depth(msgspec.Struct, frozen=True, rename="camel"):
    """A book by price level, best first; `last_update_id` counts its changes."""

    last_update_id: int
    bids: list[list[str]]
    asks: list[list[str]]


class ServerTime(msgspec.Struct, frozen=True, rename="camel"):
    """The exchange's time in milliseconds."""

    server_time: int


class SymbolInfo(msgspec.Struct, frozen=True, rename="camel"):
    """A market and its rules."""

    symbol: str
    status: str
    base_asset: str
    base_asset_precision: int
    quote_asset: str
    quote_precision: int
    quote_asset_precision: int
    base_commission_precision: int
    quote_commission_precision: int
    order_types: list[str]
    iceberg_allowed: bool
    oco_allowed: bool
    oto_allowed: bool
    quote_order_qty_market_allowed: bool
    allow_trailing_stop: bool
    cancel_replace_allowed: bool
    amend_allowed: bool
    is_spot_trading_allowed: bool
    is_margin_trading_allowed: bool
    filters: list[dict[str, Any]]
    permissions: list[str]
    permission_sets: list[list[str]]
    default_self_trade_prevention_mode: str
    allowed_self_trade_prevention_modes: list[str]


class ExchangeInfo(msgspec.Struct, frozen=True, rename="camel"):
    """All that a client has to know before it sends an order."""

    timezone: str
    server_time: int
    rate_limits: list[dict[str, Any]]
    exchange_filters: list[dict[str, Any]]
    symbols: list[SymbolInfo]
