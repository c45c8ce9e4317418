"""Archives of a person's data, as they are kept and shown."""

from __future__ import annotations

from typing import Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

ExportState: TypeAlias = Literal["waiting", "ready", "expired", "failed"]


class ExportView(msgspec.Struct, frozen=True):
    """An archive that was asked for: it is `waiting` until it is made, and `ready` until `expires_at`.

    `failed` says that it could not be made; another may be asked for at once. `bytes` is its size.
    """

    id: str
    state: ExportState
    asked_at: str
    expires_at: str | None
    fetched_at: str | None
    bytes: int | None


class Exports(msgspec.Struct, frozen=True):
    """The person's archives of late, the latest first; `next_at` is when another may be asked for.

    `next_at` is null where one may be asked for now.
    """

    items: list[ExportView]
    next_at: str | None


class Export(NamedTuple):
    """A row of `accounts.exports`; times in microseconds since 1970."""

    id: UUID
    asked_at_us: int
    ended_at_us: int | None
    expires_at_us: int | None
    fetched_at_us: int | None
    pieces: int | None
    bytes: int | None
    expired: bool
    # Of its day how much is left in seconds, 0 and below where another may be asked for.
    left_s: float

    @property
    def state(self) -> ExportState:
        """What can be done with it."""
        if self.ended_at_us is None:
            return "waiting"
        if self.pieces is None:
            return "failed"
        return "expired" if self.expired else "ready"


class Task(NamedTuple):
    """An export that is being made, by its `tries`-th try."""

    id: UUID
    person: UUID
    tries: int
