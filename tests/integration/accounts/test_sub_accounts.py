"""Sub-accounts in PostgreSQL: what two requests at the same moment must not both do."""

from __future__ import annotations

import psycopg
import pytest

from cse.accounts.sub_accounts import store
from cse.runtime.postgres import Connected
from tests.integration.accounts.conftest import Room

pytestmark = pytest.mark.slow

NUMBER, ACCOUNT = 70, 71


@pytest.fixture
async def sub_account(room: Room) -> int:
    async with room.pool.connection() as connection:
        await store.add(connection, room.person, NUMBER, "a strategy")
        await store.set_account(connection, NUMBER, ACCOUNT)
    return ACCOUNT


async def waits_for_nobody(connection: Connected) -> None:
    await connection.execute("SET LOCAL lock_timeout = '50ms'")


async def test_what_money_goes_to_is_not_archived_before_it_is_on_its_way(
    room: Room, sub_account: int
) -> None:
    """Or the core would freeze it first, be found to have nothing, and the money come behind that."""
    async with room.pool.connection() as moves:
        assert await store.hold_in_use(moves, room.person, [sub_account, 9]) == {sub_account}
        with pytest.raises(psycopg.errors.LockNotAvailable):
            async with room.pool.connection() as archives:
                await waits_for_nobody(archives)
                await store.set_archived(archives, NUMBER, archived=True)
    async with room.pool.connection() as archives:
        await store.set_archived(archives, NUMBER, archived=True)
        assert await store.hold_in_use(archives, room.person, [sub_account]) == set()


async def test_a_persons_accounts_are_changed_by_one_at_a_time(room: Room) -> None:
    async with room.pool.connection() as opens:
        assert await store.lock_main(opens, room.person) is not None
        with pytest.raises(psycopg.errors.LockNotAvailable):
            async with room.pool.connection() as opens_too:
                await waits_for_nobody(opens_too)
                await store.lock_main(opens_too, room.person)
