"""The use case of closing one's account.

The core is asked to freeze all of the person's accounts first, and what they have is looked at as of then:
an order that is placed, or money that leaves, at the same moment is either seen or refused. A frozen account
may receive: what is credited afterwards is neither, and stays in the books, where an operator can move it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from cse.accounts import store
from cse.accounts.api_keys import store as key_store
from cse.accounts.closing import store as closing_store
from cse.accounts.mail import store as mail_store
from cse.accounts.mail.models import MailKind
from cse.accounts.models import Closing, Person
from cse.accounts.organisations.leaving import leave_all, of_who_is_needed
from cse.accounts.preferences import store as preferences_store
from cse.accounts.sessions import store as session_store
from cse.accounts.sessions.tokens import AccessTokens
from cse.accounts.sub_accounts import store as sub_account_store
from cse.accounts.verification.service import withdraw_in
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.failures import refusal_of
from cse.engine.models import EngineError
from cse.runtime.clock import wall_us
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool

REASON: Final = "the account was closed"
_WORTH_S: Final = 3 * 86_400


class Closings:
    """Closes accounts of whoever asks."""

    def __init__(
        self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient, access_tokens: AccessTokens
    ) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica
        self._access_tokens = access_tokens

    async def look(self, caller: Caller) -> Closing:
        """What is in the way of closing the caller's account now."""
        async with self._pool.connection() as connection:
            accounts = await _accounts(connection, await _person(connection, caller))
            organisations = await of_who_is_needed(connection, caller.person)
        found = await self._in_the_way(accounts, 0)
        return Closing([*found, *organisations], closing_store.RESERVED_DAYS)

    async def close(self, caller: Caller) -> None:
        """Closes the caller's account for good.

        Raises:
            CodedError: `account_not_closable` with what is in the way; `not_yet_visible` while one of their
                accounts is being opened; why the core froze nothing.
            EngineError: it is not known what is in the way, and nothing was begun.
            NotAnswered: it is frozen; after a minute it can be closed again, or an operator lets it go.
        """
        found = await self.look(caller)
        if found.in_the_way:
            raise _refusal(found.in_the_way)
        async with self._pool.connection() as connection:
            await store.lock_person(connection, caller.person)
            person = await _person(connection, caller)
            begun = await closing_store.begin(connection, person.id)
            if begun is None:
                raise _refusal(["frozen"])
            accounts = await _accounts(connection, person)
            for account in accounts:
                command = wire.FreezeAccount(account).encode()
                number = await enqueue(connection, Source.ACCOUNTS, command)
        try:
            in_the_way = await self._in_the_way(accounts, await self._outcome(number))
        except CodedError:
            await self._give_up(caller, begun)
            raise
        except EngineError as error:
            await self._give_up(caller, begun)
            # It is known that nothing is closed, whatever stands in an outbox.
            raise refusal_of(error) from error
        if in_the_way:
            await self._give_up(caller, begun)
            raise _refusal(in_the_way)
        if not await self._finish(caller, person, begun, number):
            await self._give_up(caller, begun)
            raise _refusal(["organisations"])

    async def _in_the_way(self, accounts: Sequence[int], sequence: int) -> list[str]:
        """Of all accounts together, as of a sequence or later: `open_orders`, `balances`."""
        held = (await self._replica.balances_of(accounts, min_sequence=sequence)).value
        has_money = any(balance.available or balance.locked for balances in held for balance in balances)
        found = ["balances"] if has_money else []
        for account in accounts:
            if (await self._replica.open_orders(account, limit=1, min_sequence=sequence)).value:
                return [*found, "open_orders"]
        return found

    async def _outcome(self, number: int) -> int:
        return await taken(self._outcomes, Source.ACCOUNTS, number)

    async def _give_up(self, caller: Caller, begun: datetime) -> None:
        async with self._pool.connection() as connection:
            person = await _person(connection, caller)
            if not await closing_store.give_up(connection, person.id, begun):
                return
            rows = await sub_account_store.all_of(connection, person.id)
            in_use = [row.account for row in rows if row.account and row.archived_at_us is None]
            for account in (person.account, *in_use):
                if account is not None:
                    await enqueue(connection, Source.ACCOUNTS, wire.UnfreezeAccount(account).encode())

    async def _finish(self, caller: Caller, person: Person, begun: datetime, number: int) -> bool:
        """Closes the account; False, and nothing is changed, where an organisation needs the person."""
        by, because = Actor.caller(caller), Details(reason=REASON)
        async with self._pool.connection() as connection:
            # What they act for comes first, as in all that is done there.
            if await leave_all(connection, person.id, by):
                return False
            await store.lock_email(connection, person.email)
            await store.lock_person(connection, person.id)
            reader = (await preferences_store.of(connection, person.id)).chosen
            if not await closing_store.finish(connection, person, begun):
                raise _refusal(["frozen"])
            await withdraw_in(connection, person.id, by)
            for key in await key_store.revoke_all(connection, person.id):
                await log.record(connection, Act.API_KEY_REVOKED, by, target=str(key), details=because)
            ended = await session_store.end_other_sessions(connection, person.id, None, REASON)
            for session in ended:
                await log.record(connection, Act.SESSION_ENDED, by, target=str(session), details=because)
            details = Details(outbox=f"{Source.ACCOUNTS.value}/{number}")
            await log.record(connection, Act.PERSON_CLOSED, by, details=details)
            if person.is_verified:
                facts = {"at": format_time(wall_us()), "language": reader.language, "zone": reader.time_zone}
                kind = MailKind.ACCOUNT_CLOSED
                await mail_store.add(connection, kind, person.email, facts, worth_s=_WORTH_S)
        for session in ended:
            self._access_tokens.end_session(str(session))
        return True


def _refusal(in_the_way: Sequence[str]) -> CodedError:
    return CodedError(codes.ACCOUNT_NOT_CLOSABLE, in_the_way=" ".join(in_the_way))


async def _person(connection: Connected, caller: Caller) -> Person:
    person = await store.person_by_id(connection, caller.person)
    if person is None:
        raise CodedError(codes.NOT_AUTHENTICATED)
    return person


async def _accounts(connection: Connected, person: Person) -> list[int]:
    """All of a person's accounts in the core; `not_yet_visible` while one is being opened."""
    rows = await sub_account_store.all_of(connection, person.id)
    accounts = [person.account, *(row.account for row in rows)]
    known = [account for account in accounts if account is not None]
    if len(known) < len(accounts):
        raise CodedError(codes.NOT_YET_VISIBLE)
    return known
