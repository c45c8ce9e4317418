"""What the public routes take and give. Amounts are decimal strings, ids are strings."""

from __future__ import annotations

from typing import Annotated, Literal, TypeAlias

import msgspec

from cse.marketdata import intervals

DEPTH_MAX = 500
TRADES_MAX = 1_000
CANDLES_MAX = 1_000


# Price and quantity.
Level = Annotated[list[str], msgspec.Meta(min_length=2, max_length=2)]


class DepthQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many levels of each side; with `group`, how many steps of that width, a multiple of the tick."""

    depth: Annotated[int, msgspec.Meta(ge=1, le=DEPTH_MAX)] = 50
    group: str | None = None


class TradesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which trades: newest first, or those with an id above `after`, ascending."""

    market: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=TRADES_MAX)] = 100
    after: str | None = None
    cursor: str | None = None


class CandlesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which candles: those that start at `from` or later and before `to`, both times in RFC 3339.

    Without `from` the newest before `to`, without `to` the newest of all. `cursor` goes on with what the
    rest of the same query began.
    """

    interval: Annotated[str, msgspec.Meta(extra_json_schema={"enum": list(intervals.NAMES)})] = ""
    from_: str | None = None
    to: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=CANDLES_MAX)] = 500
    cursor: str | None = None


class AssetView(msgspec.Struct, frozen=True):
    """An asset; `demo` says that it was made up for a demonstration."""

    asset: str
    name: str
    decimals: int
    demo: bool


Status: TypeAlias = Literal["created", "open", "halted", "auction", "cancel_only", "delisted"]


class MarketView(msgspec.Struct, frozen=True):
    """A market and its rules.

    Fees are in parts per million of the notional, the creator's share in those of a trade's fees. Prices
    are multiples of `tick_size` and quantities of `lot_size`, which may change; `price_unit` and
    `quantity_unit`, of which all that ever was is a multiple, do not.

    `price_band_ppm` says how far from the last price (before the first trade from `reference_price`)
    orders trade, 0 any distance. A move by more than `interruption_ppm` from the first trade within
    `interruption_window_s` begins an auction of `interruption_auction_s`; 0 is none. An auction without
    `auction_ends_at` lasts until it is ended. Where `self_trades_allowed` orders may have `none` as their
    `self_trade_prevention`.
    """

    market: str
    base: str
    quote: str
    tick_size: str
    lot_size: str
    min_notional: str
    max_quantity: str
    maker_fee_ppm: int
    taker_fee_ppm: int
    creator_share_ppm: int
    max_open_orders: int
    status: Status
    auction_ends_at: str | None
    price_unit: str
    quantity_unit: str
    min_quantity: str
    max_notional: str | None
    price_band_ppm: int
    reference_price: str | None
    interruption_ppm: int
    interruption_window_s: int
    interruption_auction_s: int
    self_trades_allowed: bool


class MarketNow(MarketView, frozen=True):
    """A market and its rules, and the prices between which its band has orders trade now.

    Both are among them, and null where any price will do. They move with each trade.
    """

    band_lowest_price: str | None
    band_highest_price: str | None


class AuctionView(msgspec.Struct, frozen=True):
    """What a market's auction would trade if it ended now.

    At `price` the most lots trade, `volume`; `surplus_side` has `surplus` more there. Without a price
    nothing would trade, and in another status nothing is indicated. While it is `uncrossing` the auction
    has ended, and its orders trade at `price`.
    """

    market: str
    status: Status
    auction_ends_at: str | None
    uncrossing: bool
    price: str | None
    volume: str
    surplus: str
    surplus_side: Literal["buy", "sell"] | None
    sequence: str


class Assets(msgspec.Struct, frozen=True):
    """All assets."""

    items: list[AssetView]
    next_cursor: str | None
    sequence: str


class Markets(msgspec.Struct, frozen=True):
    """All markets."""

    items: list[MarketView]
    next_cursor: str | None
    sequence: str


class OrderBook(msgspec.Struct, frozen=True):
    """Price and quantity by level, best first. `book_sequence` counts the book's changes.

    Where levels were asked for by group, a bid's price is the one at or below all that is counted in it, and
    an ask's the one at or above.
    """

    market: str
    sequence: str
    book_sequence: str
    bids: list[Level]
    asks: list[Level]


class PublicTrade(msgspec.Struct, frozen=True):
    """A trade; `side` is the taker's. Of one that an `auction` made it is that of the later order."""

    trade_id: str
    market: str
    side: Literal["buy", "sell"]
    price: str
    quantity: str
    notional: str
    auction: bool
    time: str
    sequence: str


class Trades(msgspec.Struct, frozen=True):
    """A page of trades, newest first, or ascending behind `after`."""

    items: list[PublicTrade]
    next_cursor: str | None
    sequence: str


class CandleView(msgspec.Struct, frozen=True):
    """What the trades from `time` on for one interval come to.

    A stretch of time without a trade has no candle. No trade can come to a `closed` one any more.
    """

    time: str
    open: str
    high: str
    low: str
    close: str
    base_volume: str
    quote_volume: str
    trades: int
    closed: bool


class Candles(msgspec.Struct, frozen=True):
    """A page of candles, ascending. `next_cursor` leads to later ones where the query has `from`, and
    to earlier ones where it has not."""

    market: str
    interval: Annotated[str, msgspec.Meta(extra_json_schema={"enum": list(intervals.NAMES)})]
    items: list[CandleView]
    next_cursor: str | None
    sequence: str


class Ticker(msgspec.Struct, frozen=True):
    """A market at a glance; figures named 24h are those of the trades of the last 24 hours.

    `change_24h` is the last price less the first one in that time.
    """

    market: str
    sequence: str
    time: str
    last_price: str | None
    best_bid: str | None
    best_ask: str | None
    open_24h: str | None
    high_24h: str | None
    low_24h: str | None
    change_24h: str | None
    base_volume_24h: str
    quote_volume_24h: str
    trades_24h: int


class Tickers(msgspec.Struct, frozen=True):
    """All markets at a glance, each as of its own sequence; `sequence` is the lowest."""

    items: list[Ticker]
    next_cursor: str | None
    sequence: str


class SparkView(msgspec.Struct, frozen=True):
    """The closing prices of a market's last 24 hours, one for each `interval` from `time` on.

    An interval without a trade has the close before it. A market younger than a day has fewer, one
    without a trade none.
    """

    market: str
    time: str
    interval: str
    closes: list[str]


class Sparks(msgspec.Struct, frozen=True):
    """All markets' closing prices of a day; `sequence` is the lowest that one of them reflects."""

    items: list[SparkView]
    next_cursor: str | None
    sequence: str
