"""Passkeys: made and used for this host alone, each answer once, and nobody's but their owner's."""

from __future__ import annotations

import asyncio
import copy
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from cse.accounts.attempts import PASSKEY_PER_PERSON
from cse.accounts.factors.passkey_store import PASSKEYS_MAX
from cse.accounts.models import SignIn, SignInCode, StepUpProof, Tokens, Visit
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.authenticator import USER_PRESENT, SoftAuthenticator, text
from tests.integration.accounts.conftest import EMAIL, HOME, ORIGIN, PASSWORD, Room
from tests.postgres import Database

AWAY = Visit("198.51.100.1")


def authenticator(**claims: Any) -> SoftAuthenticator:
    return SoftAuthenticator(**{"origin": ORIGIN, "host": "exchange.example"} | claims)


async def add(room: Room, caller: Caller, device: SoftAuthenticator) -> list[str]:
    """Adds a passkey; the recovery codes that come with it."""
    options = await room.passkeys.begin_registration(caller)
    return (await room.passkeys.register(caller, device.make(options), "phone")).recovery_codes


async def enter(room: Room, answer: dict[str, Any]) -> Tokens:
    return await room.accounts.sign_in_by_passkey(answer, AWAY)


async def refusal(work: Any) -> str | None:
    """With which code it is refused; None if it is not."""
    try:
        await work
    except CodedError as error:
        return error.code.name
    return None


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def test_a_passkey_signs_in_without_name_or_password(room: Room, caller: Caller) -> None:
    device = authenticator()
    codes = await add(room, caller, device)
    assert len(codes) == 10
    tokens = await enter(room, device.sign(await room.passkeys.begin_sign_in(HOME)))
    assert room.caller(tokens).person == room.person
    (passkey,) = await room.passkeys.all(caller)
    assert (passkey.name, passkey.backed_up) == ("phone", False)
    assert passkey.last_used_at is not None
    # A second one brings no new codes.
    assert await add(room, caller, authenticator()) == []


async def test_with_a_passkey_the_password_alone_is_not_enough(room: Room, caller: Caller) -> None:
    codes = await add(room, caller, authenticator())
    with pytest.raises(CodedError) as caught:
        await room.accounts.sign_in(SignIn(EMAIL, PASSWORD), AWAY)
    assert caught.value.details["methods"] == "passkey recovery_code"
    step = SignInCode(str(caught.value.details["challenge"]), codes[0])
    assert room.caller(await room.accounts.sign_in_with_code(step, AWAY)).person == room.person


CHANGES: dict[str, Callable[[SoftAuthenticator], object]] = {
    "a page of another origin": lambda device: setattr(device, "origin", "https://evil.example"),
    "a page of a subdomain": lambda device: setattr(device, "origin", "https://a.exchange.example"),
    "the same host without TLS": lambda device: setattr(device, "origin", "http://exchange.example"),
    "a key for another host": lambda device: setattr(device, "host", "evil.example"),
    "nobody verified": lambda device: setattr(device, "flags", USER_PRESENT),
    "nobody there": lambda device: setattr(device, "flags", 0),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES.keys())
async def test_what_was_not_asked_for_here_is_refused(
    room: Room, caller: Caller, change: Callable[[SoftAuthenticator], object]
) -> None:
    device, other = authenticator(), authenticator()
    await add(room, caller, device)
    change(device)
    change(other)
    answer = device.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"
    assert await refusal(add(room, caller, other)) == "passkey_refused"


async def test_a_key_of_somebody_else_is_refused(room: Room, caller: Caller) -> None:
    device = authenticator()
    await add(room, caller, device)
    forged = copy.copy(device)
    forged.key = ec.generate_private_key(ec.SECP256R1())
    answer = forged.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"
    stranger = authenticator(user_handle=room.person.bytes)
    answer = stranger.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"
    device.user_handle = b"\1" * 16
    answer = device.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"


async def test_an_answer_is_good_once_and_only_for_what_it_was_asked_for(
    room: Room, caller: Caller, database: Database
) -> None:
    device = authenticator()
    await add(room, caller, device)
    answer = device.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) is None
    assert await refusal(enter(room, answer)) == "passkey_refused"
    # What was signed for a step up signs nobody in, and the other way round.
    for_step_up = device.sign(await room.passkeys.begin_step_up(caller))
    assert await refusal(enter(room, for_step_up)) == "passkey_refused"
    for_sign_in = StepUpProof(passkey=device.sign(await room.passkeys.begin_sign_in(HOME)))
    assert await refusal(room.step_up.take(caller, for_sign_in, HOME)) == "passkey_refused"
    # Nor is what was signed to add a passkey a step up, in the same session.
    for_adding = StepUpProof(passkey=device.sign(await room.passkeys.begin_registration(caller)))
    assert await refusal(room.step_up.take(caller, for_adding, HOME)) == "passkey_refused"
    asked = await room.passkeys.begin_registration(caller) | await room.passkeys.begin_step_up(caller)
    other = authenticator().make(asked)
    assert await refusal(room.passkeys.register(caller, other, "phone")) == "passkey_refused"
    late = device.sign(await room.passkeys.begin_sign_in(HOME))
    database.change("UPDATE accounts.passkey_challenges SET expires_at = now()")
    assert await refusal(enter(room, late)) == "passkey_refused"
    invented = device.sign({"challenge": text(b"x" * 32)})
    assert await refusal(enter(room, invented)) == "passkey_refused"


async def test_of_many_at_once_with_one_answer_one_gets_in(room: Room, caller: Caller) -> None:
    device = authenticator()
    await add(room, caller, device)
    answer = device.sign(await room.passkeys.begin_sign_in(HOME))
    found = await asyncio.gather(*[refusal(enter(room, answer)) for _ in range(6)])
    assert sorted(found, key=str) == [None, *["passkey_refused"] * 5]


async def test_a_copy_that_counts_apart_is_noticed(room: Room, caller: Caller) -> None:
    device = authenticator(sign_count=5)
    await add(room, caller, device)
    copied = copy.copy(device)
    for _ in range(2):
        answer = device.sign(await room.passkeys.begin_sign_in(HOME))
        assert await refusal(enter(room, answer)) is None
    answer = copied.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"


async def test_a_step_up_by_ones_own_passkey_in_ones_own_session(
    room: Room, caller: Caller, database: Database
) -> None:
    device = authenticator()
    await add(room, caller, device)
    eve = await room.add_person("eve@example.com", 8)
    eves = room.caller(await room.sign_in(email="eve@example.com"))
    assert eves.person == eve
    database.change("UPDATE accounts.sessions SET verified_at = now() - interval '5 minutes'")
    with pytest.raises(CodedError) as caught:
        await room.step_up.require(caller)
    assert caught.value.details["methods"] == "passkey recovery_code"
    stolen = StepUpProof(passkey=device.sign(await room.passkeys.begin_step_up(caller)))
    assert await refusal(room.step_up.take(eves, stolen, HOME)) == "passkey_refused"
    lent = StepUpProof(passkey=device.sign(await room.passkeys.begin_step_up(eves)))
    assert await refusal(room.step_up.take(eves, lent, HOME)) == "passkey_refused"
    # Of the same person, for another of their sessions.
    elsewhere = room.caller(await enter(room, device.sign(await room.passkeys.begin_sign_in(AWAY.address))))
    assert (elsewhere.person, elsewhere.session != caller.session) == (caller.person, True)
    moved = StepUpProof(passkey=device.sign(await room.passkeys.begin_step_up(elsewhere)))
    assert await refusal(room.step_up.take(caller, moved, HOME)) == "passkey_refused"
    own = StepUpProof(passkey=device.sign(await room.passkeys.begin_step_up(caller)))
    assert await refusal(room.step_up.take(caller, own, HOME)) is None
    assert await refusal(room.step_up.require(caller)) is None
    assert await refusal(room.step_up.require(eves)) == "step_up_required"


async def test_a_passkey_is_named_and_removed_by_its_person_alone(room: Room, caller: Caller) -> None:
    first, second = authenticator(), authenticator()
    await add(room, caller, first)
    await add(room, caller, second)
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    for passkey in (text(first.id), "", "?", text(b"x")):
        assert await refusal(room.passkeys.remove(eve, passkey)) == "not_found"
        assert await refusal(room.passkeys.rename(eve, passkey, "mine")) == "not_found"
    await room.passkeys.rename(caller, text(first.id), " my  key ")
    assert [passkey.name for passkey in await room.passkeys.all(caller)] == ["my key", "phone"]
    await room.passkeys.remove(caller, text(first.id))
    answer = first.sign(await room.passkeys.begin_sign_in(HOME))
    assert await refusal(enter(room, answer)) == "passkey_refused"
    with pytest.raises(CodedError, match="second_factor_required"):
        await room.sign_in()
    # With the last one go the recovery codes: the password is enough again.
    await room.passkeys.remove(caller, text(second.id))
    await room.sign_in()
    security = await room.second_factor.security(caller, [])
    assert (security.recovery_codes_left, security.methods) == (0, ["password"])


async def test_nobody_has_more_than_so_many_or_one_twice(room: Room, caller: Caller) -> None:
    device = authenticator()
    await add(room, caller, device)
    assert await refusal(add(room, caller, device)) == "passkey_refused"
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    assert await refusal(add(room, eve, device)) == "passkey_refused"
    for _ in range(PASSKEYS_MAX - 3):
        await add(room, caller, authenticator())
    found = await asyncio.gather(*[refusal(add(room, caller, authenticator())) for _ in range(4)])
    assert sorted(found, key=str) == [None, None, "passkey_limit", "passkey_limit"]


async def test_of_several_first_ones_at_once_one_brings_recovery_codes_and_they_open(
    room: Room, caller: Caller
) -> None:
    given = await asyncio.gather(*[add(room, caller, authenticator()) for _ in range(6)])
    (codes,) = [one for one in given if one]
    with pytest.raises(CodedError) as caught:
        await room.accounts.sign_in(SignIn(EMAIL, PASSWORD), AWAY)
    step = SignInCode(str(caught.value.details["challenge"]), codes[0])
    assert room.caller(await room.accounts.sign_in_with_code(step, AWAY)).person == room.person


async def test_a_person_asks_for_so_many_challenges_and_no_more(room: Room, caller: Caller) -> None:
    for _ in range(PASSKEY_PER_PERSON.tries // 2):
        await room.passkeys.begin_registration(caller)
        await room.passkeys.begin_step_up(caller)
    assert await refusal(room.passkeys.begin_registration(caller)) == "too_many_attempts"
    assert await refusal(room.passkeys.begin_step_up(caller)) == "too_many_attempts"
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    assert await refusal(room.passkeys.begin_step_up(eve)) is None


@pytest.mark.parametrize(
    "change",
    [
        {},
        {"response": None},
        {"response": {"clientDataJSON": "!"}},
        {"response": {"clientDataJSON": text(b"[]")}},
        {"rawId": 7},
        {"id": "other"},
        {"type": "password"},
    ],
    ids=str,
)
async def test_what_is_no_answer_at_all_is_refused(
    room: Room, caller: Caller, change: dict[str, Any]
) -> None:
    device = authenticator()
    await add(room, caller, device)
    answer = device.sign(await room.passkeys.begin_sign_in(HOME)) | change if change else {}
    assert await refusal(enter(room, answer)) == "passkey_refused"
    assert await refusal(room.passkeys.register(caller, answer, "x")) == "passkey_refused"
