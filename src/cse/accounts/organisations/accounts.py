"""Use cases of an organisation's accounts: opened, named, archived and restored by its owners.

Each is an account of the core under the organisation's owner number, and an archived one is frozen there,
as a person's sub-accounts are. All of it happens behind the lock of the organisation, so that nothing is
moved to an account that is being archived.
"""

from __future__ import annotations

from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.looking import lock, require
from cse.accounts.organisations.models import ACCOUNTS_MADE_MAX, ACCOUNTS_MAX, Looked, OrganisationAccount
from cse.accounts.sub_accounts.opening import account_opened_at
from cse.accounts.sub_accounts.service import require_empty
from cse.accounts.sub_accounts.store import outcome as outbox_outcome
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.lines import parse_name
from cse.domain.organisations import MemberRight
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.http.route import Caller
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool


class OrganisationAccounts:
    """Accounts of organisations, in PostgreSQL and in the core."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica

    async def of(self, organisations: list[UUID]) -> list[OrganisationAccount]:
        """Their accounts, noted where the core has opened one since, archived ones too."""
        async with self._pool.connection() as connection:
            rows = await store.accounts_of(connection, organisations)
        return [await self._opened(row) if row.account is None else row for row in rows]

    async def open(self, caller: Caller, organisation: str, name: str) -> None:
        """Has the core open another account.

        Raises:
            CodedError: `organisation_unknown`, `member_role_missing`, `account_frozen`,
                `organisation_limit`, `account_name_taken`, `invalid_field`.
            NotAnswered: it is asked for, and will be open soon.
        """
        text = parse_name(name)
        async with self._pool.connection() as connection:
            looked, rows = await _locked(connection, caller, organisation)
            _require_room(rows)
            if len(rows) >= ACCOUNTS_MADE_MAX:
                raise _too_many(ACCOUNTS_MADE_MAX)
            _require_free(rows, text)
            there = looked.organisation.id
            number = await open_account(connection, there, AccountKind.SUB, text)
            await _record(connection, Act.ORGANISATION_ACCOUNT_OPENED, caller, looked, text, number=number)
        await self.await_outcome(number)

    async def rename(self, caller: Caller, organisation: str, account: int, name: str) -> None:
        """Names an account anew. Raises `CodedError` as `open`, `account_unknown`, `account_is_main`."""
        text = parse_name(name)
        async with self._pool.connection() as connection:
            looked, rows = await _locked(connection, caller, organisation)
            row = _row_of(rows, account)
            if row.archived_at_us is None:
                _require_free([one for one in rows if one.outbox_number != row.outbox_number], text)
            await store.set_account_name(connection, row.outbox_number, text)
            act = Act.ORGANISATION_ACCOUNT_NAMED
            await _record(connection, act, caller, looked, text, account=account, before=row.name or "")

    async def archive(self, caller: Caller, organisation: str, account: int) -> None:
        """Takes an empty account out of use.

        It is frozen in the core first and looked at as it is then, as a person's sub-account is.

        Raises:
            CodedError: as `rename`, and `account_not_empty`.
            NotAnswered: it is archived, and the core will do its part.
        """
        async with self._pool.connection() as connection:
            _, rows = await _locked(connection, caller, organisation)
            if _row_of(rows, account).archived_at_us is not None:
                return
        await require_empty(self._replica, account, 0)
        sequence = await self.await_outcome(await self._set_archived(caller, organisation, account, True))
        try:
            await require_empty(self._replica, account, sequence)
        except CodedError:
            await self.await_outcome(await self._set_archived(caller, organisation, account, False))
            raise

    async def restore(self, caller: Caller, organisation: str, account: int) -> None:
        """Takes an archived account into use again.

        Raises:
            CodedError: as `rename`, and `organisation_limit`.
            NotAnswered: it is in use, and the core will do its part.
        """
        await self.await_outcome(await self._set_archived(caller, organisation, account, False))

    async def await_outcome(self, number: int) -> int:
        """The sequence at which the core has taken a row of the outbox. Raises `CodedError`."""
        return await taken(self._outcomes, Source.ACCOUNTS, number)

    async def _set_archived(self, caller: Caller, organisation: str, account: int, archived: bool) -> int:
        """Notes it and has the core freeze the account, or let it go; the outbox's number."""
        async with self._pool.connection() as connection:
            looked, rows = await _locked(connection, caller, organisation)
            row = _row_of(rows, account)
            if not archived and row.archived_at_us is not None:
                _require_room(rows)
                _require_free(rows, row.name or "")
            if archived == (row.archived_at_us is None):
                await store.set_account_archived(connection, row.outbox_number, archived=archived)
            command = wire.FreezeAccount(account) if archived else wire.UnfreezeAccount(account)
            number = await enqueue(connection, Source.ACCOUNTS, command.encode())
            act = Act.ORGANISATION_ACCOUNT_ARCHIVED if archived else Act.ORGANISATION_ACCOUNT_RESTORED
            label = row.name or ""
            await _record(connection, act, caller, looked, label, account=account, number=number)
        return number

    async def _opened(self, row: OrganisationAccount) -> OrganisationAccount:
        """The row with the account that the core has opened for it, if it has by now."""
        async with self._pool.connection() as connection:
            sequence = await outbox_outcome(connection, Source.ACCOUNTS, row.outbox_number)
        if sequence is None:
            return row
        account = await account_opened_at(self._replica, sequence, row.organisation.bytes)
        if account is not None:
            async with self._pool.connection() as connection:
                await store.set_account(connection, row.outbox_number, account)
        return row._replace(account=account)


async def open_account(connection: Connected, organisation: UUID, kind: AccountKind, name: str | None) -> int:
    """Has the core open an account for an organisation; the outbox's number."""
    command = wire.OpenAccount(organisation.bytes, kind).encode()
    number = await enqueue(connection, Source.ACCOUNTS, command)
    await store.add_account(connection, organisation, number, name)
    return number


async def _locked(
    connection: Connected, caller: Caller, organisation: str
) -> tuple[Looked, list[OrganisationAccount]]:
    """An organisation that is not frozen, and its accounts, to one who may change them."""
    looked = await lock(connection, organisation, caller.person)
    require(looked, MemberRight.OPEN_ACCOUNTS)
    if looked.organisation.frozen:
        raise CodedError(codes.ACCOUNT_FROZEN)
    return looked, await store.accounts_of(connection, [looked.organisation.id])


def _row_of(rows: list[OrganisationAccount], account: int) -> OrganisationAccount:
    """An account beside the main one; another's is as unknown as one that is not there."""
    found = next((row for row in rows if row.account == account), None)
    if found is None:
        raise CodedError(codes.ACCOUNT_UNKNOWN, field="account")
    if found.name is None:
        raise CodedError(codes.ACCOUNT_IS_MAIN)
    return found


def _require_room(rows: list[OrganisationAccount]) -> None:
    if sum(row.archived_at_us is None for row in rows) >= ACCOUNTS_MAX:
        raise _too_many(ACCOUNTS_MAX)


def _too_many(limit: int) -> CodedError:
    return CodedError(codes.ORGANISATION_LIMIT, limit=limit, what="accounts")


def _require_free(rows: list[OrganisationAccount], name: str) -> None:
    taken = {row.name.lower() for row in rows if row.name is not None and row.archived_at_us is None}
    if name.lower() in taken:
        raise CodedError(codes.ACCOUNT_NAME_TAKEN, field="name")


async def _record(
    connection: Connected,
    act: Act,
    caller: Caller,
    looked: Looked,
    label: str,
    *,
    account: int | None = None,
    number: int | None = None,
    before: str | None = None,
) -> None:
    details = Details(label=label)
    if account is not None:
        details["accounts"] = str(account)
    if number is not None:
        details["outbox"] = f"{Source.ACCOUNTS.value}/{number}"
    if before is not None:
        details["before"] = before
    there = str(looked.organisation.id)
    await log.record(connection, act, Actor.caller(caller), target=there, details=details)
