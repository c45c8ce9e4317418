"""A room's tables over one connection that blocks; whoever uses it gives it a thread."""

from __future__ import annotations

from collections.abc import Iterable
from types import TracebackType
from typing import Any, Self

from cse.runtime.postgres import SyncConnection


class BlockingStore:
    """Closes its connection when it is left."""

    def __init__(self, connection: SyncConnection) -> None:
        self._connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()


def columns_of(rows: Iterable[tuple[Any, ...]]) -> list[str]:
    """Rows turned into one array of text a column, as `unnest` takes them."""
    return ["{" + ",".join(map(str, column)) + "}" for column in zip(*rows, strict=True)]
