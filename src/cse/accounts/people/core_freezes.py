"""Accounts frozen in the core through the outbox, whoever owns them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.runtime.outbox import OutcomeWatch, Source, enqueue, taken
from cse.runtime.postgres import Connected, Pool

# As many as close an account's open orders in all markets; one command closes 4,096 of them.
_CANCELS_MAX: Final = 64


class CoreFreezes:
    """What the core is told of a freeze, and what it has made of it."""

    def __init__(self, pool: Pool, outcomes: OutcomeWatch, replica: ReplicaClient) -> None:
        self._pool = pool
        self._outcomes = outcomes
        self._replica = replica

    async def freeze(self, accounts: Iterable[int], *, cancels_orders: bool) -> int:
        """Has these frozen in a transaction of their own; the sequence at which they are."""
        async with self._pool.connection() as connection:
            number = await freeze_all(connection, accounts, cancels_orders=cancels_orders)
        return await self.outcome(number)

    async def cancel_rest(self, account: int, sequence: int) -> int:
        """Cancels what one command left open: none is placed any more."""
        for _ in range(_CANCELS_MAX):
            if not (await self._replica.open_orders(account, limit=1, min_sequence=sequence)).value:
                break
            async with self._pool.connection() as connection:
                number = await enqueue(connection, Source.ACCOUNTS, _cancel(account))
            sequence = await self.outcome(number)
        return sequence

    async def outcome(self, number: int) -> int:
        """The sequence at which the core has taken a row of the outbox. Raises `CodedError`."""
        return await taken(self._outcomes, Source.ACCOUNTS, number)


async def freeze_all(connection: Connected, accounts: Iterable[int], *, cancels_orders: bool) -> int:
    """Has the core freeze accounts, and cancel what is open; the outbox's number of the last command."""
    number = 0
    for account in accounts:
        number = await enqueue(connection, Source.ACCOUNTS, wire.FreezeAccount(account).encode())
        if cancels_orders:
            number = await enqueue(connection, Source.ACCOUNTS, _cancel(account))
    return number


async def unfreeze_all(connection: Connected, accounts: Iterable[int]) -> int:
    """Has the core let accounts go; the outbox's number of the last command."""
    number = 0
    for account in accounts:
        number = await enqueue(connection, Source.ACCOUNTS, wire.UnfreezeAccount(account).encode())
    return number


def _cancel(account: int) -> bytes:
    """Cancels open orders of every market and both sides."""
    return wire.CancelAllOrders(account, 0, 0).encode()
