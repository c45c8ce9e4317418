"""Where the limits of a caller stand."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal, TypeAlias

import msgspec

from cse.runtime.clock import wall_us
from cse.runtime.http.route import Access, Call, Caller, Nothing, Reply, Route, about_an_account, answer
from cse.runtime.http.times import format_time

# The names of `domain.rates`; those of addresses are nobody's own.
LimitName: TypeAlias = Literal["requests", "key_requests", "orders", "cancels"]


class LimitView(msgspec.Struct, frozen=True):
    """A limit, how much of it is left now, and when all of it will be.

    It holds `at_once` and fills by `per_second`.
    """

    limit: LimitName
    at_once: int
    per_second: int
    left: int
    full_in_s: int


class LimitsNow(msgspec.Struct, frozen=True):
    """The caller's limits at a time."""

    items: list[LimitView]
    time: str


# Asks all processes.
Limits: TypeAlias = Callable[[Caller], Awaitable[list[LimitView]]]


class LimitsApi:
    """Parse, call, answer."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return about_an_account([
            Route(
                "GET", "/api/limits", Access.READ, "Shows where the caller's limits stand.", LimitsNow,
                handler=self.limits, weight=2,
            ),
        ])  # fmt: skip

    async def limits(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/limits."""
        return answer(LimitsNow(await self._limits(call.person), format_time(wall_us())))
