"""What the room shows of the audit log."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec

AUDIT_PAGE_MAX: Final = 100
_TEXT_MAX: Final = 256

Text = Annotated[str, msgspec.Meta(max_length=_TEXT_MAX)]


class AuditEventView(msgspec.Struct, frozen=True):
    """An event of the audit log, with all of it.

    `actor_name` is a person's id, a login or a service; `actor_email` and `person_email` are there where the
    person is known. `person` is whose account it concerns, `target` what it was done to.
    """

    id: str
    at: str
    act: str
    actor: str
    actor_name: str
    actor_email: str | None
    person: str | None
    person_email: str | None
    target: str | None
    refused: str | None
    address: str | None
    client: str | None
    platform: str | None
    details: dict[str, str]


class AuditEvents(msgspec.Struct, frozen=True):
    """Events, the latest first. `next_cursor` is null at the end."""

    items: list[AuditEventView]
    next_cursor: str | None


class AuditQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which events; times in RFC 3339, `until` excluded.

    `actor` is a person's id, an e-mail, a login or a service. `subject` is what it was done to: a market, a
    session, or a person by id or e-mail.
    """

    actor: Text | None = None
    act: Text | None = None
    subject: Text | None = None
    since: Text | None = None
    until: Text | None = None
    cursor: Text | None = None
    limit: Annotated[int, msgspec.Meta(ge=1, le=AUDIT_PAGE_MAX)] = 50


class AuditExportQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which events are written out, and how; the rest as in a search."""

    format: Literal["jsonl", "csv"] = "jsonl"
    actor: Text | None = None
    act: Text | None = None
    subject: Text | None = None
    since: Text | None = None
    until: Text | None = None


class AuditChain(msgspec.Struct, frozen=True):
    """How far the log is sealed, and when it was last held against its chain.

    `position` counts sealed events, of which the last was signed at `signed_at`; `waiting` are still to be
    sealed. `verified_at` is when `./cse verify --audit` last went through all of it, with so many findings;
    null where it never did.
    """

    position: str
    signed_at: str | None
    waiting: int
    verified_at: str | None
    verified_events: int | None
    findings: int | None


class AuditActs(msgspec.Struct, frozen=True):
    """Every act that there is, by name."""

    items: list[str]
