"""The port to whoever looks at applications."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple, Protocol
from uuid import UUID

from cse.accounts.verification.models import Facts, OpenedDocument
from cse.domain.verification import Level, RefusalReason
from cse.runtime.http.confidential import hidden


class Verdict(StrEnum):
    """What a provider says of an application; of what it is unsure people are to look at it."""

    APPROVED = "approved"
    REFUSED = "refused"
    UNSURE = "unsure"


class Submission(NamedTuple):
    """An application as it is handed over. The same id is the same application, however often it comes."""

    id: UUID
    level: Level
    facts: Facts
    documents: Sequence[OpenedDocument]

    def __repr__(self) -> str:
        return hidden(self)


class Answer(NamedTuple):
    """What is said of an application; with `reason` where it is refused."""

    verification: UUID
    verdict: Verdict
    reason: RefusalReason | None = None


class ProviderUnavailable(Exception):
    """The application was not taken now, or nobody knows whether it was; the message says why."""


class VerificationPort(Protocol):
    """Hands applications to whoever looks at them."""

    @property
    def name(self) -> str:
        """What the audit log calls it."""

    async def submit(self, submission: Submission) -> Answer | None:
        """Returns once the other side has taken it; the answer, where there is one at once.

        Any other comes later, maybe twice or too late, to `Answers`.

        Raises:
            ProviderUnavailable: try again later.
        """


class Answers(Protocol):
    """Takes what a provider says."""

    async def take(self, answer: Answer) -> bool:
        """Whether anything came of it: an answer counts once, and only while it is waited for."""
