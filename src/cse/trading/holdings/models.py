"""What is shown of a person's accounts and of transfers."""

from __future__ import annotations

import msgspec

from cse.accounts.organisations.models import OrganisationView
from cse.accounts.sub_accounts.models import AccountView
from cse.trading.models import Balance, Limit


class HeldAccount(msgspec.Struct, frozen=True):
    """An account, and what it has."""

    account: AccountView
    balances: list[Balance]


class HeldAccounts(msgspec.Struct, frozen=True):
    """The caller's accounts, the main one first, all as of one sequence.

    `organisations` are those that the person acts for, with their accounts; an API key has none.
    """

    items: list[HeldAccount]
    next_cursor: str | None
    sequence: str
    organisations: list[OrganisationView]


class Transfer(msgspec.Struct, frozen=True):
    """Money that moved. `reason` is `own_accounts` between two accounts of one person.

    An account that is not the person's own is null.
    """

    id: str
    reason: str
    asset: str
    amount: str
    from_account: str | None
    to_account: str | None
    time: str
    sequence: str


class OneTransfer(msgspec.Struct, frozen=True):
    """One transfer."""

    transfer: Transfer
    sequence: str


class Transfers(msgspec.Struct, frozen=True):
    """Transfers of an account, the latest first."""

    items: list[Transfer]
    next_cursor: str | None
    sequence: str


class TransfersQuery(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which transfers."""

    limit: Limit = 100
    cursor: str | None = None
