"""What reviewers see of applications, and what they decide."""

from __future__ import annotations

from typing import Literal

import msgspec

from cse.accounts.verification.models import DocumentView, Listed, Stage, State
from cse.runtime.http.confidential import Confidential


class QueuedVerification(msgspec.Struct, frozen=True):
    """An application that is handed in. `stage` is who is to decide; operators may at any time.

    `has_hit` says that the person meets the list of sanctions.
    """

    id: str
    person: str
    email: str | None
    level: Literal["basic", "full"]
    stage: Stage | None
    has_hit: bool
    submitted_at: str


class VerificationQueue(msgspec.Struct, frozen=True):
    """What is handed in and waits, the oldest first, or what is approved, the latest first; at most 100."""

    items: list[QueuedVerification]


class VerificationsQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which applications: those that wait, or those that are approved."""

    state: Literal["pending", "approved"] = "pending"


class ReviewedVerification(Confidential, frozen=True):
    """An application as who reviews it sees it.

    What it says of the person is null once it is erased. `hits` are the entries of the list of sanctions that
    the person meets. `reason` is what the person was told where it was refused or revoked.
    """

    id: str
    person: str
    email: str | None
    level: Literal["basic", "full"]
    state: State
    stage: Stage | None
    legal_name: str | None
    date_of_birth: str | None
    country: str | None
    hits: list[Listed]
    documents: list[DocumentView]
    submitted_at: str
    decided_at: str | None
    decided_by: str | None
    reason: str | None


class Approval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that approves: why, for operators, and whether a hit on the list was looked at."""

    reason: str
    hit_cleared: bool = False


class VerificationRefusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that refuses, or takes an approval back: what the person is told, and why, for operators."""

    told: Literal[
        "document_unreadable",
        "document_expired",
        "document_other",
        "details_differ",
        "address_not_shown",
        "not_possible",
    ]
    reason: str
