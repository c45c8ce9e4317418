"""What the feed takes and gives. Names and numbers are those of the protocol, not of our own API:
prices and volumes are JSON numbers for pixels, times are whole seconds since 1970."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

SEARCHED_MAX = 100
QUOTED_MAX = 20


class FeedConfiguration(msgspec.Struct, frozen=True):
    """What the feed can do."""

    supported_resolutions: list[str]
    exchanges: list[FeedChoice]
    symbols_types: list[FeedChoice]
    supports_search: bool = True
    supports_group_request: bool = False
    supports_marks: bool = False
    supports_timescale_marks: bool = True
    supports_time: bool = True


class FeedChoice(msgspec.Struct, frozen=True, omit_defaults=True):
    """A choice among exchanges or types of symbols."""

    name: str
    value: str
    desc: str = ""


class FeedSymbolQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which market; it is not shown in other currencies and units, whatever is asked for."""

    symbol: str = ""
    currencyCode: str = ""  # noqa: N815
    unitId: str = ""  # noqa: N815


class FeedSearchQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which markets have `query` in name or description."""

    query: str = ""
    type: str = ""
    exchange: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=SEARCHED_MAX)] = 30


class FeedHistoryQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Bars that start in [from, to), or the last `countback` before `to`, wherever they begin."""

    symbol: str = ""
    resolution: str = ""
    from_: str = ""
    to: str = ""
    countback: str = ""
    currencyCode: str = ""  # noqa: N815
    unitId: str = ""  # noqa: N815


class FeedMarksQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Marks of a market from `from` to `to`."""

    symbol: str = ""
    resolution: str = ""
    from_: str = ""
    to: str = ""


class FeedQuotesQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Names of markets, with commas between them."""

    symbols: str = ""


class FeedRefusal(msgspec.Struct, frozen=True, tag_field="s", tag="error"):
    """Why there is no answer, as the protocol says it: with status 200."""

    errmsg: str


class FeedFound(msgspec.Struct, frozen=True):
    """A market as a search shows it."""

    symbol: str
    full_name: str
    description: str
    exchange: str
    ticker: str
    type: str


class FeedSymbol(msgspec.Struct, frozen=True):
    """A market as the library has to know it: a step of the price is `minmov / pricescale`."""

    name: str
    ticker: str
    full_name: str
    description: str
    type: str
    exchange: str
    listed_exchange: str
    currency_code: str
    minmov: int
    pricescale: int
    volume_precision: int
    supported_resolutions: list[str]
    seconds_multipliers: list[str]
    intraday_multipliers: list[str]
    session: str = "24x7"
    timezone: str = "Etc/UTC"
    format: str = "price"
    minmove2: int = 0
    has_seconds: bool = True
    has_intraday: bool = True
    has_daily: bool = True
    has_weekly_and_monthly: bool = True
    has_empty_bars: bool = False
    visible_plots_set: str = "ohlcv"
    data_status: str = "streaming"


class FeedBars(msgspec.Struct, frozen=True, tag_field="s", tag="ok"):
    """Bars as columns, ascending."""

    t: list[int]
    o: list[float]
    h: list[float]
    l: list[float]  # noqa: E741
    c: list[float]
    v: list[float]


class FeedNoBars(msgspec.Struct, frozen=True, omit_defaults=True, tag_field="s", tag="no_data"):
    """No bar is there; the last one before is at `nextTime`, if there is one."""

    nextTime: int | None = None  # noqa: N815


class FeedMark(msgspec.Struct, frozen=True):
    """Something that happened, told below the chart."""

    id: str
    time: int
    color: str
    label: str
    tooltip: list[str]


class FeedQuote(msgspec.Struct, frozen=True, omit_defaults=True):
    """A market's figures; those that are not there are left out."""

    short_name: str
    exchange: str
    description: str
    volume: float
    lp: float | None = None
    ch: float | None = None
    chp: float | None = None
    bid: float | None = None
    ask: float | None = None
    open_price: float | None = None
    high_price: float | None = None
    low_price: float | None = None
    prev_close_price: float | None = None


class FeedQuoted(msgspec.Struct, frozen=True, omit_defaults=True):
    """The quote of the market that was asked for as `n`."""

    s: Literal["ok", "error"]
    n: str
    v: FeedQuote | None = None


class FeedQuotes(msgspec.Struct, frozen=True, tag_field="s", tag="ok"):
    """What was asked for, in its order."""

    d: list[FeedQuoted]
