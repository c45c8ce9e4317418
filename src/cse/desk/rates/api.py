"""Routes of rates: how fast persons, keys and addresses may ask, by tier."""

from __future__ import annotations

from cse.desk.rates.models import AllRates, NewRate
from cse.desk.rates.service import RateDesk
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class RateApi:
    """Parse, call, answer."""

    def __init__(self, rates: RateDesk) -> None:
        self._rates = rates

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator = Access.OPERATOR
        return [
            Route("GET", "/api/admin/rates", operator, "The rates of account tiers, and their bounds.",
                  AllRates, handler=self.all, right=Right.SEE_SERVICES),
            Route("POST", "/api/admin/rates", operator,
                  "Sets how fast persons and keys of a tier, or addresses, may ask.", AllRates,
                  handler=self.set, request=NewRate, right=Right.SET_MARKETS, step_up=True),
        ]  # fmt: skip

    async def all(self, _: Call[Nothing, Nothing]) -> Reply:
        """GET /api/admin/rates."""
        return answer(await self._rates.all())

    async def set(self, call: Call[NewRate, Nothing]) -> Reply:
        """POST /api/admin/rates."""
        return answer(await self._rates.set(call.person, call.body))
