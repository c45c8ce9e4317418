"""Routes of a person's sessions."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.models import EndedSessions, NamedSession, Sessions
from cse.accounts.sessions.service import PersonSessions
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class SessionsApi:
    """Parse, call, answer."""

    def __init__(self, sessions: PersonSessions) -> None:
        self._sessions = sessions

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person, unknown = Access.PERSON, (codes.NOT_FOUND,)
        return [
            Route("GET", "/api/sessions", person, "Where the person is signed in.", Sessions,
                  handler=self.live),
            Route("PATCH", "/api/sessions/{id}", person, "Names a session.", None, handler=self.name,
                  request=NamedSession, status=HTTPStatus.NO_CONTENT, codes=unknown),
            Route("DELETE", "/api/sessions/{id}", person, "Ends a session.", None, handler=self.end,
                  status=HTTPStatus.NO_CONTENT, codes=unknown),
            Route("DELETE", "/api/sessions", person, "Ends all sessions but the one that asks.",
                  EndedSessions, handler=self.end_others),
        ]  # fmt: skip

    async def live(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/sessions."""
        return answer(Sessions(await self._sessions.live(call.person)))

    async def name(self, call: Call[NamedSession, Nothing]) -> Reply:
        """PATCH /api/sessions/{id}."""
        await self._sessions.name(call.person, call.path["id"], call.body.name)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def end(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/sessions/{id}."""
        await self._sessions.end(call.person, call.path["id"])
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)

    async def end_others(self, call: Call[Nothing, Nothing]) -> Reply:
        """DELETE /api/sessions."""
        return answer(EndedSessions(await self._sessions.end_others(call.person)))
