"""Freezing a person: nobody signs in as them, nothing of theirs is placed or paid, in the core as well.

All their accounts are frozen there. An archived one is anyway, and stays so when they are let go.

What is committed here ends sessions and keys on every process within a second, by the notices that end any
session and key. The core hears of it through the outbox, in the same transaction; what is under way until
then is refused by the core.
"""

from __future__ import annotations

from typing import Final, NamedTuple
from uuid import UUID

from cse.accounts import notices, store
from cse.accounts.api_keys import store as key_store
from cse.accounts.factors import factor_store
from cse.accounts.mail.catalogue.words import FreezeClass
from cse.accounts.models import Person, SeenFreeze
from cse.accounts.notifications.models import Kind
from cse.accounts.notifications.noting import note
from cse.accounts.people.core_freezes import CoreFreezes, freeze_all, unfreeze_all
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import AccessTokens
from cse.accounts.sub_accounts import store as sub_account_store
from cse.accounts.sub_accounts.opening import opened
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.lines import parse_reason
from cse.engine.client import ReplicaClient
from cse.runtime.outbox import OutcomeWatch, Source
from cse.runtime.postgres import Connected, Pool

_END_REASON: Final = "account frozen"


class Frozen(NamedTuple):
    """What came of it: how many sessions ended, and the journal's sequence that shows all of it."""

    sessions: int
    sequence: int


class Freezes:
    """Freezes persons and lets them go. `access_tokens` are those of this process, if it has any."""

    def __init__(
        self,
        pool: Pool,
        outcomes: OutcomeWatch,
        replica: ReplicaClient,
        access_tokens: AccessTokens | None = None,
    ) -> None:
        self._pool = pool
        self._core = CoreFreezes(pool, outcomes, replica)
        self._replica = replica
        self._access_tokens = access_tokens

    async def freeze(
        self, person: UUID, reason: str, by: Actor, *, cancels_orders: bool, why: FreezeClass = "review"
    ) -> Frozen:
        """Freezes a person; who is frozen already is so for this reason from now on.

        Open orders are cancelled, or stay and may trade. The person is told by mail, and of the reason
        only its class, `why`. Answers once the core has done it.

        Raises:
            CodedError: `account_unknown`, `invalid_field`.
            NotAnswered: it is frozen, and the core will do its part.
        """
        text = parse_reason(reason)
        account = await self._account(person)
        orders = "cancelled" if cancels_orders else "kept"
        async with self._pool.connection() as connection:
            found = await store.person_by_id(connection, person)
            await _set_frozen(connection, person, text)
            if found is not None and not found.frozen:
                await notices.note_frozen(connection, found, why)
            await factor_store.end_challenges(connection, person)
            ended = await session_store.end_other_sessions(connection, person, None, _END_REASON)
            await key_store.tell_keys_of(connection, person)
            rows = await sub_account_store.all_of(connection, person)
            accounts = [account, *(row.account for row in rows if row.account is not None)]
            number = await freeze_all(connection, accounts, cancels_orders=cancels_orders)
            details = Details(
                reason=text, told=why, orders=orders, count=str(len(ended)), outbox=_row(number)
            )
            await log.record(connection, Act.PERSON_FROZEN, by, person=person, details=details)
            for session in ended:
                because = Details(reason=_END_REASON)
                await log.record(
                    connection, Act.SESSION_ENDED, by, person=person, target=str(session), details=because
                )
        if self._access_tokens is not None:
            for session in ended:
                self._access_tokens.end_session(str(session))
        sequence = await self._core.outcome(number)
        # What was being opened is open now, and no other will be.
        opening = [row for row in rows if row.account is None]
        late = [row.account for row in await opened(self._pool, self._replica, opening) if row.account]
        if late:
            sequence = await self._core.freeze(late, cancels_orders=cancels_orders)
        if cancels_orders:
            for one in (*accounts, *late):
                sequence = await self._core.cancel_rest(one, sequence)
        return Frozen(len(ended), sequence)

    async def unfreeze(self, person: UUID, reason: str, by: Actor, *, seen: SeenFreeze | None = None) -> int:
        """Lets a person go; the sequence at which the core has. Their keys are good again.

        With `seen` only from that freeze, and from none that has taken its place meanwhile.

        Raises:
            CodedError: `account_unknown`, `invalid_field`, `version_outdated`.
            NotAnswered: it is done, and the core will do its part.
        """
        text = parse_reason(reason)
        account = await self._account(person)
        async with self._pool.connection() as connection:
            if seen is not None and await store.locked_freeze(connection, person) != seen:
                raise CodedError(codes.VERSION_OUTDATED)
            await _set_frozen(connection, person, None)
            await note(connection, person, Kind.ACCOUNT_UNFROZEN, {})
            rows = await sub_account_store.all_of(connection, person)
            in_use = [row.account for row in rows if row.account and row.archived_at_us is None]
            number = await unfreeze_all(connection, (account, *in_use))
            details = Details(reason=text, outbox=_row(number))
            await log.record(connection, Act.PERSON_UNFROZEN, by, person=person, details=details)
        return await self._core.outcome(number)

    async def _account(self, person: UUID) -> int:
        async with self._pool.connection() as connection:
            found = await store.person_by_id(connection, person)
        if found is None or found.closed:
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        return await self._main_account(found)

    async def _main_account(self, person: Person) -> int:
        account = person.account or (await self._replica.main_account(person.id.bytes)).value
        if account is None:
            raise CodedError(codes.NOT_YET_VISIBLE)
        return account


async def refuse_frozen(pool: Pool, person: Person) -> None:
    """Refuses a sign-in of somebody who has shown that it is them. Raises `CodedError` sign_in_frozen."""
    if person.frozen:
        by = Actor.person_of(person.id)
        await log.record_refusal(pool, Act.SESSION_BEGUN, by, codes.SIGN_IN_FROZEN)
        raise CodedError(codes.SIGN_IN_FROZEN)


async def _set_frozen(connection: Connected, person: UUID, reason: str | None) -> None:
    """Raises `CodedError` account_unknown where the person has closed their account meanwhile."""
    if not await store.set_frozen(connection, person, reason):
        raise CodedError(codes.ACCOUNT_UNKNOWN)


def _row(number: int) -> str:
    return f"{Source.ACCOUNTS.value}/{number}"
