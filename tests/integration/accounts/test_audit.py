"""What is refused, and what happens without anybody's request, stands in the audit log too, and is bounded."""

from __future__ import annotations

from collections.abc import Awaitable
from typing import Any

import pytest

from cse.accounts import attempts
from cse.accounts.attempts import PASSKEY_REFUSED, SIGN_IN_PER_ACCOUNT, SIGN_IN_PER_ACCOUNT_AT_ADDRESS
from cse.accounts.models import SignIn, SignInCode, StepUpProof, Visit
from cse.domain.errors import CodedError
from tests.integration.accounts.conftest import EMAIL, FROM_HOME, HOME, PASSWORD, Room
from tests.postgres import Database

pytestmark = pytest.mark.slow

NO_PASSKEY = {"rawId": "AAAA", "response": {"clientDataJSON": "AAAA"}}


async def refused(work: Awaitable[object]) -> str:
    with pytest.raises(CodedError) as caught:
        await work
    return caught.value.code.name


def events(database: Database, *columns: str) -> list[tuple[Any, ...]]:
    return database.rows(f"SELECT {', '.join(columns)} FROM audit.events ORDER BY id")


async def test_wrong_passwords_are_recorded_up_to_their_limit_and_then_the_limit_once(
    room: Room, database: Database
) -> None:
    await room.sign_in()
    for _ in range(SIGN_IN_PER_ACCOUNT_AT_ADDRESS.tries + 3):
        await refused(room.accounts.sign_in(SignIn(EMAIL, "another pass phrase"), FROM_HOME))
    found = events(database, "act", "refused", "details ->> 'limit'", "person")
    assert found == [
        ("session.begun", "", None, room.person),
        *[("session.begun", "wrong_credentials", None, room.person)] * SIGN_IN_PER_ACCOUNT_AT_ADDRESS.tries,
        ("limit.reached", "", SIGN_IN_PER_ACCOUNT.scope, room.person),
        ("limit.reached", "", SIGN_IN_PER_ACCOUNT_AT_ADDRESS.scope, room.person),
    ]


async def test_an_unknown_email_is_recorded_like_a_known_one_and_not_kept(
    room: Room, database: Database
) -> None:
    for email in (EMAIL, "nobody@example.com"):
        await refused(room.accounts.sign_in(SignIn(email, "another pass phrase"), FROM_HOME))
    known, unknown = events(database, "act", "actor", "refused", "target", "details")
    assert known == unknown
    assert events(database, "person") == [(room.person,), (None,)]


async def test_a_challenge_that_nobody_gave_is_no_event(room: Room, database: Database) -> None:
    code = SignInCode("made up", "123456")
    assert await refused(room.accounts.sign_in_with_code(code, FROM_HOME)) == "challenge_ended"
    assert events(database, "act") == []


async def test_a_step_up_that_fails_says_for_which_session(room: Room, database: Database) -> None:
    caller = room.caller(await room.sign_in())
    await refused(room.step_up.take(caller, StepUpProof(password="another pass phrase"), HOME))
    await room.step_up.take(caller, StepUpProof(password=PASSWORD), HOME)
    assert events(database, "act", "refused", "actor", "session::text")[1:] == [
        ("step_up.taken", "wrong_credentials", "person", caller.session),
        ("step_up.taken", "", "person", caller.session),
    ]


async def test_forged_passkeys_are_refused_and_recorded_so_often_and_no_more(
    room: Room, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attempts, "PASSKEY_REFUSED", PASSKEY_REFUSED._replace(tries=3))
    said = [await refused(room.accounts.sign_in_by_passkey(NO_PASSKEY, FROM_HOME)) for _ in range(6)]
    assert said == ["passkey_refused"] * 3 + ["too_many_attempts"] * 3
    assert events(database, "act", "refused") == [
        *[("session.begun", "passkey_refused")] * 3,
        ("limit.reached", ""),
    ]


async def test_a_sign_in_that_moves_or_is_stolen_is_recorded_and_one_that_goes_on_is_not(
    room: Room, database: Database
) -> None:
    first = await room.sign_in()
    second = await room.accounts.refresh(first.refresh_token, HOME)
    third = await room.accounts.refresh(second.refresh_token, "198.51.100.7")
    await room.accounts.refresh(third.refresh_token, "198.51.100.7")
    assert await refused(room.accounts.refresh(first.refresh_token, HOME)) == "refresh_token_invalid"
    session = room.caller(await room.sign_in(Visit("198.51.100.9"))).session
    assert events(database, "act", "actor", "details ->> 'reason'") == [
        ("session.begun", "person", None),
        ("session.moved", "person", None),
        ("session.ended", "visitor", "refresh token reused"),
        ("session.begun", "person", None),
    ]
    assert events(database, "target")[-1] == (session,)
