"""Choosing another password while signed in: for who knows the one there is, and nobody else goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from uuid import UUID

import pytest

from cse.accounts import attempts, store
from cse.accounts.models import EmailChange, PasswordChange, PasswordReset, PasswordResetRequest
from cse.accounts.sessions import store as session_store
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Room
from tests.integration.accounts.test_password_reset import token_of
from tests.postgres import Database

NEW = "another long pass phrase"


async def outcome(work: Awaitable[object]) -> str:
    try:
        await work
    except CodedError as error:
        return error.code.name
    return "done"


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


def change(room: Room, caller: Caller, password: str = NEW, current: str = PASSWORD) -> Awaitable[None]:
    return room.password_changes.change(caller, PasswordChange(current, password), HOME)


async def test_it_ends_all_other_sessions_and_is_told_by_mail(
    room: Room, caller: Caller, database: Database
) -> None:
    phone = await room.sign_in()
    await change(room, caller)
    assert [session.id for session in await room.sessions.live(caller)] == [caller.session]
    assert await outcome(room.accounts.refresh(phone.refresh_token, HOME)) == "refresh_token_invalid"
    with pytest.raises(CodedError):
        room.caller(phone)
    assert await outcome(room.sign_in()) == "wrong_credentials"
    assert await outcome(room.sign_in(password=NEW)) == "done"
    (mail,) = await room.mails()
    assert mail.recipient == EMAIL
    assert "knew the one before" in mail.text
    assert HOME in mail.text
    assert (await room.second_factor.security(caller, [])).credentials_changed_at is not None
    acts = database.rows("SELECT act, actor_name FROM audit.events WHERE act LIKE 'password.c%%'")
    assert acts == [("password.changed", str(room.person))]


async def test_it_takes_the_password_there_is_and_one_that_is_good_and_another(
    room: Room, caller: Caller
) -> None:
    assert await outcome(change(room, caller, current="not the pass phrase")) == "wrong_credentials"
    # A guess at the password is not answered by what is said of the new one.
    assert await outcome(change(room, caller, "short", "not the pass phrase")) == "wrong_credentials"
    assert await outcome(change(room, caller, "short")) == "weak_password"
    assert await outcome(change(room, caller, "correcthorsebatterystaple")) == "breached_password"
    assert await outcome(change(room, caller, PASSWORD)) == "invalid_field"
    assert await room.mails() == []
    assert await outcome(room.sign_in()) == "done"


async def test_guesses_at_it_are_counted_as_those_of_a_sign_in(room: Room, caller: Caller) -> None:
    for _ in range(attempts.SIGN_IN_PER_ACCOUNT.tries):
        assert await outcome(change(room, caller, current="not the pass phrase")) == "wrong_credentials"
    assert await outcome(change(room, caller)) == "too_many_attempts"
    assert await outcome(room.sign_in()) == "too_many_attempts"


async def test_of_two_changes_at_the_same_moment_one_is_made(room: Room, caller: Caller) -> None:
    other = room.caller(await room.sign_in())
    said = await asyncio.gather(
        outcome(change(room, caller, NEW + " 1")), outcome(change(room, other, NEW + " 2"))
    )
    assert sorted(said) == ["done", "wrong_credentials"]
    assert len(await room.mails()) == 1


async def test_a_session_that_ended_meanwhile_or_a_frozen_person_changes_nothing(
    room: Room, caller: Caller
) -> None:
    async with room.pool.connection() as connection:
        await session_store.end_session(connection, UUID(caller.session), "signed out")
    assert await outcome(change(room, caller)) == "session_ended"
    again = room.caller(await room.sign_in())
    async with room.pool.connection() as connection:
        await store.set_frozen(connection, room.person, "asked by the bank")
    assert await outcome(change(room, again)) == "wrong_credentials"
    async with room.pool.connection() as connection:
        await store.set_frozen(connection, room.person, None)
    assert await outcome(room.sign_in()) == "done"


async def test_what_was_asked_with_the_password_before_comes_to_nothing(room: Room, caller: Caller) -> None:
    await room.resets.request(PasswordResetRequest(EMAIL), HOME)
    (mail,) = await room.mails()
    await room.changes.ask(caller, EmailChange("ada@lovelace.example", PASSWORD), HOME)
    await room.mails()
    await change(room, caller)
    assert await outcome(room.resets.complete(PasswordReset(token_of(mail), PASSWORD), HOME)) == "link_ended"
    assert (await room.verifications.email(caller)).wanted is None


async def test_nobody_is_told_at_an_e_mail_that_is_only_claimed(room: Room) -> None:
    await room.add_person("eve@example.com", 8, verified=False)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    await change(room, eve)
    assert await room.mails() == []
