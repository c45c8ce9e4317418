"""Configuration with its history: every setting that operators changed, read from the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from uuid import UUID

from cse.accounts.people.service import People
from cse.audit import reading
from cse.audit.acts import Act
from cse.audit.models import Event
from cse.desk.history.models import HistoryQuery, SettingChange, SettingChanges
from cse.desk.requests.models import OperatorName
from cse.domain.ids import parse_uuid_cursor, read_uuid
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool

# A new act that sets something has a line here.
SETTINGS: Final = (
    Act.MARKET_CREATED,
    Act.MARKET_STATUS_SET,
    Act.MARKET_BAND_SET,
    Act.MARKET_LIMITS_SET,
    Act.MARKET_RISK_SET,
    Act.MARKET_FEES_SET,
    Act.MARKET_PROMOTION_SET,
    Act.FEE_TIER_SET,
    Act.RATE_SET,
    Act.ROLE_GRANTED,
    Act.ROLE_TAKEN,
)
# Lines of the machine that set something and have no act of their own, or had none once (`account tier`).
COMMANDS: Final = ("asset create", "market self-trades", "account tier")


class History:
    """Reads it. `events` are connections as `cse.audit.roles.READ_ROLE`."""

    def __init__(self, events: Pool, people: People) -> None:
        self._events = events
        self._people = people

    async def changes(self, query: HistoryQuery) -> SettingChanges:
        """A page of changes, the latest first. Raises `CodedError` invalid_cursor."""
        before = None if query.cursor is None else parse_uuid_cursor(query.cursor)
        async with self._events.connection() as connection:
            found = await reading.settings_before(
                connection, SETTINGS, COMMANDS, query.subject or None, before, query.limit + 1
            )
        shown = found[: query.limit]
        persons = {
            person
            for event in shown
            for person in (
                event.person,
                read_uuid(event.actor_name),
                read_uuid(event.details.get("asked_by", "")),
            )
            if person
        }
        emails = await self._people.emails(list(persons))
        last = str(shown[-1].id) if len(found) > query.limit else None
        return SettingChanges([_change(event, emails) for event in shown], last)


def _change(event: Event, emails: Mapping[UUID, str]) -> SettingChange:
    details = event.details
    asked_by = details.get("asked_by")
    person = event.person
    return SettingChange(
        id=str(event.id),
        at=format_time(event.time_us),
        act=str(details["command"]) if event.act == Act.OPERATOR_COMMAND else event.act,
        subject=event.target or ("" if person is None else str(person)),
        subject_email=None if person is None else emails.get(person),
        before=details.get("before", ""),
        after=_after(event),
        reason=details.get("reason"),
        by=OperatorName.of(event.actor_name, emails),
        asked_by=None if asked_by is None else OperatorName.of(asked_by, emails),
    )


def _after(event: Event) -> str:
    details = event.details
    match event.act:
        case Act.FEE_TIER_SET:
            return f"tier={details.get('tier', '')}"
        case Act.ROLE_GRANTED:
            return f"role={details.get('role', '')}"
        case Act.ROLE_TAKEN:
            return "role=none"
        case Act.OPERATOR_COMMAND:
            return ", ".join(str(details.get("arguments", "")).split())
        case _:
            return str(details.get("after", ""))
