"""Routes of risk: limits of account tiers, and what was told of accounts."""

from __future__ import annotations

from cse.audit.models import Actor
from cse.desk.risk.flags import FlagDesk
from cse.desk.risk.models import AllRiskLimits, Flags, FlagsQuery, NewRiskLimits, RiskQuery
from cse.desk.risk.service import RiskDesk
from cse.domain import codes
from cse.domain.operators import Right
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class RiskApi:
    """Parse, call, answer."""

    def __init__(self, risk: RiskDesk, flags: FlagDesk) -> None:
        self._risk = risk
        self._flags = flags

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        operator = Access.OPERATOR
        acts = (
            codes.MARKET_UNKNOWN, codes.INVALID_MARKET, codes.OUTCOME_UNKNOWN, codes.VERSION_OUTDATED,
        )  # fmt: skip
        return [
            Route("GET", "/api/admin/risk", operator, "The risk limits of account tiers.", AllRiskLimits,
                  handler=self.limits, query=RiskQuery, codes=(codes.MARKET_UNKNOWN,),
                  right=Right.SEE_SERVICES),
            Route("POST", "/api/admin/markets/{market}/risk", operator,
                  "Sets what accounts of a tier may ask for, and what is told of them.", AllRiskLimits,
                  handler=self.set_limits, request=NewRiskLimits, codes=acts, right=Right.SET_MARKETS,
                  step_up=True),
            Route("GET", "/api/admin/flags", operator, "Patterns that accounts have shown.", Flags,
                  handler=self.flags, query=FlagsQuery,
                  codes=(codes.MARKET_UNKNOWN, codes.INVALID_CURSOR), right=Right.SEE_PEOPLE),
        ]  # fmt: skip

    async def limits(self, call: Call[Nothing, RiskQuery]) -> Reply:
        """GET /api/admin/risk."""
        return answer(AllRiskLimits(await self._risk.limits(call.query.market)))

    async def set_limits(self, call: Call[NewRiskLimits, Nothing]) -> Reply:
        """POST /api/admin/markets/{market}/risk."""
        market = call.path["market"]
        return answer(AllRiskLimits(await self._risk.set_limits(call.person, market, call.body)))

    async def flags(self, call: Call[Nothing, FlagsQuery]) -> Reply:
        """GET /api/admin/flags."""
        return answer(await self._flags.page(Actor.desk(call.person), call.query))
