"""What other rooms read of the log; each works in its caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from cse.audit import store
from cse.audit.acts import Act
from cse.audit.models import Event, Selection
from cse.runtime.postgres import Connected


async def selected_before(
    connection: Connected, selection: Selection, before: UUID | None, limit: int
) -> list[Event]:
    """Chosen events, the latest first, older than `before`."""
    return await store.selected_before(connection, selection, before, limit)


async def settings_before(
    connection: Connected,
    acts: Sequence[Act],
    commands: Sequence[str],
    subject: str | None,
    before: UUID | None,
    limit: int,
) -> list[Event]:
    """What was done by one of these acts, or by one of these lines of the machine; the latest first."""
    return await store.settings_before(connection, acts, commands, subject, before, limit)


async def waiting(connection: Connected) -> tuple[int, int | None]:
    """How many events are not chained yet, and for how many seconds the oldest."""
    return await store.waiting(connection)


async def last_checkpoint(connection: Connected) -> tuple[Any, ...] | None:
    """Position, digest, time in microseconds since 1970 and signature of the last checkpoint."""
    return await store.last_checkpoint(connection)
