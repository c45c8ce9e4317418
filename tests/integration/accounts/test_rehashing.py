"""Parameters of Argon2id that are made stronger: at a sign-in, and never beneath a hash that is on its way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from argon2 import PasswordHasher, extract_parameters

from cse.accounts import store
from cse.accounts.passwords.credentials import Credentials
from cse.accounts.passwords.hashing import Passwords
from cse.runtime.identity import new_uuid
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Room
from tests.postgres import Database

STRONGER = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
OTHERS = "another long pass phrase"


@pytest.fixture
def stronger(room: Room) -> Iterator[Credentials]:
    """What looks passwords up after the parameters have been made stronger."""
    passwords = Passwords(STRONGER)
    yield Credentials(room.pool, passwords)
    passwords.close()


def pass_days(database: Database, days: int) -> None:
    database.change("UPDATE accounts.password_salts SET kept_at = kept_at - %s * interval '1 day'", days)


def times(database: Database) -> list[int]:
    hashes = database.rows("SELECT password_hash FROM accounts.persons ORDER BY id")
    return [extract_parameters(password_hash).time_cost for (password_hash,) in hashes]


@pytest.mark.parametrize(("days", "expected"), [(8, 2), (6, 1)])
async def test_a_sign_in_makes_a_hash_stronger_that_none_on_its_way_begins_like(
    room: Room, database: Database, stronger: Credentials, days: int, expected: int
) -> None:
    pass_days(database, days)
    for _ in range(2):
        assert (await stronger.check(EMAIL, PASSWORD, HOME)).id == room.person
    assert times(database) == [expected]
    events = database.rows("SELECT 1 FROM audit.events WHERE act = 'password.rehashed'")
    assert len(events) == expected - 1


async def test_who_signs_up_beside_it_can_sign_in(
    room: Room, database: Database, stronger: Credentials
) -> None:
    pass_days(database, 8)
    async with room.pool.connection() as connection:
        start = await store.keep_hash_start(connection, EMAIL, room.passwords.new_start())
    password_hash = await room.passwords.hash(OTHERS, start)
    await stronger.check(EMAIL, PASSWORD, HOME)
    person = new_uuid()
    async with room.pool.connection() as connection:
        await store.add_person(connection, person, EMAIL, "Bob", password_hash)
    assert (await stronger.check(EMAIL, OTHERS, HOME)).id == person
    assert (await stronger.check(EMAIL, PASSWORD, HOME)).id == room.person
    assert times(database) == [1, 1]
