"""The faucet's route."""

from __future__ import annotations

from http import HTTPStatus

from cse.domain import codes
from cse.faucet.models import FaucetGrant, FaucetRequest
from cse.faucet.service import Faucet
from cse.runtime.http.query import idempotency_key
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, about_an_account, answer


class FaucetApi:
    """Parse, call, answer."""

    def __init__(self, faucet: Faucet) -> None:
        self._faucet = faucet

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return about_an_account([
            Route(
                "POST", "/api/faucet", Access.PERSON, "Gives play money.", FaucetGrant,
                handler=self.give, request=FaucetRequest, status=HTTPStatus.CREATED,
                idempotency_key=True,
                codes=(
                    codes.ASSET_UNKNOWN, codes.FAUCET_LIMIT, codes.TOO_MANY_DECIMALS, codes.ACCOUNT_FROZEN,
                    codes.IDEMPOTENCY_KEY_CONFLICT, codes.OUTCOME_UNKNOWN,
                ),
            )
        ])  # fmt: skip

    async def give(self, call: Call[FaucetRequest, Nothing]) -> Reply:
        """POST /api/faucet."""
        key = idempotency_key(call.headers)
        grant = await self._faucet.give(call.person, key, call.body)
        return answer(grant, int(grant.sequence), HTTPStatus.CREATED)
