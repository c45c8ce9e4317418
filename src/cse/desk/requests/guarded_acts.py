"""What is done once a second operator has approved it."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from cse.accounts.models import FoundPerson, SeenFreeze
from cse.accounts.people.freezing import Freezes
from cse.accounts.people.service import People
from cse.audit.models import Actor
from cse.desk import service
from cse.desk.markets.changes import Change
from cse.desk.markets.models import MarketFeeRates, MarketPromotion
from cse.desk.markets.service import MarketReads, enqueue_change
from cse.desk.requests.models import DeskRequest, GuardedAct
from cse.desk.requests.service import CarryOut
from cse.domain import codes
from cse.domain.enumerations import MarketStatus
from cse.domain.errors import CodedError
from cse.domain.operators import Role
from cse.runtime.http.times import format_time
from cse.runtime.outbox import NotAnswered
from cse.runtime.postgres import Connected


class GuardedActs:
    """Carries requests out. A market's change is made anew of the market as it is when it is approved."""

    def __init__(self, markets: MarketReads, people: People, freezes: Freezes) -> None:
        self._markets = markets
        self._people = people
        self._freezes = freezes

    def acts(self) -> Mapping[GuardedAct, CarryOut]:
        """What carries out each act."""
        return {
            GuardedAct.DELIST_MARKET: self._delist,
            GuardedAct.SET_MARKET_FEES: self._set_fees,
            GuardedAct.SET_MARKET_PROMOTION: self._set_promotion,
            GuardedAct.UNFREEZE: self._unfreeze,
            GuardedAct.GRANT_ROLE: self._grant,
        }

    async def _delist(self, connection: Connected, request: DeskRequest, by: Actor) -> int:
        change = await self._markets.status(request.asked.subject, MarketStatus.DELISTED, 0)
        return await _enqueue(connection, change, request, by)

    async def _set_fees(self, connection: Connected, request: DeskRequest, by: Actor) -> int:
        asked = MarketFeeRates(**request.asked.body, reason=request.asked.reason)
        change = await self._markets.fees(request.asked.subject, asked)
        return await _enqueue(connection, change, request, by)

    async def _set_promotion(self, connection: Connected, request: DeskRequest, by: Actor) -> int:
        asked = MarketPromotion(**request.asked.body, reason=request.asked.reason)
        change = await self._markets.promotion(request.asked.subject, asked)
        return await _enqueue(connection, change, request, by)

    async def _unfreeze(self, _: Connected, request: DeskRequest, by: Actor) -> None:
        """Raises `CodedError` version_outdated where the person is frozen for another reason since."""
        person = await self._people.one(request.asked.subject)
        if freeze_of(person) != (request.asked.before, request.asked.body.get("frozen_reason")):
            raise CodedError(codes.VERSION_OUTDATED)
        seen = SeenFreeze(person.frozen_at_us, person.frozen_reason)
        # In a transaction of its own, which ends first: where the approval is then lost, the request is
        # still open, and doing it again changes nothing.
        try:
            await self._freezes.unfreeze(person.id, request.asked.reason, by, seen=seen)
        except NotAnswered:
            return

    async def _grant(self, connection: Connected, request: DeskRequest, by: Actor) -> None:
        role = Role(request.asked.body["role"])
        await service.grant_in(connection, UUID(request.asked.subject), [role], by)


def freeze_of(person: FoundPerson) -> tuple[str, str | None]:
    """Since when a person is frozen, as a request says it, and why."""
    since = "none" if person.frozen_at_us is None else format_time(person.frozen_at_us)
    return f"frozen_since={since}", person.frozen_reason


async def _enqueue(connection: Connected, change: Change, request: DeskRequest, by: Actor) -> int:
    """Raises `CodedError` version_outdated where what it changes is another than the request has shown."""
    if change.before != request.asked.before:
        raise CodedError(codes.VERSION_OUTDATED)
    return await enqueue_change(connection, change, request.asked.reason, by, request)
