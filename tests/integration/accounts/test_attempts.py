"""Tries at signing in are limited, and no stranger keeps an owner out."""

from __future__ import annotations

import asyncio

import pytest

from cse.accounts.attempts import SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_ADDRESS
from cse.accounts.models import SignIn, Visit
from cse.accounts.service import Accounts
from cse.domain import codes
from cse.domain.errors import CodedError
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Room
from tests.postgres import Database


@pytest.fixture
async def accounts(room: Room) -> Accounts:
    """A room whose person has signed in from `HOME`."""
    await room.sign_in()
    return room.accounts


async def code_of(accounts: Accounts, address: str, password: str = "wrong", email: str = EMAIL) -> str:
    try:
        await accounts.sign_in(SignIn(email, password), Visit(address))
    except CodedError as error:
        return error.code.name
    return "signed in"


async def test_many_addresses_share_the_limit_of_the_account_and_the_owner_still_gets_in(
    accounts: Accounts,
) -> None:
    found = [await code_of(accounts, f"198.51.100.{n}") for n in range(SIGN_IN_PER_ACCOUNT.tries + 3)]
    assert found == ["wrong_credentials"] * SIGN_IN_PER_ACCOUNT.tries + ["too_many_attempts"] * 3
    # Not even with the right password, from where the owner has never been ...
    assert await code_of(accounts, "198.51.100.99", PASSWORD) == "too_many_attempts"
    # ... but from home, whatever the strangers do.
    assert await code_of(accounts, HOME, PASSWORD) == "signed in"


async def test_one_address_is_limited_over_all_accounts(accounts: Accounts) -> None:
    found = {
        await code_of(accounts, "198.51.100.1", email=f"person-{n}@example.com")
        for n in range(SIGN_IN_PER_ADDRESS.tries)
    }
    assert found == {"wrong_credentials"}
    assert await code_of(accounts, "198.51.100.1", email="one-more@example.com") == "too_many_attempts"


async def test_right_passwords_use_up_no_tries(accounts: Accounts) -> None:
    for _ in range(SIGN_IN_PER_ACCOUNT.tries + 3):
        assert await code_of(accounts, HOME, PASSWORD) == "signed in"


async def test_what_nobody_had_time_to_look_at_was_no_try(
    accounts: Accounts, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def busy(*_: object) -> str:
        raise CodedError(codes.OVERLOADED)

    with monkeypatch.context() as patched:
        patched.setattr(room.passwords, "hash", busy)
        for _ in range(SIGN_IN_PER_ACCOUNT.tries + 3):
            assert await code_of(accounts, "198.51.100.1") == "overloaded"
    assert await code_of(accounts, "198.51.100.1", PASSWORD) == "signed in"


async def test_many_sign_ins_of_one_person_at_once_wait_for_no_other(accounts: Accounts) -> None:
    """None is lost to a deadlock of PostgreSQL's, in whichever order they count and uncount."""
    for _ in range(5):
        said = await asyncio.gather(*(code_of(accounts, HOME, PASSWORD) for _ in range(8)))
        assert said == ["signed in"] * 8


async def test_a_window_ends(accounts: Accounts, database: Database) -> None:
    for _ in range(SIGN_IN_PER_ACCOUNT.tries + 1):
        await code_of(accounts, "198.51.100.1")
    assert await code_of(accounts, "198.51.100.1", PASSWORD) == "too_many_attempts"
    database.change("UPDATE accounts.attempts SET ends_at = now()")
    assert await code_of(accounts, "198.51.100.1", PASSWORD) == "signed in"


async def test_a_refresh_token_is_good_for_ten_seconds_after_its_successor(
    accounts: Accounts, database: Database
) -> None:
    first = (await accounts.sign_in(SignIn(EMAIL, PASSWORD), Visit(HOME))).refresh_token
    second = (await accounts.refresh(first, HOME)).refresh_token
    assert (await accounts.refresh(first, HOME)).refresh_token == second
    database.change("UPDATE accounts.sessions SET rotated_at = now() - interval '11 seconds'")
    for token in (first, second):
        with pytest.raises(CodedError) as caught:
            await accounts.refresh(token, HOME)
        assert caught.value.code.name == "refresh_token_invalid"
    reasons = database.rows("SELECT end_reason FROM accounts.sessions WHERE ended_at IS NOT NULL")
    assert reasons == [("refresh token reused",)]


def test_a_room_sees_its_own_schema_alone(database: Database) -> None:
    with database.connect("cse_faucet") as connection:
        with pytest.raises(Exception, match="permission denied for schema accounts"):
            connection.execute("SELECT 1 FROM accounts.persons")
    with database.connect("cse_accounts") as connection:
        with pytest.raises(Exception, match="permission denied for schema faucet"):
            connection.execute("SELECT 1 FROM faucet.daily_totals")
