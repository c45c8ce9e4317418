"""A second factor: codes are taken once and after few tries, and nobody is kept out by a stranger."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pyotp
import pytest

from cse.accounts.attempts import CODE_PER_ACCOUNT, CODE_PER_ACCOUNT_A_DAY
from cse.accounts.factors import factor_store
from cse.accounts.factors.factor_store import CHALLENGE_TRIES_MAX
from cse.accounts.models import SignIn, SignInCode, Tokens, Visit
from cse.domain.errors import CodedError
from cse.runtime.encryption import SealBroken
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Clock, Room
from tests.postgres import Database

AWAY = Visit("198.51.100.1")


@dataclass
class Authenticator:
    """An app on somebody's phone."""

    secret: str
    clock: Clock

    def code(self) -> str:
        """The code that it shows now."""
        return pyotp.TOTP(self.secret).at(int(self.clock.now_s))

    def next_code(self) -> str:
        """The first code of half a minute later, which then is now."""
        self.clock.now_s += 30
        return self.code()

    def wrong_code(self) -> str:
        """A code that is right at no time near."""
        near = {pyotp.TOTP(self.secret).at(int(self.clock.now_s) + late_s) for late_s in range(-60, 61, 30)}
        return next(
            code for code in ("000000", "111111", "222222", "333333", "444444", "555555") if code not in near
        )


@dataclass
class Guarded:
    """The room's person, who has an authenticator and recovery codes."""

    room: Room
    caller: Caller
    authenticator: Authenticator
    codes: list[str]

    async def challenge(self, visit: Visit = AWAY) -> str:
        """The first step of a sign-in."""
        with pytest.raises(CodedError) as caught:
            await self.room.accounts.sign_in(SignIn(EMAIL, PASSWORD), visit)
        assert caught.value.code.name == "second_factor_required"
        return str(caught.value.details["challenge"])

    async def enter(self, challenge: str, code: str, visit: Visit = AWAY) -> Tokens:
        """The second step."""
        return await self.room.accounts.sign_in_with_code(SignInCode(challenge, code), visit)

    async def outcome(self, challenge: str, code: str, visit: Visit = AWAY) -> str:
        """What the second step comes to."""
        try:
            await self.enter(challenge, code, visit)
        except CodedError as error:
            return error.code.name
        return "signed in"


@pytest.fixture
async def guarded(room: Room) -> Guarded:
    caller = room.caller(await room.sign_in())
    authenticator = Authenticator((await room.second_factor.begin_totp(caller)).secret, room.clock)
    codes = (await room.second_factor.confirm_totp(caller, authenticator.code(), HOME)).codes
    return Guarded(room, caller, authenticator, codes)


async def test_a_right_password_is_half_of_a_sign_in(guarded: Guarded) -> None:
    challenge = await guarded.challenge()
    assert len(await guarded.room.sessions.live(guarded.caller)) == 1
    tokens = await guarded.enter(challenge, guarded.authenticator.next_code())
    assert guarded.room.caller(tokens).person == guarded.room.person
    assert len(await guarded.room.sessions.live(guarded.caller)) == 2


async def test_an_authenticator_counts_once_it_has_shown_a_code(room: Room, database: Database) -> None:
    caller = room.caller(await room.sign_in())
    first = Authenticator((await room.second_factor.begin_totp(caller)).secret, room.clock)
    await room.sign_in()
    second = Authenticator((await room.second_factor.begin_totp(caller)).secret, room.clock)
    for code in (first.code(), second.wrong_code()):
        with pytest.raises(CodedError, match="wrong_code"):
            await room.second_factor.confirm_totp(caller, code, HOME)
    database.change("UPDATE accounts.totp SET created_at = now() - interval '15 minutes'")
    with pytest.raises(CodedError, match="second_factor_missing"):
        await room.second_factor.confirm_totp(caller, second.code(), HOME)
    await room.sign_in()
    third = Authenticator((await room.second_factor.begin_totp(caller)).secret, room.clock)
    await room.second_factor.confirm_totp(caller, third.code(), HOME)
    with pytest.raises(CodedError, match="second_factor_exists"):
        await room.second_factor.begin_totp(caller)
    with pytest.raises(CodedError, match="second_factor_required"):
        await room.sign_in()


async def test_a_code_is_taken_once(guarded: Guarded) -> None:
    code = guarded.authenticator.next_code()
    assert await guarded.outcome(await guarded.challenge(), code) == "signed in"
    # Seen over a shoulder, it is worth nothing; nor is the one before, which was never used.
    assert await guarded.outcome(await guarded.challenge(), code) == "wrong_code"
    before = pyotp.TOTP(guarded.authenticator.secret).at(int(guarded.room.clock.now_s) - 30)
    assert await guarded.outcome(await guarded.challenge(), before) == "wrong_code"


@pytest.mark.parametrize("shared", [True, False], ids=["one challenge", "a challenge each"])
@pytest.mark.parametrize("kind", ["totp", "recovery code"])
async def test_of_many_at_once_with_one_code_one_gets_in(guarded: Guarded, kind: str, shared: bool) -> None:
    code = guarded.authenticator.next_code() if kind == "totp" else guarded.codes[0]
    challenges = [await guarded.challenge() for _ in range(4)]
    if shared:
        challenges = challenges[:1] * 4
    found = await asyncio.gather(*[guarded.outcome(challenge, code) for challenge in challenges])
    assert found.count("signed in") == 1
    assert set(found) <= {"signed in", "wrong_code", "challenge_ended"}


async def test_a_step_is_taken_once_also_by_who_looked_before_it_was(guarded: Guarded) -> None:
    """What many at once come to, without leaving to chance who looks when."""
    pool, person = guarded.room.pool, guarded.room.person
    async with pool.connection() as connection:
        assert await factor_store.take_step(connection, person, 2**40)
    async with pool.connection() as connection:
        assert not await factor_store.take_step(connection, person, 2**40)
        assert not await factor_store.take_step(connection, person, 2**40 - 1)
        assert await factor_store.take_step(connection, person, 2**40 + 1)


async def test_a_recovery_code_opens_once_and_new_codes_end_the_old(guarded: Guarded) -> None:
    first, second, *_ = guarded.codes
    assert await guarded.outcome(await guarded.challenge(), first.upper()) == "signed in"
    assert await guarded.outcome(await guarded.challenge(), first) == "wrong_code"
    assert (await guarded.room.second_factor.security(guarded.caller, [])).recovery_codes_left == 9
    renewed = (await guarded.room.second_factor.renew_codes(guarded.caller)).codes
    assert await guarded.outcome(await guarded.challenge(), second) == "wrong_code"
    assert await guarded.outcome(await guarded.challenge(), renewed[0]) == "signed in"


async def test_a_challenge_bears_few_tries_a_short_time_and_one_success(
    guarded: Guarded, database: Database
) -> None:
    challenge = await guarded.challenge(Visit(HOME))
    wrong = guarded.authenticator.wrong_code()
    found = [await guarded.outcome(challenge, wrong, Visit(HOME)) for _ in range(CHALLENGE_TRIES_MAX)]
    assert set(found) == {"wrong_code"}
    right = guarded.codes[0]
    assert await guarded.outcome(challenge, right, Visit(HOME)) == "challenge_ended"
    old = await guarded.challenge()
    database.change("UPDATE accounts.sign_in_challenges SET expires_at = now()")
    assert await guarded.outcome(old, right) == "challenge_ended"
    good = await guarded.challenge()
    assert await guarded.outcome(good, right) == "signed in"
    assert await guarded.outcome(good, guarded.codes[1]) == "challenge_ended"
    assert await guarded.outcome("no challenge", guarded.codes[1]) == "challenge_ended"


async def test_who_has_the_password_cannot_try_codes_on_and_on(guarded: Guarded, database: Database) -> None:
    wrong = guarded.authenticator.wrong_code()

    async def tries(number: int) -> list[str]:
        visits = [Visit(f"198.51.100.{n}") for n in range(number)]
        return [await guarded.outcome(await guarded.challenge(visit), wrong, visit) for visit in visits]

    limit = CODE_PER_ACCOUNT.tries
    assert await tries(limit + 2) == ["wrong_code"] * limit + ["too_many_attempts"] * 2
    windows = CODE_PER_ACCOUNT_A_DAY.tries // limit
    for _ in range(windows - 1):
        database.change("UPDATE accounts.attempts SET ends_at = now() WHERE scope = 'code account'")
        assert await tries(limit) == ["wrong_code"] * limit
    database.change("UPDATE accounts.attempts SET ends_at = now() WHERE scope = 'code account'")
    assert await tries(1) == ["too_many_attempts"]
    # A right code is no way around it; the owner gets in from home, and from anywhere by a recovery code.
    code = guarded.authenticator.next_code()
    assert await guarded.outcome(await guarded.challenge(), code) == "too_many_attempts"
    home = Visit(HOME)
    assert await guarded.outcome(await guarded.challenge(home), code, home) == "signed in"
    assert await guarded.outcome(await guarded.challenge(), guarded.codes[0]) == "signed in"


async def test_right_codes_use_up_no_tries(guarded: Guarded) -> None:
    for _ in range(CODE_PER_ACCOUNT.tries + 2):
        code = guarded.authenticator.next_code()
        assert await guarded.outcome(await guarded.challenge(), code) == "signed in"


async def test_without_authenticator_the_password_is_enough_again(guarded: Guarded) -> None:
    await guarded.room.second_factor.remove_totp(guarded.caller)
    await guarded.room.sign_in()
    with pytest.raises(CodedError, match="second_factor_missing"):
        await guarded.room.second_factor.remove_totp(guarded.caller)
    with pytest.raises(CodedError, match="second_factor_missing"):
        await guarded.room.second_factor.renew_codes(guarded.caller)
    assert (await guarded.room.second_factor.security(guarded.caller, [])).methods == ["password"]


async def test_secrets_are_kept_sealed_each_for_its_person(guarded: Guarded, database: Database) -> None:
    ((sealed,),) = database.rows("SELECT secret FROM accounts.totp")
    assert guarded.authenticator.secret.encode() not in sealed
    kept = database.rows("SELECT digest FROM accounts.recovery_codes")
    assert not {code.replace("-", "").encode() for code in guarded.codes} & {digest for (digest,) in kept}
    eve = await guarded.room.add_person("eve@example.com", 8)
    database.change("UPDATE accounts.totp SET person = %s", eve)
    with pytest.raises(CodedError) as caught:
        await guarded.room.accounts.sign_in(SignIn("eve@example.com", PASSWORD), AWAY)
    challenge = str(caught.value.details["challenge"])
    with pytest.raises(SealBroken):
        await guarded.enter(challenge, guarded.authenticator.next_code())
