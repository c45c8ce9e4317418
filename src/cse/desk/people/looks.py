"""What operators see of a person: found, looked at with their accounts, and their past.

Each look is recorded, but not among that person's own events.
"""

from __future__ import annotations

from typing import Final

from cse.accounts.models import FoundPerson
from cse.accounts.people.service import People
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.desk import service
from cse.desk.people.models import PersonDetail, PersonView, Timeline
from cse.desk.people.timeline import Timelines
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.http.times import format_time
from cse.runtime.postgres import Pool
from cse.trading.reads.account import AccountReads

OPEN_ORDERS_COUNTED: Final = 1_000


class PeopleLooks:
    """Looks at people, at the desk and at the machine. `pool` are connections as the desk's role."""

    def __init__(
        self,
        pool: Pool,
        people: People,
        timelines: Timelines,
        replica: ReplicaClient,
        account_reads: AccountReads,
    ) -> None:
        self._pool = pool
        self._people = people
        self._timelines = timelines
        self._replica = replica
        self._account_reads = account_reads

    async def search(self, by: Actor, sought: str) -> list[PersonView]:
        """Who is found. Raises `CodedError` invalid_field."""
        found = await self._people.search(sought)
        details = Details(sought=sought, count=str(len(found)))
        async with self._pool.connection() as connection:
            await log.record(connection, Act.PEOPLE_SEARCHED, by, details=details)
        return [_view(one) for one in found]

    async def one(self, by: Actor, person: str) -> PersonDetail:
        """A person and their account. Raises `CodedError` not_found."""
        return await self.detail(await self._looked_at(by, person))

    async def timeline(self, by: Actor, person: str, cursor: str | None, limit: int) -> Timeline:
        """A page of a person's past. Raises `CodedError` not_found, invalid_cursor."""
        found = await self._looked_at(by, person)
        accounts = await self._people.accounts(found.id)
        return await self._timelines.of(found, accounts, cursor, limit)

    async def detail(self, found: FoundPerson, min_sequence: int = 0) -> PersonDetail:
        """A person and their account, as of a sequence at least."""
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
            roles=[role.value for role in await service.roles(self._pool, found.id)],
        )

    async def _looked_at(self, by: Actor, person: str) -> FoundPerson:
        found = await self._people.one(person)
        async with self._pool.connection() as connection:
            await log.record(connection, Act.PERSON_VIEWED, by, target=str(found.id))
        return found

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
