"""A book by steps that are wider than a tick."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cse.domain.enumerations import Side

# How many times more levels than groups are read first, and after each reading that was not enough.
READ_AHEAD: Final = 4


def grouped(levels: Iterable[tuple[int, int]], side: Side, step: int) -> list[tuple[int, int]]:
    """Levels of ticks and lots, best first, by steps of so many ticks.

    What stands in a group is never shown better than it is: a bid counts at the step below it, which may be
    0, and an ask at the one above.
    """
    groups: list[tuple[int, int]] = []
    at, sum_lots = -1, 0
    for price, lots in levels:
        group = price // step * step if side is Side.BUY else -(-price // step) * step
        if group != at:
            if sum_lots:
                groups.append((at, sum_lots))
            at, sum_lots = group, 0
        sum_lots += lots
    if sum_lots:
        groups.append((at, sum_lots))
    return groups
