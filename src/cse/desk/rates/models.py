"""What the room shows of rates, and takes about them."""

from __future__ import annotations

from typing import Annotated

import msgspec

from cse.desk.risk.models import Tier
from cse.domain.rates import RateName

_Count = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]


class TierRate(msgspec.Struct, frozen=True):
    """A rate that a tier has of its own. Tier 0 stands for all that have none."""

    tier: int
    limit: RateName
    at_once: int
    per_second: int


class RateBounds(msgspec.Struct, frozen=True):
    """Between what a rate may be set."""

    limit: RateName
    at_once_min: int
    at_once_max: int
    per_second_min: int
    per_second_max: int


class AllRates(msgspec.Struct, frozen=True):
    """The rates that tiers have of their own, by tier, and the bounds of all."""

    items: list[TierRate]
    bounds: list[RateBounds]


class NewRate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that sets a rate of a tier; 0 at once and 0 a second leave it that of tier 0."""

    reason: str
    limit: RateName
    at_once: _Count
    per_second: _Count
    tier: Tier = 0
