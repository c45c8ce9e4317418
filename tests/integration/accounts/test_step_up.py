"""Steps up: what they ask of whom, and how long one counts."""

from __future__ import annotations

import pyotp
import pytest

from cse.accounts.attempts import SIGN_IN_PER_ACCOUNT_AT_ADDRESS
from cse.accounts.models import StepUpProof
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import HOME, PASSWORD, Room
from tests.postgres import Database

LONG_AGO = "UPDATE accounts.sessions SET verified_at = now() - interval '5 minutes'"


async def asked(room: Room, caller: Caller) -> list[str] | None:
    """By what the caller has to show that it is them; None if that is not asked for."""
    try:
        await room.step_up.require(caller)
    except CodedError as error:
        assert error.code.name == "step_up_required"
        return str(error.details["methods"]).split()
    return None


async def outcome(room: Room, caller: Caller, *, code: str | None = None, password: str | None = None) -> str:
    try:
        await room.step_up.take(caller, StepUpProof(code, password), HOME)
    except CodedError as error:
        return error.code.name
    return "taken"


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def enrol(room: Room, caller: Caller) -> tuple[pyotp.TOTP, list[str]]:
    app = pyotp.TOTP((await room.second_factor.begin_totp(caller)).secret)
    codes = await room.second_factor.confirm_totp(caller, app.at(int(room.clock.now_s)), HOME)
    room.clock.now_s += 30
    return app, codes.codes


async def test_a_sign_in_counts_for_five_minutes(room: Room, caller: Caller, database: Database) -> None:
    assert await asked(room, caller) is None
    database.change(LONG_AGO)
    assert await asked(room, caller) == ["password"]
    assert await outcome(room, caller, password=PASSWORD) == "taken"
    assert await asked(room, caller) is None


async def test_a_step_up_is_that_of_one_session(room: Room, caller: Caller, database: Database) -> None:
    other = room.caller(await room.sign_in())
    database.change(LONG_AGO)
    await outcome(room, caller, password=PASSWORD)
    assert await asked(room, caller) is None
    assert await asked(room, other) == ["password"]


async def test_who_has_an_authenticator_shows_it(room: Room, caller: Caller, database: Database) -> None:
    password_only = room.caller(await room.sign_in())
    app, codes = await enrol(room, caller)
    assert await asked(room, caller) is None
    # Signed in a moment ago, but without the factor.
    assert await asked(room, password_only) == ["totp", "recovery_code"]
    assert await outcome(room, password_only, password=PASSWORD) == "missing_field"
    code = app.at(int(room.clock.now_s))
    assert await outcome(room, password_only, code=code) == "taken"
    assert await asked(room, password_only) is None
    database.change(LONG_AGO)
    assert await outcome(room, caller, code=code) == "wrong_code"
    assert await asked(room, caller) == ["totp", "recovery_code"]
    assert await outcome(room, caller, code=codes[0]) == "taken"
    assert await asked(room, caller) is None


async def test_a_session_that_has_ended_has_shown_nothing(room: Room, caller: Caller) -> None:
    other = room.caller(await room.sign_in())
    await room.sessions.end(caller, other.session)
    assert await asked(room, other) == ["password"]


async def test_passwords_cannot_be_tried_on_and_on_by_a_stolen_session(
    room: Room, caller: Caller, database: Database
) -> None:
    database.change(LONG_AGO)
    tries = SIGN_IN_PER_ACCOUNT_AT_ADDRESS.tries
    found = [await outcome(room, caller, password="wrong") for _ in range(tries + 1)]
    assert found == ["wrong_credentials"] * tries + ["too_many_attempts"]
    assert await outcome(room, caller, password=PASSWORD) == "too_many_attempts"
    assert await asked(room, caller) == ["password"]
