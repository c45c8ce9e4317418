"""Reading the states that channels begin with, beside everything else."""

from __future__ import annotations

import asyncio
from abc import ABC, abstractmethod
from typing import Final, Generic, TypeVar

# So long after a state could not be read it is tried again.
RETRY_S: Final = 0.2

Wanted = TypeVar("Wanted")


class Loader(ABC, Generic[Wanted]):
    """Reads the states of channels as they are wanted."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[None]] = set()

    def begin(self, channel: Wanted) -> None:
        """Reads the state of a channel beside everything else."""
        task = asyncio.create_task(self._load(channel))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """Gives up what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @abstractmethod
    async def _load(self, channel: Wanted) -> None:
        """Reads it again and again until it is there, or nobody wants it any more."""
