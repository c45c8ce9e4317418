"""Rates as they are set, and as operators set them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from cse.accounts.rates import store
from cse.accounts.rates.models import OwnRate
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes, rates
from cse.domain.errors import CodedError
from cse.domain.lines import parse_reason
from cse.domain.rates import BOUNDS, Rate, RateName
from cse.runtime.postgres import Pool

# What the audit log says was changed.
_TARGET: Final = "rates"


class RateSettings:
    """Reads and sets the rates of tiers. All processes hear of what is set."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def all(self) -> list[OwnRate]:
        """Those that tiers have of their own, by tier."""
        async with self._pool.connection() as connection:
            return await store.own_rates(connection)

    async def set(
        self, tier: int, name: RateName, at_once: int, per_second: int, by: Actor, reason: str
    ) -> None:
        """Sets a rate of a tier, and records it.

        Raises:
            CodedError: `invalid_field` for what is beyond the bounds, or would leave a tier fewer cancels
                than orders.
        """
        require_within_bounds(tier, name, at_once, per_second)
        await self._change(tier, name, Rate(name, at_once, per_second), by, reason)

    async def unset(self, tier: int, name: RateName, by: Actor, reason: str) -> None:
        """Leaves a tier the rate of tier 0, and records it. Raises `CodedError` invalid_field."""
        if tier == 0:
            raise _unfit("tier", "tier 0 stands for all others, and always has a rate")
        await self._change(tier, name, None, by, reason)

    async def _change(self, tier: int, name: RateName, rate: Rate | None, by: Actor, reason: str) -> None:
        why = parse_reason(reason)
        async with self._pool.connection() as connection:
            await store.take_turn(connection)
            own = {(one.tier, one.rate.name): one.rate for one in await store.own_rates(connection)}
            before = own.pop((tier, name), None)
            if rate is not None:
                own[tier, name] = rate
            require_cancels_for_orders(own)
            if rate is None:
                await store.remove(connection, tier, name)
            else:
                await store.put(connection, OwnRate(tier, rate))
            said = _said(tier, name, before), _said(tier, name, rate)
            details = Details(before=said[0], after=said[1], reason=why)
            await log.record(connection, Act.RATE_SET, by, target=_TARGET, details=details)


def require_within_bounds(tier: int, name: RateName, at_once: int, per_second: int) -> None:
    """Raises `CodedError` invalid_field for what would lock somebody out, or let too much in."""
    if name == "address_requests" and tier != 0:
        raise _unfit("tier", "addresses are in no tier; theirs is set for tier 0")
    bounds = BOUNDS[name]
    if not bounds.at_once_min <= at_once <= bounds.at_once_max:
        raise _unfit("at_once", f"expected {bounds.at_once_min} to {bounds.at_once_max} for {name}")
    if not bounds.per_second_min <= per_second <= bounds.per_second_max:
        raise _unfit("per_second", f"expected {bounds.per_second_min} to {bounds.per_second_max} for {name}")


def require_cancels_for_orders(own: Mapping[tuple[int, str], Rate]) -> None:
    """Raises `CodedError` invalid_field where a tier could place faster than cancel."""
    for tier in sorted({tier for tier, _ in own} | {0}):
        orders, cancels = (
            own.get((tier, rate.name)) or own.get((0, rate.name)) or rate
            for rate in (rates.ORDERS, rates.CANCELS)
        )
        if cancels.at_once < orders.at_once or cancels.per_second < orders.per_second:
            raise _unfit("limit", f"in tier {tier} there would be fewer cancels than orders")


def _said(tier: int, name: str, rate: Rate | None) -> str:
    how = "none of its own" if rate is None else f"at_once={rate.at_once}, per_second={rate.per_second}"
    return f"tier={tier}, limit={name}, {how}"


def _unfit(field: str, reason: str) -> CodedError:
    return CodedError(codes.INVALID_FIELD, field=field, reason=reason)
