"""Use cases of sub-accounts: a person opens, names, archives and restores them.

Each is an account of the core under its person's owner number. An archived one is frozen there: nothing
is placed and nothing leaves it, and what comes to it against all expectation is seen when it is restored.
"""

from __future__ import annotations

from typing import Final
from uuid import UUID

from cse.accounts.organisations import store as organisation_store
from cse.accounts.sub_accounts import store
from cse.accounts.sub_accounts.models import OwnAccount, SubAccount
from cse.accounts.sub_accounts.opening import opened
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.enumerations import AccountKind
from cse.domain.errors import CodedError
from cse.domain.lines import parse_name
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.models import Reading
from cse.runtime.http.route import Caller
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool

IN_USE_MAX: Final = 20
# The core keeps every account for ever, so that opening and archiving must have an end too.
MADE_MAX: Final = 100


class SubAccounts:
    """A person's accounts, in PostgreSQL and in the core."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica

    async def own(self, caller: Caller) -> list[OwnAccount]:
        """The caller's accounts, the main one first, archived ones too; of a key those it is for."""
        if caller.organisation is not None:
            return await self._of_organisation(caller)
        async with self._pool.connection() as connection:
            main = await store.main(connection, caller.person)
            rows = await store.all_of(connection, caller.person)
        found = [] if main is None else [main]
        found += [_own(row) for row in await opened(self._pool, self._replica, rows)]
        return [one for one in found if caller.accounts is None or one.account in caller.accounts]

    async def _of_organisation(self, caller: Caller) -> list[OwnAccount]:
        """Those of an organisation that its key is for."""
        assert caller.organisation is not None
        async with self._pool.connection() as connection:
            rows = await organisation_store.accounts_of(connection, [caller.organisation])
        return [
            OwnAccount(row.account, row.name, row.created_at_us, row.archived_at_us)
            for row in rows
            if row.account is not None and (caller.accounts is None or row.account in caller.accounts)
        ]

    async def make(self, caller: Caller, name: str) -> Reading[OwnAccount]:
        """Has the core open another account.

        Raises:
            CodedError: `account_limit`, `account_name_taken`, `invalid_field`.
            NotAnswered: it is asked for, and the list shows it once it is open.
        """
        text = parse_name(name)
        async with self._pool.connection() as connection:
            rows = await self._locked(connection, caller.person)
            _require_room(rows)
            if len(rows) >= MADE_MAX:
                raise _too_many()
            _require_free(rows, text)
            command = wire.OpenAccount(caller.person.bytes, AccountKind.SUB).encode()
            number = await enqueue(connection, Source.ACCOUNTS, command)
            row = await store.add(connection, caller.person, number, text)
            await _record(connection, Act.SUB_ACCOUNT_OPENED, caller, row, number)
        sequence = await self._outcome(number)
        found = await opened(self._pool, self._replica, [row])
        if not found:
            raise CodedError(codes.OUTCOME_UNKNOWN)
        return Reading(sequence, _own(found[0]))

    async def rename(self, caller: Caller, account: int, name: str) -> OwnAccount:
        """Names a sub-account anew. Raises `CodedError` as `make`, `account_unknown`, `account_is_main`."""
        text = parse_name(name)
        async with self._pool.connection() as connection:
            rows = await self._locked(connection, caller.person)
            row = _row_of(caller, rows, account)
            if row.archived_at_us is None:
                _require_free([one for one in rows if one.outbox_number != row.outbox_number], text)
            await store.set_name(connection, row.outbox_number, text)
            row = row._replace(name=text)
            await _record(connection, Act.SUB_ACCOUNT_NAMED, caller, row)
        return _own(row)

    async def archive(self, caller: Caller, account: int) -> Reading[OwnAccount]:
        """Takes an empty sub-account out of use.

        It is frozen in the core first, and looked at as it is then: what has come to it or was placed until
        that moment is seen, and it is taken into use again.

        Raises:
            CodedError: `account_unknown`, `account_is_main`, `account_not_empty`.
            NotAnswered: it is archived, and the core will do its part.
        """
        async with self._pool.connection() as connection:
            row = _row_of(caller, await store.all_of(connection, caller.person), account)
        if row.archived_at_us is not None:
            return Reading(0, _own(row))
        await require_empty(self._replica, account, 0)
        row, number = await self._set_archived(caller, account, archived=True)
        sequence = await self._outcome(number)
        try:
            await require_empty(self._replica, account, sequence)
        except CodedError:
            _, number = await self._set_archived(caller, account, archived=False)
            await self._outcome(number)
            raise
        return Reading(sequence, _own(row))

    async def restore(self, caller: Caller, account: int) -> Reading[OwnAccount]:
        """Takes an archived sub-account into use again.

        Raises:
            CodedError: `account_unknown`, `account_is_main`, `account_limit`, `account_name_taken`.
            NotAnswered: it is in use, and the core will do its part.
        """
        row, number = await self._set_archived(caller, account, archived=False)
        return Reading(await self._outcome(number), _own(row))

    async def _set_archived(self, caller: Caller, account: int, *, archived: bool) -> tuple[SubAccount, int]:
        """Notes it and has the core freeze the account, or let it go; the row, and the outbox's number."""
        async with self._pool.connection() as connection:
            rows = await self._locked(connection, caller.person)
            row = _row_of(caller, rows, account)
            if not archived and row.archived_at_us is not None:
                _require_room(rows)
                _require_free(rows, row.name)
            if archived == (row.archived_at_us is None):
                await store.set_archived(connection, row.outbox_number, archived=archived)
            command = wire.FreezeAccount(account) if archived else wire.UnfreezeAccount(account)
            number = await enqueue(connection, Source.ACCOUNTS, command.encode())
            act = Act.SUB_ACCOUNT_ARCHIVED if archived else Act.SUB_ACCOUNT_RESTORED
            await _record(connection, act, caller, row, number)
            rows = await store.all_of(connection, caller.person)
        return _row_of(caller, rows, account), number

    async def _locked(self, connection: Connected, person: UUID) -> list[SubAccount]:
        """A person's sub-accounts, which nobody else changes until the transaction ends.

        Raises:
            CodedError: `account_frozen`: the person is frozen, and what they have stays as it is.
        """
        if await store.lock_main(connection, person) is None:
            raise CodedError(codes.ACCOUNT_FROZEN)
        return await store.all_of(connection, person)

    async def _outcome(self, number: int) -> int:
        return await taken(self._outcomes, Source.ACCOUNTS, number)


async def require_empty(replica: ReplicaClient, account: int, sequence: int) -> None:
    """Raises `CodedError` account_not_empty for what has a balance or an open order."""
    balances = await replica.balances(account, min_sequence=sequence)
    orders = await replica.open_orders(account, limit=1, min_sequence=sequence)
    if orders.value or any(one.available or one.locked for one in balances.value):
        raise CodedError(codes.ACCOUNT_NOT_EMPTY)


def _row_of(caller: Caller, rows: list[SubAccount], account: int) -> SubAccount:
    """One of the caller's sub-accounts; another's is as unknown as one that is not there."""
    for row in rows:
        if row.account == account:
            return row
    if account == caller.account:
        raise CodedError(codes.ACCOUNT_IS_MAIN)
    raise CodedError(codes.ACCOUNT_UNKNOWN, field="account")


def _require_room(rows: list[SubAccount]) -> None:
    if sum(row.archived_at_us is None for row in rows) >= IN_USE_MAX:
        raise _too_many()


def _too_many() -> CodedError:
    return CodedError(codes.ACCOUNT_LIMIT, limit=IN_USE_MAX, made=MADE_MAX)


def _require_free(rows: list[SubAccount], name: str) -> None:
    taken = {row.name.lower() for row in rows if row.archived_at_us is None}
    if name.lower() in taken:
        raise CodedError(codes.ACCOUNT_NAME_TAKEN, field="name")


def _own(row: SubAccount) -> OwnAccount:
    assert row.account is not None, "only what the core has opened is shown"
    return OwnAccount(row.account, row.name, row.created_at_us, row.archived_at_us)


async def _record(
    connection: Connected, act: Act, caller: Caller, row: SubAccount, number: int | None = None
) -> None:
    details = Details(label=row.name)
    if number is not None:
        details["outbox"] = f"{Source.ACCOUNTS.value}/{number}"
    target = "" if row.account is None else str(row.account)
    await log.record(connection, act, Actor.caller(caller), target=target, details=details)
