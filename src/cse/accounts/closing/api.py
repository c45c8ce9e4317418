"""Routes of closing one's account."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from cse.accounts.closing.service import Closings
from cse.accounts.models import Closing
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer

# The core is asked of each account for open orders, of which a person has up to a hundred.
_WEIGHT: Final = 50


class ClosingApi:
    """Parse, call, answer."""

    def __init__(self, closings: Closings) -> None:
        self._closings = closings

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, path = Access.PERSON, "/api/account/closing"
        return [
            Route("GET", path, person, "What is in the way of closing the account.", Closing,
                  handler=self.look, codes=(codes.NOT_YET_VISIBLE,), weight=_WEIGHT),
            Route("POST", path, person, "Closes the account for good, and erases what is kept for nothing.",
                  None, handler=self.close, status=HTTPStatus.NO_CONTENT,
                  codes=(codes.ACCOUNT_NOT_CLOSABLE, codes.NOT_YET_VISIBLE, codes.OUTCOME_UNKNOWN),
                  step_up=True, weight=_WEIGHT),
        ]  # fmt: skip

    async def look(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/account/closing."""
        return answer(await self._closings.look(call.person))

    async def close(self, call: Call[Nothing, Nothing]) -> Reply:
        """POST /api/account/closing."""
        await self._closings.close(call.person)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
