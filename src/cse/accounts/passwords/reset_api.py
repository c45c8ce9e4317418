"""Routes of choosing another password by mail."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.models import PasswordReset, PasswordResetRequest
from cse.accounts.passwords.reset import PasswordResets
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route


class PasswordResetApi:
    """Parse, call, answer."""

    def __init__(self, resets: PasswordResets) -> None:
        self._resets = resets

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route("POST", "/api/auth/password-reset", Access.EVERYONE,
                  "Sends a link by which to choose another password to an e-mail that has an account; the"
                  " answer is the same for one that has none.", None,
                  handler=self.request, request=PasswordResetRequest, status=HTTPStatus.NO_CONTENT,
                  codes=(codes.TOO_MANY_ATTEMPTS,)),
            Route("POST", "/api/auth/password-reset/complete", Access.EVERYONE,
                  "Chooses another password by such a link, and ends all sessions.", None,
                  handler=self.complete, request=PasswordReset, status=HTTPStatus.NO_CONTENT,
                  codes=(codes.LINK_ENDED, codes.WEAK_PASSWORD, codes.BREACHED_PASSWORD, codes.OVERLOADED),
                  weight=10),
        ]  # fmt: skip

    async def request(self, call: Call[PasswordResetRequest, Nothing]) -> Reply:
        """POST /api/auth/password-reset."""
        await self._resets.request(call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def complete(self, call: Call[PasswordReset, Nothing]) -> Reply:
        """POST /api/auth/password-reset/complete."""
        await self._resets.complete(call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
