"""Freezing an organisation: nothing is placed or moved for it, by whichever of its members or keys.

Its accounts are frozen in the core, which refuses what is under way; members stay, and may decide about
each other. An archived account is frozen anyway, and stays so when the organisation is let go.
"""

from __future__ import annotations

from uuid import UUID

from cse.accounts.organisations import store
from cse.accounts.organisations.accounts import OrganisationAccounts
from cse.accounts.organisations.models import Organisation
from cse.accounts.people.core_freezes import CoreFreezes, freeze_all, unfreeze_all
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.lines import parse_reason
from cse.engine.client import ReplicaClient
from cse.runtime.outbox import OutcomeWatch, Source
from cse.runtime.postgres import Connected, Pool


class OrganisationFreezes:
    """Freezes organisations and lets them go."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient) -> None:
        self._pool = pool
        self._core = CoreFreezes(pool, outcomes, replica)
        self._accounts = OrganisationAccounts(pool, outcomes, replica)

    async def of_person(self, person: UUID, by: Actor) -> list[Organisation]:
        """Those that a person is a member of, by name; that they were looked at is recorded."""
        async with self._pool.connection() as connection:
            await log.record(connection, Act.PERSON_VIEWED, by, target=str(person))
            return [there for there, _ in await store.all_of(connection, person)]

    async def freeze(self, organisation: UUID, reason: str, by: Actor, *, cancels_orders: bool) -> int:
        """Freezes one; who is frozen already is so for this reason from now on. The sequence that shows it.

        Raises:
            CodedError: `organisation_unknown`, `invalid_field`.
            NotAnswered: it is frozen, and the core will do its part.
        """
        text = parse_reason(reason)
        async with self._pool.connection() as connection:
            await _locked(connection, organisation)
            await store.set_frozen(connection, organisation, text)
            rows = await store.accounts_of(connection, [organisation])
            accounts = [row.account for row in rows if row.account is not None]
            number = await freeze_all(connection, accounts, cancels_orders=cancels_orders)
            orders = "cancelled" if cancels_orders else "kept"
            details = Details(reason=text, orders=orders, outbox=f"{Source.ACCOUNTS.value}/{number}")
            await log.record(
                connection, Act.ORGANISATION_FROZEN, by, target=str(organisation), details=details
            )
        sequence = await self._core.outcome(number) if number else 0
        # What was being opened is open now, and no other will be.
        opened = await self._accounts.of([organisation])
        late = [row.account for row in opened if row.account is not None and row.account not in accounts]
        if late:
            sequence = await self._core.freeze(late, cancels_orders=cancels_orders)
        if cancels_orders:
            for account in (*accounts, *late):
                sequence = await self._core.cancel_rest(account, sequence)
        return sequence

    async def unfreeze(self, organisation: UUID, reason: str, by: Actor) -> int:
        """Lets one go; the sequence at which the core has. Raises as `freeze` does."""
        text = parse_reason(reason)
        await self._accounts.of([organisation])
        async with self._pool.connection() as connection:
            await _locked(connection, organisation)
            await store.set_frozen(connection, organisation, None)
            in_use = await store.accounts_in_use(connection, organisation)
            number = await unfreeze_all(connection, sorted(in_use))
            details = Details(reason=text, outbox=f"{Source.ACCOUNTS.value}/{number}")
            await log.record(
                connection, Act.ORGANISATION_UNFROZEN, by, target=str(organisation), details=details
            )
        return await self._core.outcome(number) if number else 0


async def _locked(connection: Connected, organisation: UUID) -> Organisation:
    found = await store.locked(connection, organisation)
    if found is None:
        raise CodedError(codes.ORGANISATION_UNKNOWN)
    return found
