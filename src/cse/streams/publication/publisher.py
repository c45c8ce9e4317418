"""Publishes what topics tell, from one process of all that there are.

Nothing waits for it, and nothing comes back: where the store is away, what was told meanwhile is missing on
its channels, which the numbers in the messages show to whoever listens, and the next book heals.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Sequence
from typing import Final, Protocol

from cse.runtime.exclusive_file import ExclusiveFile
from cse.runtime.shared_rates import StoreAway
from cse.streams.publication.topics import Publication, Topics

BOOK_LIFE_MS: Final = 1_000
# A book is written again well before its life ends.
BOOKS_EVERY_S: Final = 0.4
# How often it is tried whether the process that publishes is gone, or the store there again.
TRY_S: Final = 0.5
_LOG: Final = logging.getLogger("cse.publication")


class TopicStore(Protocol):
    """Where programs outside listen."""

    async def publish(self, publications: Sequence[Publication]) -> None:
        """Tells whoever listens now. Raises `StoreAway`."""

    async def keep(self, publications: Sequence[Publication], life_ms: int) -> None:
        """Keeps each under its topic for so long. Raises `StoreAway`."""


class Publisher:
    """Publishes once its turn has come, which stays with the process until that ends."""

    def __init__(self, topics: Topics, store: TopicStore, turn: ExclusiveFile) -> None:
        self._topics = topics
        self._store = store
        self._turn = turn
        self._is_away = False

    async def run(self) -> None:
        """Publishes until cancelled."""
        while not self._is_its_turn():
            await asyncio.sleep(TRY_S)
        while True:
            try:
                self._topics.join_new_markets()
                await self._store.keep(self._topics.books(), BOOK_LIFE_MS)
                self._note(None)
                await self._publish_for_a_while()
            except StoreAway as error:
                self._note(error)
                await asyncio.sleep(TRY_S)
                self._topics.take()

    def _is_its_turn(self) -> bool:
        try:
            return self._turn.take()
        except OSError as error:
            # Connections go on without it.
            self._note(error)
            return False

    async def _publish_for_a_while(self) -> None:
        """What is told until books are due again. Raises `StoreAway`."""
        now_s = asyncio.get_running_loop().time
        until_s = now_s() + BOOKS_EVERY_S
        while (left_s := until_s - now_s()) > 0:
            with contextlib.suppress(TimeoutError):
                # Not `wait_for`, which of Python 3.11 loses a cancellation that comes with a change.
                async with asyncio.timeout(left_s):
                    await self._topics.changed.wait()
            if publications := self._topics.take():
                await self._store.publish(publications)

    def _note(self, error: Exception | None) -> None:
        """Says in the log when it cannot publish, and when it can again."""
        if error is None and self._is_away:
            _LOG.warning("books and trades are published again")
        if error is not None and not self._is_away:
            _LOG.warning("books and trades cannot be published: %s", error)
        self._is_away = error is not None
