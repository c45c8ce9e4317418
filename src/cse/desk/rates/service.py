"""Rates of tiers: as they are, and as operators set them."""

from __future__ import annotations

from typing import cast

from cse.accounts.rates.models import OwnRate
from cse.accounts.rates.service import RateSettings
from cse.audit.models import Actor
from cse.desk.rates.models import AllRates, NewRate, RateBounds, TierRate
from cse.domain.rates import BOUNDS, RateName
from cse.runtime.http.route import Caller

_BOUNDS = [RateBounds(name, *bounds) for name, bounds in BOUNDS.items()]


class RateDesk:
    """Sets rates as an operator, which is recorded."""

    def __init__(self, settings: RateSettings) -> None:
        self._settings = settings

    async def all(self) -> AllRates:
        """Those that tiers have of their own."""
        return AllRates([_view(own) for own in await self._settings.all()], _BOUNDS)

    async def set(self, caller: Caller, asked: NewRate) -> AllRates:
        """Sets a rate of a tier, or leaves it that of tier 0; all of them afterwards. Raises `CodedError`."""
        by = Actor.desk(caller)
        if asked.at_once or asked.per_second:
            await self._settings.set(
                asked.tier, asked.limit, asked.at_once, asked.per_second, by, asked.reason
            )
        else:
            await self._settings.unset(asked.tier, asked.limit, by, asked.reason)
        return await self.all()


def _view(own: OwnRate) -> TierRate:
    return TierRate(own.tier, cast(RateName, own.rate.name), own.rate.at_once, own.rate.per_second)
