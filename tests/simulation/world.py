"""Virtual time and chance: the one queue of what happens next, and the one source of randomness."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from collections.abc import Callable
from typing import TypeAlias

Action: TypeAlias = Callable[[], None]

START_WALL_US = 1_800_000_000_000_000


class Violation(AssertionError):
    """What must never happen has happened."""


class World:
    """Runs actions in the order of their times; ties go by who asked first."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.now_us = 0
        self.faults: Counter[str] = Counter()
        self._wall_offset_us = START_WALL_US
        self._queue: list[tuple[int, int, Action]] = []
        self._asked = 0

    def after(self, delay_us: int, action: Action) -> None:
        """Lets `action` happen `delay_us` from now."""
        self._asked += 1
        heapq.heappush(self._queue, (self.now_us + delay_us, self._asked, action))

    def run(self, until_us: int) -> None:
        """Lets time pass until `until_us` or until nothing is left to happen."""
        while self._queue and self._queue[0][0] <= until_us:
            self.now_us, _, action = heapq.heappop(self._queue)
            action()
        self.now_us = max(self.now_us, until_us)

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return self.chance.randint(low, high)

    def happens(self, permille: int) -> bool:
        """True so many times in a thousand."""
        return self.chance.randrange(1000) < permille

    def boot_us(self) -> int:
        """The clock that nobody can set."""
        return self.now_us

    def wall_us(self) -> int:
        """The clock that somebody does set."""
        return self.now_us + self._wall_offset_us

    def set_wall_clock(self, off_us: int) -> None:
        """Sets the wall clock so far off the true time; below zero it is behind."""
        offset_us = START_WALL_US + off_us
        self.faults["clock set forward" if offset_us > self._wall_offset_us else "clock set back"] += 1
        self._wall_offset_us = offset_us
