"""What is taken, given and kept of a person's accounts."""

from __future__ import annotations

from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from cse.runtime.http.body import DecimalText


class NewAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that opens a sub-account: 1 to 40 characters, which no other open one of yours has."""

    name: str


class NamedAccount(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that names a sub-account anew."""

    name: str


class AccountView(msgspec.Struct, frozen=True):
    """An account of the person's. The main one has no name; `archived_at` is null while it is in use."""

    id: str
    kind: Literal["main", "sub"]
    name: str | None
    created_at: str
    archived_at: str | None


class OneAccount(msgspec.Struct, frozen=True):
    """One account."""

    account: AccountView
    sequence: str


class NewTransfer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that moves money between two accounts of the person's."""

    from_account: str
    to_account: str
    asset: str
    amount: DecimalText


class SubAccount(NamedTuple):
    """A row of `accounts.sub_accounts`; times in microseconds since 1970.

    `account` is None until the core has opened it.
    """

    outbox_number: int
    person: UUID
    account: int | None
    name: str
    created_at_us: int
    archived_at_us: int | None


class OwnAccount(NamedTuple):
    """An account of a person that is there in the core; the main one has no name."""

    account: int
    name: str | None
    created_at_us: int
    archived_at_us: int | None = None


class Movement(NamedTuple):
    """What is to go from one account of a person to another, in the asset's units."""

    debit: int
    credit: int
    asset: int
    units: int


class Moved(NamedTuple):
    """A transfer that took effect: its id, and the journal's sequence and time of it."""

    transfer: int
    sequence: int
    time_us: int
