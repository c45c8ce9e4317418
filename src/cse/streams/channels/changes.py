"""What changed lately in a list, kept so that whoever missed some of it can be told the rest."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from typing import NamedTuple

import msgspec


class Change(NamedTuple):
    """An entry of the list, as it was after `sequence`; `key` tells the entries apart."""

    sequence: int
    key: Hashable
    piece: msgspec.Raw


class ChangeLog:
    """The newest changes of a list, at most `limit` of them; sequences never fall.

    `floor` is the sequence from which on it is complete.
    """

    def __init__(self, floor: int, limit: int) -> None:
        self.floor = floor
        self._limit = limit
        self._changes: deque[Change] = deque()

    def add(self, sequence: int, key: Hashable, piece: msgspec.Raw) -> None:
        """Notes a change."""
        self._changes.append(Change(sequence, key, piece))
        if len(self._changes) > self._limit:
            self.floor = self._changes.popleft().sequence

    def since(self, sequence: int) -> list[msgspec.Raw] | None:
        """Every entry that changed behind `sequence`, as it is now, in the order of its last change.

        None where what is kept does not reach back so far.
        """
        if sequence < self.floor:
            return None
        latest: dict[Hashable, msgspec.Raw] = {}
        for change in reversed(self._changes):
            if change.sequence <= sequence:
                break
            latest.setdefault(change.key, change.piece)
        return list(reversed(latest.values()))

    def newest(self, count: int) -> list[msgspec.Raw]:
        """The last `count` changes, oldest first."""
        first = max(len(self._changes) - count, 0)
        return [self._changes[place].piece for place in range(first, len(self._changes))]
