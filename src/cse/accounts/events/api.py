"""The route of a person's own events."""

from __future__ import annotations

from cse.accounts.events.models import SecurityEvents, SecurityEventsQuery
from cse.accounts.events.service import SecurityEventLog
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class SecurityEventsApi:
    """Parse, call, answer."""

    def __init__(self, events: SecurityEventLog) -> None:
        self._events = events

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        return [
            Route("GET", "/api/security/events", Access.PERSON, "What happened to the account.",
                  SecurityEvents, handler=self.own, query=SecurityEventsQuery, codes=(codes.INVALID_CURSOR,),
                  weight=5),
        ]  # fmt: skip

    async def own(self, call: Call[Nothing, SecurityEventsQuery]) -> Reply:
        """GET /api/security/events."""
        page = await self._events.own(call.person, call.query.cursor, call.query.limit)
        return answer(SecurityEvents(page.items, None if page.last is None else str(page.last)))
