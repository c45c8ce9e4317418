"""Putting a person into a fee tier, from the desk and from the machine's command line alike."""

from __future__ import annotations

from cse.accounts.models import FoundPerson
from cse.accounts.people.service import People
from cse.audit import log
from cse.audit.acts import Act
from cse.audit.models import Actor, Details
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Pool


class FeeTiers:
    """Puts all of a person's accounts into a tier. `pool` are connections as the desk's role."""

    def __init__(self, pool: Pool, people: People, replica: ReplicaClient, outcomes: OutcomeWatch) -> None:
        self._pool = pool
        self._people = people
        self._replica = replica
        self._outcomes = outcomes

    async def set(self, person: FoundPerson, tier: int, by: Actor) -> int:
        """Sets the tier and records it; the sequence at which it took effect.

        Raises:
            CodedError: `not_yet_visible` until the core has opened the main account; `account_unknown` for
                who has closed it.
            NotAnswered: it is recorded, and the core will do its part.
        """
        if person.closed_at_us is not None:
            raise CodedError(codes.ACCOUNT_UNKNOWN)
        if person.account is None:
            raise CodedError(codes.NOT_YET_VISIBLE)
        state = (await self._replica.account(person.account)).value
        before = 0 if state is None else state.tier
        accounts = await self._people.accounts(person.id)
        async with self._pool.connection() as connection:
            for account in accounts:
                command = wire.SetAccountTier(account, tier).encode()
                number = await enqueue(connection, Source.DESK, command)
            details = Details(before=f"tier={before}", tier=str(tier), outbox=f"{Source.DESK.value}/{number}")
            await log.record(connection, Act.FEE_TIER_SET, by, person=person.id, details=details)
        return await taken(self._outcomes, Source.DESK, number)
