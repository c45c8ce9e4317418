"""What the room shows of risk limits and flags, and takes about them."""

from __future__ import annotations

from typing import Annotated, Final, Literal, TypeAlias

import msgspec

from cse.desk.markets.models import Count, Decimal, Share
from cse.domain.limits import FEE_TIER_MAX

FLAGS_MAX: Final = 100
Tier: TypeAlias = Annotated[int, msgspec.Meta(ge=0, le=FEE_TIER_MAX)]
Pattern: TypeAlias = Literal["notional", "cancels", "far_orders", "self_trades"]


class RiskLimits(msgspec.Struct, frozen=True):
    """What accounts of a tier may ask for in a market, and from where on operators are told.

    Quantities are in base, notionals in quote; "0" and 0 are none. Tier 0 stands for all that have no
    limits of their own.
    """

    market: str
    tier: int
    max_quantity: str
    max_notional: str
    max_notional_per_minute: str
    max_open_orders: int
    flag_notional_per_minute: str
    flag_cancels: int
    flag_cancels_per_fill: int
    flag_far_orders: int
    flag_far_ppm: int
    flag_self_trades: int


class AllRiskLimits(msgspec.Struct, frozen=True):
    """The limits that tiers have of their own, by market and tier."""

    items: list[RiskLimits]


class RiskQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which market; all where none is named."""

    market: str | None = None


class RiskValues(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Limits of a tier, or some of them; 0 is none."""

    max_quantity: Decimal | None = None
    max_notional: Decimal | None = None
    max_notional_per_minute: Decimal | None = None
    max_open_orders: Count | None = None
    flag_notional_per_minute: Decimal | None = None
    flag_cancels: Count | None = None
    flag_cancels_per_fill: Count | None = None
    flag_far_orders: Count | None = None
    flag_far_ppm: Share | None = None
    flag_self_trades: Count | None = None


class NewRiskLimits(RiskValues, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The body that sets limits of a tier; what is not named stays.

    A tier of which all are 0 has none of its own from then on. `seen` has what each that is named was of the
    tier's own, so 0 where it had none: where it is another by now, nothing is set (`version_outdated`).
    """

    reason: str
    seen: RiskValues
    tier: Tier = 0


class FlagView(msgspec.Struct, frozen=True):
    """A pattern that an account has shown within a minute.

    `counted` and `bound` are quote units of a notional, of others how many; `fills` is null but for
    cancels. The account hears nothing of it.
    """

    at: str
    account: str
    market: str
    pattern: Pattern
    counted: str
    bound: str
    fills: int | None
    sequence: str


class Flags(msgspec.Struct, frozen=True):
    """What was told of accounts, the latest first. `next_cursor` is null at its end."""

    items: list[FlagView]
    next_cursor: str | None


class FlagsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Of which account and market, and how much of it."""

    account: str | None = None
    market: str | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=FLAGS_MAX)] = 50
    cursor: str | None = None
