"""Use cases of the notification centre."""

from __future__ import annotations

from uuid import UUID

from cse.accounts.notifications import store
from cse.accounts.notifications.models import (
    TOPICS,
    Kind,
    Notification,
    Notifications,
    NotificationsQuery,
    NotificationView,
    ReadNotifications,
)
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.ids import parse_uuid_cursor, read_uuid
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool


class NotificationCentre:
    """The notifications of whoever asks; another's are as unknown as none."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def page(self, caller: Caller, query: NotificationsQuery) -> Notifications:
        """The caller's, the latest first. Raises `CodedError` invalid_cursor."""
        before = None if query.cursor is None else parse_uuid_cursor(query.cursor)
        async with self._pool.connection() as connection:
            found = await store.of(connection, caller.person, before, query.limit + 1)
            unread = await store.unread(connection, caller.person)
        shown = found[: query.limit]
        following = str(shown[-1].id) if len(found) > query.limit else None
        return Notifications([_view(one) for one in shown], unread, following)

    async def unread(self, caller: Caller) -> int:
        """How many of the caller's are not read."""
        return await self.unread_of(caller.person)

    async def unread_of(self, person: UUID) -> int:
        """How many of a person's are not read."""
        async with self._pool.connection() as connection:
            return await store.unread(connection, person)

    async def mark_read(self, caller: Caller, asked: ReadNotifications) -> None:
        """Marks the caller's as read. Raises `CodedError` invalid_field, missing_field."""
        if asked.id is None and asked.up_to is None:
            raise CodedError(codes.MISSING_FIELD, field="up_to")
        one = None if asked.id is None else _id(asked.id, "id")
        up_to = None if asked.up_to is None else _id(asked.up_to, "up_to")
        async with self._pool.connection() as connection:
            await store.mark_read(connection, caller.person, one, up_to)


def _view(one: Notification) -> NotificationView:
    return NotificationView(
        id=str(one.id),
        topic=TOPICS[Kind(one.kind)],
        kind=one.kind,
        at=format_time(one.updated_at_us),
        count=one.times,
        read=one.read,
        facts=one.facts,
    )


def _id(text: str, field: str) -> UUID:
    found = read_uuid(text)
    if found is None:
        raise CodedError(codes.INVALID_FIELD, field=field, reason="expected a notification's id")
    return found
