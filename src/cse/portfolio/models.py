"""What is shown of a portfolio. Amounts are decimal strings; what is not known is null."""

from __future__ import annotations

from typing import Literal

import msgspec

CostWord = Literal["average", "fifo", "lifo"]
CurvePeriod = Literal["1d", "1w", "1m", "1y", "all"]


class PortfolioQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which units of an asset are taken to leave first."""

    cost: CostWord = "average"


class PositionView(msgspec.Struct, frozen=True):
    """What the account has of an asset, or once had.

    `cost` is what `amount` was paid with, fees not in it, and `average_cost` that for a whole one.
    `value` is the amount at `last_price`, `unrealised` the value less the cost, and `unrealised_ppm` that
    against the cost. `realised` is what units that left brought less what they had cost, `fees` what was
    paid less rebates for trades in the asset's markets, `creator_share` what came of the fees of others.
    What everything is valued in has no cost, price or gain.
    """

    asset: str
    amount: str
    cost: str | None
    average_cost: str | None
    last_price: str | None
    value: str | None
    share_ppm: int | None
    unrealised: str | None
    unrealised_ppm: int | None
    realised: str | None
    fees: str | None
    creator_share: str | None


class PortfolioView(msgspec.Struct, frozen=True):
    """The account's positions and what they come to, in `value_asset`, as of `sequence`.

    `put_in` and `taken_out` are what transfers moved, each at its worth then. `gain` is the value less
    what was put in, with what was taken out: to the unit unrealised and realised less fees, with the
    creator's shares. `gain_ppm` is that against what was put in. `since` is the first transfer's time.
    `unpriced` are assets that are held and have no price: with one of them there is no `value`, and
    `priced_value` is what all else is worth.
    """

    value_asset: str
    cost_method: CostWord
    value: str | None
    priced_value: str
    unpriced: list[str]
    cost: str | None
    unrealised: str | None
    unrealised_ppm: int | None
    realised: str | None
    fees: str | None
    creator_share: str | None
    put_in: str | None
    taken_out: str | None
    gain: str | None
    gain_ppm: int | None
    since: str | None
    positions: list[PositionView]
    sequence: str


class PeriodQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Over which time: the last day, week, thirty days, year, or all since the first transfer."""

    period: CurvePeriod = "all"


class ValuePoint(msgspec.Struct, frozen=True):
    """What the account was worth at a time, and what had been put in less what was taken out by then."""

    time: str
    value: str | None
    put_in: str | None


class FlowView(msgspec.Struct, frozen=True):
    """A transfer: what came, below zero what left, and what it was worth then."""

    time: str
    asset: str
    amount: str
    worth: str | None


class FallView(msgspec.Struct, frozen=True):
    """The deepest fall of the return, from its height to its low; 0 where it never fell."""

    ppm: int
    from_time: str
    to_time: str


class ValueHistory(msgspec.Struct, frozen=True):
    """How the account did over a period, by `interval` and up to now.

    `gain` is what it was worth at the end less what it was worth at the beginning, without what was put in
    or taken out between. `return_ppm` is weighted by time: each stretch between two transfers counts by
    what was in the account, so that deposits are no return. `drawdown` and `drawdown_now_ppm` are how far
    that return fell and is below its height at the end. `flows` are the period's latest hundred transfers.
    """

    value_asset: str
    period: CurvePeriod
    interval: str
    points: list[ValuePoint]
    flows: list[FlowView]
    gain: str | None
    return_ppm: int | None
    drawdown: FallView | None
    drawdown_now_ppm: int | None
    sequence: str


class StatementQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which month, quarter or year of the calendar in UTC: `2026-01`, `2026-Q1` or `2026`."""

    period: str
    cost: CostWord = "average"


class MovementView(msgspec.Struct, frozen=True):
    """What entries of one kind brought of an asset, and took away; the kinds are those of the ledger."""

    kind: str
    came: str
    left: str


class StatementAsset(msgspec.Struct, frozen=True):
    """An asset over the period: `opening`, with what `came` and without what `left`, is `closing`.

    `realised` is what units that left brought less what they had cost, in the statement's `value_asset`.
    """

    asset: str
    opening: str
    movements: list[MovementView]
    closing: str
    realised: str | None


class StatementView(msgspec.Struct, frozen=True):
    """A period of the account: at `from_time` or later and before `to_time`, in UTC.

    `so_far` says that the period goes on: then it is as of now. All but the assets' amounts is in
    `value_asset`. Where all is known, `closing_value - opening_value` is `put_in - taken_out + realised +
    closing_unrealised - opening_unrealised - fees + creator_share`, to the last decimal.
    """

    period: str
    from_time: str
    to_time: str
    so_far: bool
    cost_method: CostWord
    value_asset: str
    opening_value: str | None
    closing_value: str | None
    put_in: str | None
    taken_out: str | None
    realised: str | None
    opening_unrealised: str | None
    closing_unrealised: str | None
    fees: str | None
    creator_share: str | None
    assets: list[StatementAsset]
    sequence: str
