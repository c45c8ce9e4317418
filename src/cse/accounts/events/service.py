"""The use case of a person's own events."""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts.events.models import SecurityEventView
from cse.accounts.sessions.devices import device_of
from cse.audit import log
from cse.audit.models import OwnEvent
from cse.domain.ids import parse_uuid_cursor
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

# What an operator has typed is not for whom it concerns; which command it was is.
_OPERATORS: Final = (
    "arguments",
    "outbox",
    "reason",
    "text",
    "before",
    "after",
    "request",
    "asked",
    "asked_by",
)


class Page(NamedTuple):
    """Events, and the one behind which the list goes on; None at its end."""

    items: list[SecurityEventView]
    last: UUID | None


class SecurityEventLog:
    """Reads the audit log as `cse.audit.roles.READ_ROLE`."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def own(self, caller: Caller, cursor: str | None, limit: int) -> Page:
        """What concerns the caller's account, the latest first. Raises `CodedError` invalid_cursor."""
        before = None if cursor is None else parse_uuid_cursor(cursor)
        async with self._pool.connection() as connection:
            found = await log.own_events(connection, caller.person, before, limit + 1)
        last = found[limit - 1].id if len(found) > limit else None
        return Page([event_view(event, caller.session) for event in found[:limit]], last)


def event_view(event: OwnEvent, session: str = "") -> SecurityEventView:
    """An event as whom it concerns is shown it, who asks within `session`."""
    by_operator = event.actor == "operator"
    # Nor is from where.
    device = device_of("" if by_operator else event.user_agent)
    hidden = _OPERATORS if by_operator else ()
    return SecurityEventView(
        id=str(event.id),
        act=event.act.value,
        at=format_time(event.time_us),
        actor=event.actor,
        refused=event.refused or None,
        client=device.client,
        platform=device.platform,
        address=None if by_operator else event.address or None,
        current=event.session is not None and str(event.session) == session,
        target=event.target or None,
        details={name: value for name, value in event.details.items() if name not in hidden},
    )
