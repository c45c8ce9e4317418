"""The channels of persons' notifications in this process: those that somebody listens to, and no others."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias
from uuid import UUID

import psycopg
from psycopg_pool import PoolTimeout

from cse.streams import names
from cse.streams.channels.channel import Place
from cse.streams.channels.epochs import Epochs
from cse.streams.channels.notifications import NotificationsChannel

# How many notifications a person has not read.
ReadUnread: TypeAlias = Callable[[UUID], Awaitable[int]]

_RETRY_S: Final = 0.2


class PersonNotifications:
    """Channels by person. `want` is called with one whose state is to be read, at first or again."""

    def __init__(self, place: Place, epochs: Epochs) -> None:
        self.want: Callable[[NotificationsChannel], None] = lambda _: None
        self._place = place
        self._epochs = epochs
        self._channels: dict[UUID, NotificationsChannel] = {}

    def channel(self, person: UUID) -> NotificationsChannel:
        """The channel of a person; made if it is not there."""
        found = self._channels.get(person)
        if found is None:
            name = names.USER_NOTIFICATIONS
            found = self._channels[person] = NotificationsChannel(name, person, self._place, self._epochs)
            self.want(found)
        return found

    def holds(self, channel: NotificationsChannel) -> bool:
        """Whether it is still one of these."""
        return self._channels.get(channel.person) is channel

    def drop(self, channel: NotificationsChannel) -> None:
        """Nobody listens to it any more."""
        if self.holds(channel):
            del self._channels[channel.person]

    def changed(self, payload: str) -> None:
        """A person's notifications have changed; an empty text stands for everybody's."""
        persons = list(self._channels) if payload == "" else [UUID(payload)]
        for person in persons:
            if (channel := self._channels.get(person)) is not None:
                self.want(channel)


class NotificationLoader:
    """Reads what channels tell, as it is wanted. What is wanted during a reading is read once more."""

    def __init__(
        self,
        unread: ReadUnread,
        notifications: PersonNotifications,
        *,
        wall_us: Callable[[], int],
        now_s: Callable[[], float],
    ) -> None:
        self._unread = unread
        self._notifications = notifications
        self._wall_us = wall_us
        self._now_s = now_s
        self._outdated: set[NotificationsChannel] = set()
        self._tasks: dict[NotificationsChannel, asyncio.Task[None]] = {}

    def begin(self, channel: NotificationsChannel) -> None:
        """Reads the state of a channel beside everything else."""
        self._outdated.add(channel)
        if channel not in self._tasks:
            task = asyncio.create_task(self._load(channel))
            self._tasks[channel] = task
            task.add_done_callback(lambda _: self._tasks.pop(channel, None))

    async def close(self) -> None:
        """Gives up what is under way."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _load(self, channel: NotificationsChannel) -> None:
        while channel in self._outdated:
            self._outdated.discard(channel)
            if not self._notifications.holds(channel):
                return
            try:
                unread = await self._unread(channel.person)
            except (psycopg.Error, PoolTimeout):
                self._outdated.add(channel)
                await asyncio.sleep(_RETRY_S)
                continue
            channel.tell(unread, self._wall_us(), self._now_s())
