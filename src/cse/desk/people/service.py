"""What operators see of a person, and do about them."""

from __future__ import annotations

from typing import Final

from cse.accounts.models import FoundPerson
from cse.accounts.people.freezing import Freezes
from cse.accounts.people.service import People
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk.people.fee_tiers import FeeTiers
from cse.desk.people.models import FeeTier, Freeze, PersonDetail, PersonView, Timeline
from cse.desk.people.timeline import Timelines
from cse.desk.requests.guarded_acts import freeze_of
from cse.desk.requests.models import Asked, GuardedAct, RequestView
from cse.desk.requests.service import Requests
from cse.desk.service import Operators
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right, rights_of
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.http.route import Caller
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool
from cse.trading.reads.account import AccountReads

OPEN_ORDERS_COUNTED: Final = 1_000


class PeopleDesk:
    """Each look at a person is recorded, but not among that person's own events."""

    def __init__(
        self,
        pool: Pool,
        operators: Operators,
        requests: Requests,
        people: People,
        freezes: Freezes,
        timelines: Timelines,
        replica: ReplicaClient,
        fee_tiers: FeeTiers,
        account_reads: AccountReads,
    ) -> None:
        self._pool = pool
        self._operators = operators
        self._requests = requests
        self._people = people
        self._freezes = freezes
        self._timelines = timelines
        self._replica = replica
        self._fee_tiers = fee_tiers
        self._account_reads = account_reads

    async def search(self, caller: Caller, sought: str) -> list[PersonView]:
        """Who is found. Raises `CodedError` invalid_field."""
        found = await self._people.search(sought)
        details = Details(sought=sought, count=str(len(found)))
        async with self._pool.connection() as connection:
            await log.record(connection, Act.PEOPLE_SEARCHED, Actor.desk(caller), details=details)
        return [_view(one) for one in found]

    async def one(self, caller: Caller, person: str) -> PersonDetail:
        """A person and their account. Raises `CodedError` not_found."""
        return await self._detail(await self._looked_at(caller, person))

    async def timeline(self, caller: Caller, person: str, cursor: str | None, limit: int) -> Timeline:
        """A page of a person's past. Raises `CodedError` not_found, invalid_cursor."""
        found = await self._looked_at(caller, person)
        accounts = await self._people.accounts(found.id)
        return await self._timelines.of(found, accounts, cursor, limit)

    async def freeze(self, caller: Caller, person: str, asked: Freeze) -> PersonDetail:
        """Freezes a person.

        Raises:
            CodedError: `not_found`, `account_unknown`, `role_missing`, `not_to_oneself`, `invalid_field`.
        """
        found = await self._acted_on(caller, person)
        cancels = asked.open_orders == "cancel"
        by = Actor.desk(caller)
        frozen = await self._freezes.freeze(
            found.id, asked.reason, by, cancels_orders=cancels, why=asked.told
        )
        return await self._detail(await self._people.one(person), frozen.sequence)

    async def ask_unfreeze(self, caller: Caller, person: str, reason: str) -> RequestView:
        """Asks for letting a person go. Raises `CodedError` as `freeze` does."""
        found = await self._acted_on(caller, person)
        before, why = freeze_of(found)
        body = {"frozen_reason": why}
        asked = Asked(GuardedAct.UNFREEZE, str(found.id), body, before, "frozen_since=none", reason)
        return await self._requests.ask(caller, asked)

    async def set_fee_tier(self, caller: Caller, person: str, asked: FeeTier) -> PersonDetail:
        """Puts all of a person's accounts into a tier. Raises `CodedError` as `freeze` does."""
        found = await self._acted_on(caller, person)
        sequence = await self._fee_tiers.set(found, asked.tier, Actor.desk(caller))
        return await self._detail(found, sequence)

    async def _looked_at(self, caller: Caller, person: str) -> FoundPerson:
        found = await self._people.one(person)
        async with self._pool.connection() as connection:
            await log.record(connection, Act.PERSON_VIEWED, Actor.desk(caller), target=str(found.id))
        return found

    async def _acted_on(self, caller: Caller, person: str) -> FoundPerson:
        """Whom something is done to: never oneself, and an operator only by who may take roles away.

        Raises `CodedError` account_unknown for who has closed their account.
        """
        found = await self._people.one(person)
        if found.closed_at_us is not None:
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        if found.id == caller.person:
            raise CodedError(codes.NOT_TO_ONESELF)
        if await self._operators.roles(found.id):
            rights = rights_of(await self._operators.roles(caller.person))
            if Right.SET_OPERATORS not in rights:
                raise CodedError(codes.ROLE_MISSING)
        return found

    async def _detail(self, found: FoundPerson, min_sequence: int = 0) -> PersonDetail:
        guarded = await self._people.guarded(found.id)
        account = await self._core_account(found, min_sequence)
        accounts = await self._people.accounts(found.id)
        balances = (await self._account_reads.balances_of(accounts, min_sequence)).value
        open_orders = 0
        for one in accounts:
            reading = await self._replica.open_orders(one, min_sequence=min_sequence)
            open_orders += len(reading.value)
            if open_orders >= OPEN_ORDERS_COUNTED:
                break
        return PersonDetail(
            person=_view(found),
            frozen_reason=found.frozen_reason,
            account_frozen=account is not None and bool(account.frozen),
            fee_tier=0 if account is None else account.tier,
            methods=list(guarded.methods),
            sessions=guarded.sessions,
            api_keys=guarded.api_keys,
            open_orders=min(open_orders, OPEN_ORDERS_COUNTED),
            balances=balances,
            roles=[role.value for role in await self._operators.roles(found.id)],
        )

    async def _core_account(self, found: FoundPerson, min_sequence: int) -> wire.AccountState | None:
        if found.account is None:
            return None
        return (await self._replica.account(found.account, min_sequence=min_sequence)).value


def _view(found: FoundPerson) -> PersonView:
    return PersonView(
        person=str(found.id),
        email=found.email,
        display_name=found.display_name,
        account=None if found.account is None else str(found.account),
        created_at=format_time(found.created_at_us),
        email_verified_since=_time(found.email_verified_at_us),
        frozen_since=_time(found.frozen_at_us),
        closed_since=_time(found.closed_at_us),
    )


def _time(time_us: int | None) -> str | None:
    return None if time_us is None else format_time(time_us)
