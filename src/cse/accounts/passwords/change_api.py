"""The route of choosing another password while signed in."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.models import PasswordChange
from cse.accounts.passwords.change import PasswordChanges
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route


class PasswordChangeApi:
    """Parse, call, answer."""

    def __init__(self, changes: PasswordChanges) -> None:
        self._changes = changes

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        refused = (codes.WRONG_CREDENTIALS, codes.WEAK_PASSWORD, codes.BREACHED_PASSWORD)
        return [
            Route("POST", "/api/security/password", Access.PERSON,
                  "Chooses another password by the one there is, and ends all other sessions.", None,
                  handler=self.change, request=PasswordChange, status=HTTPStatus.NO_CONTENT,
                  codes=(*refused, codes.TOO_MANY_ATTEMPTS, codes.OVERLOADED), step_up=True, weight=10),
        ]  # fmt: skip

    async def change(self, call: Call[PasswordChange, Nothing]) -> Reply:
        """POST /api/security/password."""
        await self._changes.change(call.person, call.body, call.address)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
