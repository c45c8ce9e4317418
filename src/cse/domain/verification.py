"""How far persons can be verified: levels, what each takes, and what each allows.

A level is a person's and stands in PostgreSQL. It is no tier: tiers are the core's, of accounts, and set what
they pay and how much they may ask for.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, NamedTuple


class Level(StrEnum):
    """How far a person has shown who they are; the later ones take more."""

    NONE = "none"
    BASIC = "basic"
    FULL = "full"

    @property
    def rank(self) -> int:
        """How many levels stand below it."""
        return list(Level).index(self)


class DocumentKind(StrEnum):
    """What a document shows."""

    IDENTITY = "identity"
    ADDRESS = "address"


class RefusalReason(StrEnum):
    """Why an application is refused, as the person is told. What must not be told is `not_possible`."""

    DOCUMENT_UNREADABLE = "document_unreadable"
    DOCUMENT_EXPIRED = "document_expired"
    DOCUMENT_OTHER = "document_other"
    DETAILS_DIFFER = "details_differ"
    ADDRESS_NOT_SHOWN = "address_not_shown"
    NOT_POSSIBLE = "not_possible"


SENTENCES: Final[Mapping[RefusalReason, str]] = {
    RefusalReason.DOCUMENT_UNREADABLE: "A document cannot be read, or not all of it is shown.",
    RefusalReason.DOCUMENT_EXPIRED: "A document is not valid any more.",
    RefusalReason.DOCUMENT_OTHER: "A document is not of a kind that shows this.",
    RefusalReason.DETAILS_DIFFER: "The documents say something else than the application.",
    RefusalReason.ADDRESS_NOT_SHOWN: "The address is not shown, or by something older than three months.",
    RefusalReason.NOT_POSSIBLE: "We cannot verify you.",
}

NEEDED: Final[Mapping[Level, frozenset[DocumentKind]]] = {
    Level.NONE: frozenset(),
    Level.BASIC: frozenset({DocumentKind.IDENTITY}),
    Level.FULL: frozenset({DocumentKind.IDENTITY, DocumentKind.ADDRESS}),
}


class LevelLimits(NamedTuple):
    """What a level allows.

    `faucet_factor` is how many times what the faucet gives a person a day. `withdrawal_daily_usdc` holds once
    there are withdrawals.
    """

    faucet_factor: int
    withdrawal_daily_usdc: int


LIMITS: Final[Mapping[Level, LevelLimits]] = {
    Level.NONE: LevelLimits(1, 0),
    Level.BASIC: LevelLimits(2, 2_000),
    Level.FULL: LevelLimits(5, 50_000),
}

AGE_MIN: Final = 18
NAME_MAX: Final = 100
DOCUMENTS_MAX: Final = 4
DOCUMENT_BYTES_MAX: Final = 2 << 20
# In a browser a picture takes four bytes for each.
DOCUMENT_PIXELS_MAX: Final = 50_000_000

# How long what was handed in is kept: an application that is not, since it was begun; one that was refused,
# since then; and one that was approved, since the account was closed. One that is taken back goes at once.
DRAFT_KEPT_DAYS: Final = 7
REFUSED_KEPT_DAYS: Final = 90
CLOSED_KEPT_DAYS: Final = 5 * 365
