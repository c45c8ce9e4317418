"""What a caller is told of his limits, over all processes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from typing import TypeAlias, cast

from cse.accounts.limits import LimitName, LimitView
from cse.runtime.http.request_rates import Rates
from cse.runtime.http.route import Caller, Counted
from cse.runtime.rate import Held

# Asks where buckets stand.
Look: TypeAlias = Callable[[Iterable[Held]], Awaitable[None]]


class CallerLimits:
    """Where the limits of a caller stand, as far as the processes can be asked."""

    def __init__(self, rates: Rates, look: Look) -> None:
        self._rates = rates
        self._look = look

    async def of(self, caller: Caller) -> list[LimitView]:
        """Each bucket in which one of the caller's requests may be counted."""
        found = [one for counted in Counted for one in self._rates.of(counted, caller)]
        await self._look(found)
        return [_view(held) for held in found]


def _view(held: Held) -> LimitView:
    buckets, name, tier = held
    rate, standing = buckets.rate_of(tier), buckets.standing(name, tier)
    return LimitView(cast(LimitName, rate.name), rate.at_once, rate.per_second, *standing)
