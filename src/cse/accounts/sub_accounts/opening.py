"""Which account of the core is a sub-account: what it said when it opened it."""

from __future__ import annotations

from collections.abc import Sequence

from cse.accounts.sub_accounts import store
from cse.accounts.sub_accounts.models import SubAccount
from cse.engine import wire
from cse.engine.client import ReplicaClient
from cse.engine.message import messages
from cse.engine.models import own_events
from cse.runtime.outbox import Source
from cse.runtime.postgres import Pool


async def opened(pool: Pool, replica: ReplicaClient, rows: Sequence[SubAccount]) -> list[SubAccount]:
    """The rows with their accounts, noted where that is new; without those that are not open yet."""
    found: list[SubAccount] = []
    for row in rows:
        account = row.account
        if account is None:
            account = await _noted(pool, replica, row)
        if account is not None:
            found.append(row._replace(account=account))
    return found


async def _noted(pool: Pool, replica: ReplicaClient, row: SubAccount) -> int | None:
    async with pool.connection() as connection:
        sequence = await store.outcome(connection, Source.ACCOUNTS, row.outbox_number)
    if sequence is None:
        return None
    account = await account_opened_at(replica, sequence, row.person.bytes)
    if account is not None:
        async with pool.connection() as connection:
            await store.set_account(connection, row.outbox_number, account)
    return account


async def account_opened_at(replica: ReplicaClient, sequence: int, owner: bytes) -> int | None:
    """The account of this owner that the command at a sequence opened."""
    group = (await replica.group(sequence)).value
    if group is None:
        return None
    events = own_events(group.events)
    for kind, offset, _ in messages(events):
        if kind == wire.AccountOpened.KIND:
            event = wire.AccountOpened.decode(events, offset)
            if event.owner == owner:
                return event.account
    return None
