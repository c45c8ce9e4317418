"""What a person is shown of the audit log."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

EVENTS_MAX = 100


class SecurityEventView(msgspec.Struct, frozen=True):
    """Something that was done to the account, or tried.

    `act` is such as `session.begun` or `api_key.made`; with `refused`, a code of ours, it was not done.
    `actor` is `visitor` where somebody had not shown who they are. `client` and `platform` are what the
    client claims to be, null where it did not say; they and `address` are null where no request was made.
    `current` says that it was done within the session that asks. `details` depend on the act.
    """

    id: str
    act: str
    at: str
    actor: Literal["person", "visitor", "operator", "service"]
    refused: str | None
    client: str | None
    platform: str | None
    address: str | None
    current: bool
    target: str | None
    details: dict[str, str]


class SecurityEvents(msgspec.Struct, frozen=True):
    """Events, the latest first. `next_cursor` is null at the end of the list."""

    items: list[SecurityEventView]
    next_cursor: str | None


class SecurityEventsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which events."""

    limit: Annotated[int, msgspec.Meta(ge=1, le=EVENTS_MAX)] = 20
    cursor: str | None = None
