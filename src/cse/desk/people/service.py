"""What operators do about a person."""

from __future__ import annotations

from cse.accounts.models import FoundPerson
from cse.accounts.people.freezing import Freezes
from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.desk.people.fee_tiers import FeeTiers
from cse.desk.people.looks import PeopleLooks
from cse.desk.people.models import FeeTier, Freeze, PersonDetail
from cse.desk.requests.guarded_acts import freeze_of
from cse.desk.requests.models import Asked, GuardedAct, RequestView
from cse.desk.requests.service import Requests
from cse.desk.service import Operators
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.domain.operators import Right, rights_of
from cse.runtime.http.route import Caller


class PeopleDesk:
    """Freezes, asks for letting go, sets fee tiers: never of oneself."""

    def __init__(
        self,
        operators: Operators,
        requests: Requests,
        people: People,
        freezes: Freezes,
        fee_tiers: FeeTiers,
        looks: PeopleLooks,
    ) -> None:
        self._operators = operators
        self._requests = requests
        self._people = people
        self._freezes = freezes
        self._fee_tiers = fee_tiers
        self._looks = looks

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
        return await self._looks.detail(await self._people.one(person), frozen.sequence)

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
        return await self._looks.detail(found, sequence)

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
