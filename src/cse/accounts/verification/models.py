"""Applications: what persons hand in, what is kept of it, and what is shown."""

from __future__ import annotations

from typing import Annotated, Final, Literal, NamedTuple, TypeAlias
from uuid import UUID

import msgspec

from cse.domain.verification import DocumentKind, Level
from cse.runtime.http.confidential import Confidential, hidden

State: TypeAlias = Literal["draft", "pending", "approved", "refused", "revoked", "withdrawn", "expired"]
# Who is to decide about an application that is handed in.
Stage: TypeAlias = Literal["provider", "operators"]
MediaType: TypeAlias = Literal["image/jpeg", "image/png", "application/pdf"]
Kind: TypeAlias = Literal["identity", "address"]
QUEUE_MAX: Final = 100

Text: TypeAlias = Annotated[str, msgspec.Meta(max_length=400)]


class NewApplication(Confidential, frozen=True, forbid_unknown_fields=True):
    """The body that begins an application, or changes the one that is not handed in.

    `legal_name` as documents have it; `date_of_birth` such as 1990-12-31; `country` of residence by its two
    letters (ISO 3166-1).
    """

    level: Literal["basic", "full"]
    legal_name: Text
    date_of_birth: Text
    country: Text


class DocumentQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a document shows."""

    kind: Kind


class DocumentView(msgspec.Struct, frozen=True):
    """A document that is handed in; nobody but who reviews it gets its content."""

    id: str
    kind: Kind
    media_type: MediaType
    size_bytes: int


class ApplicationView(Confidential, frozen=True):
    """An application that is open. Of one that is handed in, what it says of the person is not shown again.

    `missing` are the kinds of documents that it still takes.
    """

    level: Literal["basic", "full"]
    state: State
    legal_name: str | None
    date_of_birth: str | None
    country: str | None
    documents: list[DocumentView]
    missing: list[Kind]
    submitted_at: str | None


class OutcomeView(msgspec.Struct, frozen=True):
    """What became of the application before.

    `reason` and what it says are there where it was refused, or revoked: approved, and then taken back.
    """

    level: Literal["basic", "full"]
    state: State
    at: str
    reason: str | None
    reason_text: str | None


class LevelView(msgspec.Struct, frozen=True):
    """A level, the documents that it takes, and what it allows.

    The faucet gives `faucet_factor` times what it gives of each asset a day. `withdrawal_daily_usdc` holds
    once there are withdrawals.
    """

    level: Literal["none", "basic", "full"]
    documents: list[Kind]
    faucet_factor: int
    withdrawal_daily_usdc: str


class VerificationView(Confidential, frozen=True):
    """How far the person is verified, the application that is open, and the outcome of the last.

    `countries` are those of which somebody can be.
    """

    level: Literal["none", "basic", "full"]
    application: ApplicationView | None
    outcome: OutcomeView | None
    levels: list[LevelView]
    countries: list[str]
    documents_max: int
    document_bytes_max: int


class Listed(msgspec.Struct, frozen=True):
    """An entry of the list of sanctions: the name as it stands there, and a date of birth or its year."""

    name: str
    born: str


class Facts(Confidential, frozen=True):
    """What is sealed of an application. `hits` are the entries of the list of sanctions that it meets."""

    legal_name: str
    date_of_birth: str
    country: str
    hits: tuple[Listed, ...] = ()


class Verification(NamedTuple):
    """A row of `accounts.verifications`; times in microseconds since 1970. `sealed` is None once erased."""

    id: UUID
    person: UUID
    level: Level
    state: State
    stage: Stage | None
    sealed: bytes | None
    has_hit: bool
    created_at_us: int
    submitted_at_us: int | None
    decided_at_us: int | None
    decided_by: str | None
    reason: str | None

    @property
    def is_open(self) -> bool:
        """Whether nothing has become of it yet."""
        return self.state in ("draft", "pending")


class Document(NamedTuple):
    """A row of `accounts.verification_documents` without its content."""

    id: UUID
    kind: DocumentKind
    media_type: MediaType
    size_bytes: int


class OpenedDocument(NamedTuple):
    """A document with its content."""

    document: Document
    content: bytes

    def __repr__(self) -> str:
        return hidden(self)


class Reviewed(NamedTuple):
    """An application as who reviews it sees it; `facts` is None once it is erased."""

    verification: Verification
    facts: Facts | None
    documents: list[Document]

    def __repr__(self) -> str:
        return hidden(self)
