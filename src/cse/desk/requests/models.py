"""Requests: what one operator asks for and another approves."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.domain.ids import read_uuid
from cse.domain.operators import Right

Outcome: TypeAlias = Literal["approved", "refused", "withdrawn"]
RequestState: TypeAlias = Literal["open", "expired", "approved", "refused", "withdrawn"]


class GuardedAct(StrEnum):
    """What takes two operators."""

    DELIST_MARKET = "delist_market"
    SET_MARKET_FEES = "set_market_fees"
    SET_MARKET_PROMOTION = "set_market_promotion"
    UNFREEZE = "unfreeze"
    GRANT_ROLE = "grant_role"


# Of who asks and of who approves alike.
RIGHT_OF: Final[dict[GuardedAct, Right]] = {
    GuardedAct.DELIST_MARKET: Right.SET_MARKETS,
    GuardedAct.SET_MARKET_FEES: Right.SET_MARKETS,
    GuardedAct.SET_MARKET_PROMOTION: Right.SET_MARKETS,
    GuardedAct.UNFREEZE: Right.UNFREEZE,
    GuardedAct.GRANT_ROLE: Right.SET_OPERATORS,
}
# Their subject is a person, who has no say in it.
OF_PERSONS: Final = frozenset({GuardedAct.UNFREEZE, GuardedAct.GRANT_ROLE})


class Asked(NamedTuple):
    """What is asked for: `body` has what carrying it out needs beside the subject."""

    act: GuardedAct
    subject: str
    body: Mapping[str, Any]
    before: str
    after: str
    reason: str


class DeskRequest(NamedTuple):
    """A row of `desk.requests`; times in microseconds since 1970."""

    id: UUID
    asked: Asked
    asked_by: UUID
    asked_at_us: int
    expires_at_us: int
    is_expired: bool
    decided_at_us: int | None
    decided_by: str | None
    outcome: Outcome | None
    decision_reason: str | None
    failure: str | None

    @property
    def state(self) -> RequestState:
        """How it stands just now."""
        if self.outcome is not None:
            return self.outcome
        return "expired" if self.is_expired else "open"


class OperatorName(msgspec.Struct, frozen=True):
    """Who did something: a person with the e-mail where it is known, or a login at the machine."""

    name: str
    email: str | None

    @classmethod
    def of(cls, name: str, emails: Mapping[UUID, str]) -> OperatorName:
        """As the audit log has the name: a person's id, or a login."""
        person = read_uuid(name)
        return cls(name, None if person is None else emails.get(person))


class RequestView(msgspec.Struct, frozen=True):
    """A request. `subject` is a market or a person, of whom `subject_email` is.

    `decidable` says that who looks may approve or refuse it, `own` that they asked for it. `failure` is the
    code with which the core refused what was approved.
    """

    id: str
    act: str
    subject: str
    subject_email: str | None
    before: str
    after: str
    reason: str
    state: RequestState
    own: bool
    decidable: bool
    asked_by: OperatorName
    asked_at: str
    expires_at: str
    decided_by: OperatorName | None
    decided_at: str | None
    decision_reason: str | None
    failure: str | None


class RequestViews(msgspec.Struct, frozen=True):
    """Requests, the latest first, at most 100."""

    items: list[RequestView]


class Refusal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that refuses a request."""

    reason: str


class NewOperator(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that asks for an operator's role for a person."""

    person: str
    role: Literal["viewer", "support", "market", "security", "reviewer", "head"]
    reason: str
