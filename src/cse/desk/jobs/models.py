"""What the room shows of what waits to be done, and of what has failed for good."""

from __future__ import annotations

import msgspec


class Queue(msgspec.Struct, frozen=True):
    """One kind of work: how much waits, for how long the oldest, how much has failed, and why the last did.

    `outbox.NAME` are commands for the core, of which those have failed that it refused within 30 days;
    `mail`, of which those have failed that were refused or given up within 30 days; `audit`, events that wait
    to be sealed; `requests`, what waits for a second operator.
    """

    name: str
    waiting: int
    oldest_s: int | None
    failed: int
    last_failure: str | None


class JobMail(msgspec.Struct, frozen=True):
    """A mail that was tried in vain. `state` is `waiting`, `refused` or `given up`; `recipient` is veiled."""

    id: str
    kind: str
    recipient: str
    created_at: str
    tries: int
    next_try_at: str | None
    state: str
    last_failure: str | None
    retriable: bool


class RefusedCommand(msgspec.Struct, frozen=True):
    """A command that the core refused: nothing of it has happened, and it is not tried again."""

    outbox: str
    number: str
    code: str
    at: str


class Jobs(msgspec.Struct, frozen=True):
    """All of it, the latest first."""

    queues: list[Queue]
    mails: list[JobMail]
    refused: list[RefusedCommand]
