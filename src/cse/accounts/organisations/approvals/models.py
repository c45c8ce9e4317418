"""What is asked for in an organisation, and how it stands."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.accounts.organisations.models import Approvals
from cse.accounts.organisations.policy import GuardedAct
from cse.runtime.http.body import DecimalText

GOOD_FOR_S: Final = 3 * 86_400
LIMITS_MAX: Final = 50
_DIGEST_BYTES: Final = 32
Outcome: TypeAlias = Literal["done", "refused", "withdrawn"]
ApprovalState: TypeAlias = Literal["open", "expired", "outdated", "done", "refused", "withdrawn"]


class NewPolicy(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for another policy in the place of the `version` that was seen."""

    version: int
    members: Approvals
    policy: Approvals
    keys: Approvals
    transfers: Approvals
    limits: Annotated[dict[str, DecimalText], msgspec.Meta(max_length=LIMITS_MAX)]


class OrganisationTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that moves money between two accounts of an organisation, or asks for it."""

    from_account: str
    to_account: str
    asset: str
    amount: DecimalText


class Approving(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that approves: the `digest` of what was seen."""

    digest: str


class Refusing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that refuses: why, in 1 to 200 characters."""

    reason: str


class ApprovalView(msgspec.Struct, frozen=True):
    """Who has approved. `counts` is false of who is no approver any more."""

    name: str
    at: str
    counts: bool


class ApprovalRequestView(msgspec.Struct, frozen=True):
    """What was asked for. `facts` depend on the act, and `digest` is over all that was asked for.

    `needed` approvals carry it out. It is `outdated` once the policy has changed. `decidable` says that who
    looks may approve it, `approved` that they have, `own` that they asked for it. `failure` is the code with
    which it was refused after its approval.
    """

    id: str
    act: str
    facts: dict[str, str]
    digest: str
    state: ApprovalState
    needed: int
    approvals: list[ApprovalView]
    asked_by: str
    asked_at: str
    expires_at: str
    own: bool
    decidable: bool
    approved: bool
    decided_by: str | None
    decided_at: str | None
    decision_reason: str | None
    failure: str | None


class ApprovalRequestViews(msgspec.Struct, frozen=True):
    """What was asked for, what is open first and then the latest, at most 100."""

    items: list[ApprovalRequestView]


class OneApprovalRequest(msgspec.Struct, frozen=True):
    """What was asked for: `done` where nobody else is needed."""

    request: ApprovalRequestView


class Asked(NamedTuple):
    """An act with what carrying it out needs."""

    act: GuardedAct
    facts: Mapping[str, str]


class ApprovalRequest(NamedTuple):
    """A row of `accounts.organisation_requests`; times in microseconds since 1970.

    `is_current` says that the policy is still the one under which it was asked for.
    """

    id: UUID
    organisation: UUID
    asked: Asked
    digest: bytes
    policy_version: int
    needed: int
    asked_by: UUID
    asked_at_us: int
    expires_at_us: int
    is_expired: bool
    is_current: bool
    outcome: Outcome | None
    decided_at_us: int | None
    decided_by: UUID | None
    decision_reason: str | None
    outbox_number: int | None
    failure: str | None

    @property
    def state(self) -> ApprovalState:
        """How it stands just now."""
        if self.outcome is not None:
            return self.outcome
        if self.is_expired:
            return "expired"
        return "open" if self.is_current else "outdated"

    @property
    def content(self) -> bytes:
        """The digest of what the row says."""
        return digest(self.organisation, self.asked, self.asked_by, self.policy_version)


class Approval(NamedTuple):
    """A row of `accounts.organisation_approvals`."""

    request: UUID
    person: UUID
    approved_at_us: int


def digest(organisation: UUID, asked: Asked, asked_by: UUID, policy_version: int) -> bytes:
    """What an approval is bound to: who wants what, where, under which policy."""
    content = [
        str(organisation), asked.act.value, sorted(asked.facts.items()), str(asked_by), policy_version,
    ]  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return hashlib.blake2b(text.encode(), digest_size=_DIGEST_BYTES).digest()
