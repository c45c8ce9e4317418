"""Routes of the notification centre."""

from __future__ import annotations

from http import HTTPStatus

from cse.accounts.notifications.models import (
    Notifications,
    NotificationsQuery,
    ReadNotifications,
    UnreadNotifications,
)
from cse.accounts.notifications.service import NotificationCentre
from cse.domain import codes
from cse.runtime.http.route import Access, Call, Nothing, Reply, Route, answer


class NotificationsApi:
    """Parse, call, answer."""

    def __init__(self, centre: NotificationCentre) -> None:
        self._centre = centre

    def routes(self) -> list[Route]:
        """The room's rows of the table."""
        person = Access.PERSON
        return [
            Route("GET", "/api/notifications", person, "What the person is told of.", Notifications,
                  handler=self.page, query=NotificationsQuery, codes=(codes.INVALID_CURSOR,), weight=2),
            Route("GET", "/api/notifications/unread", person, "How many are not read yet.",
                  UnreadNotifications, handler=self.unread),
            Route("POST", "/api/notifications/read", person, "Marks one as read, or all up to one.", None,
                  handler=self.mark_read, request=ReadNotifications, status=HTTPStatus.NO_CONTENT),
        ]  # fmt: skip

    async def page(self, call: Call[Nothing, NotificationsQuery]) -> Reply:
        """GET /api/notifications."""
        return answer(await self._centre.page(call.person, call.query))

    async def unread(self, call: Call[Nothing, Nothing]) -> Reply:
        """GET /api/notifications/unread."""
        return answer(UnreadNotifications(await self._centre.unread(call.person)))

    async def mark_read(self, call: Call[ReadNotifications, Nothing]) -> Reply:
        """POST /api/notifications/read."""
        await self._centre.mark_read(call.person, call.body)
        return Reply(b"", 0, HTTPStatus.NO_CONTENT)
