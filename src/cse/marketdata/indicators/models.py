"""What the routes of indicators take and give. Values are JSON numbers, for they are no amounts."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from cse.marketdata import intervals
from cse.marketdata.indicators.definitions import Family, Placement

POINTS_MAX = 1_000


class IndicatorQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"from_": "from"}):
    """Which indicator, over which candles: `interval`, `from`, `to`, `limit` and `cursor` are as of candles.

    `parameters` are those that shall not have their defaults, such as `length:14,multiplier:2.5`.
    """

    name: str = ""
    interval: Annotated[str, msgspec.Meta(extra_json_schema={"enum": list(intervals.NAMES)})] = ""
    parameters: str = ""
    from_: str | None = None
    to: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=POINTS_MAX)] = 500
    cursor: str | None = None


class ParameterView(msgspec.Struct, frozen=True):
    """A number that may be chosen, from `least` to `greatest`; a `whole` one counts candles."""

    name: str
    default: float
    least: float
    greatest: float
    whole: bool


class IndicatorView(msgspec.Struct, frozen=True):
    """An indicator.

    It is drawn over the price or in a pane of its own. `warm_up` candles before the first that is asked
    for go into the values, if the market has them, with the default parameters. `sums_since` says of
    values that are sums with which candle they begin: with the first that is read, or that of the day.
    """

    name: str
    title: str
    family: Family
    drawn: Placement
    parameters: list[ParameterView]
    outputs: list[str]
    warm_up: int
    sums_since: Literal["first", "day"] | None


class Indicators(msgspec.Struct, frozen=True):
    """All indicators."""

    items: list[IndicatorView]
    next_cursor: str | None


class IndicatorPoint(msgspec.Struct, frozen=True):
    """The values at the candle of this time, by output: floating-point numbers, no amounts.

    Null where the market has too few candles before, or the value is no number. Those of a candle that
    is not `closed` can still change.
    """

    time: str
    closed: bool
    values: dict[str, float | None]


class IndicatorValues(msgspec.Struct, frozen=True):
    """A page of values, one for each candle, ascending. `next_cursor` leads where that of candles does.

    `parameters` are all that count. `since` is the time of the first candle that went into them.
    """

    market: str
    interval: str
    name: str
    parameters: dict[str, float]
    since: str | None
    items: list[IndicatorPoint]
    next_cursor: str | None
    sequence: str
