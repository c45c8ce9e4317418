"""The audit log for operators: searched, written out, and how far it is sealed. Looking is recorded too."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from pathlib import Path
from typing import Final
from uuid import UUID

from cse.accounts.people.service import People
from cse.accounts.sessions.devices import device_of
from cse.audit import log, reading
from cse.audit.acts import Act
from cse.audit.export import pages
from cse.audit.models import Actor, Details, Event, Selection
from cse.audit.verified import last_verified
from cse.desk.audit.models import AuditChain, AuditEvents, AuditEventView, AuditExportQuery, AuditQuery
from cse.domain.ids import parse_uuid_cursor, read_uuid
from cse.runtime.clock import wall_us
from cse.runtime.http.times import format_time, parse_time
from cse.runtime.postgres import Pool


class AuditDesk:
    """Reads the log, which is sealed in `data`; `events` are connections as `cse.audit.roles.READ_ROLE`."""

    def __init__(self, pool: Pool, events: Pool, people: People, data: Path) -> None:
        self._pool = pool
        self._events = events
        self._people = people
        self._data = data

    async def search(self, by: Actor, query: AuditQuery) -> AuditEvents:
        """A page of events, the latest first. Raises `CodedError` invalid_cursor, invalid_field."""
        before = None if query.cursor is None else parse_uuid_cursor(query.cursor)
        selection = await self._selection(query)
        # Once a search, and not for each page of it.
        if before is None:
            await self._record(by, Act.AUDIT_SEARCHED, selection)
        async with self._events.connection() as connection:
            found = await reading.selected_before(connection, selection, before, query.limit + 1)
        shown = found[: query.limit]
        last = str(shown[-1].id) if len(found) > query.limit else None
        return AuditEvents(await event_views(self._people, shown), last)

    async def export(self, by: Actor, query: AuditExportQuery) -> AsyncIterator[bytes]:
        """The chosen events of up to now as lines, page by page. Raises `CodedError` invalid_field."""
        selection = await self._selection(query)
        if selection.until_us is None:
            # What is written meanwhile is for the next export: this one ends.
            selection = selection._replace(until_us=wall_us())
        await self._record(by, Act.AUDIT_EXPORTED, selection)
        return pages(self._events, selection, query.format)

    async def chain(self) -> AuditChain:
        """How far the log is sealed and verified."""
        async with self._events.connection() as connection:
            checkpoint = await reading.last_checkpoint(connection)
            waiting, _ = await reading.waiting(connection)
        verified = last_verified(self._data)
        return AuditChain(
            position=str(checkpoint[0] if checkpoint else 0),
            signed_at=format_time(checkpoint[2]) if checkpoint else None,
            waiting=waiting,
            verified_at=None if verified is None else format_time(verified.time),
            verified_events=None if verified is None else verified.events,
            findings=None if verified is None else verified.findings,
        )

    async def _selection(self, query: AuditQuery | AuditExportQuery) -> Selection:
        return Selection(
            since_us=parse_time(query.since, field="since") if query.since else None,
            until_us=parse_time(query.until, field="until") if query.until else None,
            act=query.act or None,
            actor=await self._named(query.actor),
            subject=await self._named(query.subject),
        )

    async def _named(self, text: str | None) -> str | None:
        """What stands in the log for what was typed: of an e-mail the person's id."""
        name = (text or "").strip()
        if "@" not in name:
            return name or None
        found = await self._people.by_email(name)
        return name if found is None else str(found)

    async def _record(self, by: Actor, act: Act, selection: Selection) -> None:
        said = " ".join(f"{name}={value}" for name, value in selection._asdict().items() if value is not None)
        async with self._pool.connection() as connection:
            await log.record(connection, act, by, details=Details(arguments=said or "everything"))


async def event_views(people: People, events: Sequence[Event]) -> list[AuditEventView]:
    """Events as operators see them, with the e-mails of the persons in them."""
    persons = {person for event in events for person in (event.person, read_uuid(event.actor_name)) if person}
    emails = await people.emails(list(persons))
    return [_view(event, emails) for event in events]


def _view(event: Event, emails: dict[UUID, str]) -> AuditEventView:
    device = device_of(event.user_agent)
    actor = read_uuid(event.actor_name)
    return AuditEventView(
        id=str(event.id),
        at=format_time(event.time_us),
        act=event.act,
        actor=event.actor,
        actor_name=event.actor_name,
        actor_email=None if actor is None else emails.get(actor),
        person=None if event.person is None else str(event.person),
        person_email=None if event.person is None else emails.get(event.person),
        target=event.target or None,
        refused=event.refused or None,
        address=event.address or None,
        client=device.client,
        platform=device.platform,
        details={name: str(value) for name, value in event.details.items()},
    )


ACTS: Final = [act.value for act in Act]
