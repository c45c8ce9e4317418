"""Makes a failing list of steps short and plain: leaves out and simplifies whatever can be."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Item = TypeVar("Item")


def shrink(items: Sequence[Item], fails: Callable[[list[Item]], bool], attempts: int = 2_000) -> list[Item]:
    """The shortest list found that still fails, by leaving out ever smaller chunks.

    `items` itself must fail. What stays keeps its order. At most `attempts` lists are tried.
    """
    kept = list(items)
    chunk = max(len(kept) // 2, 1)
    while attempts > 0:
        start, shrunk = 0, False
        while start < len(kept) and attempts > 0:
            candidate = kept[:start] + kept[start + chunk :]
            attempts -= 1
            if fails(candidate):
                kept, shrunk = candidate, True
            else:
                start += chunk
        if chunk == 1 and not shrunk:
            break
        chunk = chunk if shrunk and chunk == 1 else max(chunk // 2, 1)
    return kept


def simplify(
    items: Sequence[Item],
    fails: Callable[[list[Item]], bool],
    simpler: Callable[[Item], Iterable[Item]],
    attempts: int = 10_000,
) -> list[Item]:
    """The list with each item as simple as it can be and the list still fail.

    `simpler` gives the versions of an item to try, which must lead to an end.
    """
    kept = list(items)
    place = 0
    while place < len(kept):
        for other in simpler(kept[place]):
            if attempts == 0:
                return kept
            attempts -= 1
            candidate = [*kept[:place], other, *kept[place + 1 :]]
            if fails(candidate):
                kept = candidate
                break
        else:
            place += 1
    return kept
