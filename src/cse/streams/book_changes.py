"""The changes of the books before a process began, for those who come from another process."""

from __future__ import annotations

from typing import Final

from cse.engine import wire
from cse.engine._native import JournalDamaged
from cse.engine.layouts import DEPTH_CHANGED, GROUP, GROUP_WIDTH, HEAD
from cse.engine.models import PositionLost
from cse.streams.book import level_key
from cse.streams.follower import Feed

_GROUPS_A_READ: Final = 4_096


class BookChanges:
    """The keys of a market's changes as they follow one another; `last` is the number of the last."""

    def __init__(self) -> None:
        self.last = 0
        self.keys: list[int] = []

    def add(self, book_sequence: int, key: int) -> None:
        """Notes the next change."""
        self.last = book_sequence
        self.keys.append(key)

    def up_to(self, book_sequence: int) -> list[int]:
        """Those that lead up to a book; none if they do not reach it."""
        surplus = self.last - book_sequence
        return self.keys[: len(self.keys) - surplus] if 0 <= surplus <= len(self.keys) else []


def changes_before(feed: Feed, after_sequence: int) -> dict[int, BookChanges]:
    """What changed in the books behind a sequence, by market; nothing where the log does not tell."""
    found: dict[int, BookChanges] = {}
    try:
        while groups := feed.read_bytes(after_sequence, _GROUPS_A_READ):
            after_sequence = _note_changes(groups, found)
    except (JournalDamaged, PositionLost):
        return {}
    return found


def _note_changes(groups: bytes, found: dict[int, BookChanges]) -> int:
    """Notes the changes in groups; returns the sequence of the last one."""
    offset, sequence = 0, 0
    while offset < len(groups):
        length, sequence, _, _ = GROUP.unpack_from(groups, offset)
        place, offset = offset + GROUP_WIDTH, offset + length
        while place < offset:
            kind, width = HEAD.unpack_from(groups, place)
            if kind == wire.DepthChanged.KIND:
                market, side, book_sequence, price, _ = DEPTH_CHANGED.unpack_from(groups, place)
                found.setdefault(market, BookChanges()).add(book_sequence, level_key(side, price))
            place += width
    return int(sequence)
