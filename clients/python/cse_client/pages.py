"""Lists that come page by page."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Protocol, TypeVar

Item = TypeVar("Item")


class Page(Protocol[Item]):
    """A page of a list; `next_cursor` is None on the last one."""

    @property
    def items(self) -> list[Item]: ...

    @property
    def next_cursor(self) -> str | None: ...


async def all_items(page: Callable[[str | None], Awaitable[Page[Item]]]) -> AsyncIterator[Item]:
    """The items of all pages in turn; `page` gets one by its cursor."""
    cursor: str | None = None
    while True:
        found = await page(cursor)
        for item in found.items:
            yield item
        cursor = found.next_cursor
        if cursor is None:
            return
