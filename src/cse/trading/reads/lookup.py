"""Finding one of an account's orders, open or closed, wherever it is kept."""

from __future__ import annotations

from typing import TypeAlias

from cse.domain import codes
from cse.engine import wire
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.models import ClosedOrder, OpenOrder, OutcomeUnknown, Reading, Unavailable
from cse.ledger.service import Ledger
from cse.trading.reads.history import completed, require_joined

Found: TypeAlias = OpenOrder | ClosedOrder | None


class OrderLookup:
    """Asks the replica first, and PostgreSQL for what that has forgotten.

    Methods raise `NotYetVisible` where PostgreSQL is so far behind that neither may have it, and what
    the replica's client raises.
    """

    def __init__(self, leader: LeaderClient, replica: ReplicaClient, ledger: Ledger) -> None:
        self._leader = leader
        self._replica = replica
        self._ledger = ledger

    async def by_id(self, account: int, order_id: int, min_sequence: int) -> Reading[Found]:
        """The account's order of an id."""
        reading = await self._replica.order(account, order_id, min_sequence=min_sequence)
        if reading.value is not None:
            return Reading(reading.sequence, await self._completed(reading.value))
        await self._require_joined(reading.recent_from)
        return Reading(reading.sequence, await self._ledger.closed_order(account, order_id))

    async def by_client_id(self, account: int, client_order_id: str, min_sequence: int) -> Reading[Found]:
        """The account's latest order under a client order id."""
        reading = await self._replica.order_by_client_id(account, client_order_id, min_sequence=min_sequence)
        found = reading.value
        if found is not None and not isinstance(found, wire.ClientOrderState):
            return Reading(reading.sequence, await self._completed(found))
        await self._require_joined(reading.recent_from)
        if found is not None:
            older = await self._ledger.closed_order(account, found.order_id)
        else:
            older = await self._ledger.closed_order_by_client_id(account, client_order_id)
        return Reading(reading.sequence, older)

    async def is_own(self, command: wire.CancelOrder, sequence: int) -> bool:
        """Whether an order that the core does not know as open is the account's own, closed."""
        if command.order_id:
            found = await self.by_id(command.account, command.order_id, sequence)
        else:
            found = await self.by_client_id(command.account, command.client_order_id, sequence)
        return found.value is not None

    async def code_of_miss(self, command: wire.CancelOrder, code: int, sequence: int) -> int:
        """The number of the code of a cancel that was refused: the core forgets the ids of closed orders."""
        if code == codes.ORDER_UNKNOWN.number and await self.is_own(command, sequence):
            return codes.ORDER_NOT_OPEN.number
        return code

    async def taken(self) -> int:
        """The sequence that the last of the commands gets which have reached the leader by now.

        Raises:
            Unavailable: the leader does not answer, and may hold commands for as long as it does not.
        """
        try:
            # What arrives together with a question may be read after it, but before the next one.
            await self._leader.status()
            status = await self._leader.status()
        except OutcomeUnknown as error:
            raise Unavailable(str(error)) from error
        sequence, waiting = status["sequence"], status["waiting"]
        assert isinstance(sequence, int), "the leader says where it is"
        assert isinstance(waiting, int), "the leader says how many commands wait"
        return sequence + waiting

    async def _completed(self, order: OpenOrder | ClosedOrder) -> OpenOrder | ClosedOrder:
        if isinstance(order, OpenOrder):
            return (await completed([order], self._ledger))[0]
        return (await completed([order], self._ledger))[0]

    async def _require_joined(self, recent_from: int) -> None:
        """What the replica does not know must be in PostgreSQL, or be nowhere."""
        require_joined(await self._ledger.position(), recent_from)
