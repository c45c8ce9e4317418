"""Choosing another password by mail: for who reads the mail of an account, once, and for nobody else."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable

import pyotp
import pytest

from cse.accounts import attempts, store
from cse.accounts.factors import factor_store
from cse.accounts.mail.models import Mail
from cse.accounts.models import PasswordReset, PasswordResetRequest, SignIn, SignInCode, Tokens
from cse.domain.errors import CodedError
from tests.integration.accounts.conftest import EMAIL, FROM_HOME, HOME, ORIGIN, PASSWORD, Room
from tests.postgres import Database

NEW = "another long pass phrase"
STRANGER = "198.51.100.66"
BREACHED = "breached_password"


async def refused(work: Awaitable[object]) -> CodedError:
    with pytest.raises(CodedError) as caught:
        await work
    return caught.value


async def ask(room: Room, email: str = EMAIL, address: str = HOME) -> None:
    await room.resets.request(PasswordResetRequest(email), address)


def token_of(mail: Mail) -> str:
    (token,) = re.findall(re.escape(f"{ORIGIN}/reset-password#") + r"([\w-]{43})\n", mail.text)
    return str(token)


async def token(room: Room) -> str:
    await ask(room)
    return token_of(next(mail for mail in await room.mails() if "/reset-password#" in mail.text))


async def complete(room: Room, token: str, password: str = NEW) -> None:
    await room.resets.complete(PasswordReset(token, password), HOME)


async def guard(room: Room) -> str:
    """Gives the person an authenticator; returns a recovery code."""
    caller = room.caller(await room.sign_in())
    enrolment = await room.second_factor.begin_totp(caller)
    code = pyotp.TOTP(enrolment.secret).at(int(room.clock.now_s))
    return (await room.second_factor.confirm_totp(caller, code, HOME)).codes[0]


async def enter(room: Room, needed: CodedError, code: str) -> Tokens:
    assert needed.code.name == "second_factor_required"
    step = SignInCode(str(needed.details["challenge"]), code)
    return await room.accounts.sign_in_with_code(step, FROM_HOME)


async def test_a_link_goes_to_the_address_and_gives_another_password(room: Room) -> None:
    await ask(room, " Ada@Example.com ", STRANGER)
    (mail,) = await room.mails()
    assert mail.recipient == EMAIL
    assert STRANGER in mail.text
    await complete(room, token_of(mail))
    assert (await refused(room.sign_in())).code.name == "wrong_credentials"
    assert (await room.accounts.sign_in(SignIn(EMAIL, NEW), FROM_HOME)).person.id == room.person


async def test_a_new_password_ends_every_session_and_is_told_by_mail(room: Room) -> None:
    here, phone = await room.sign_in(), await room.sign_in()
    await complete(room, await token(room))
    for tokens in (here, phone):
        with pytest.raises(CodedError):
            room.caller(tokens)
        ended = await refused(room.accounts.refresh(tokens.refresh_token, HOME))
        assert ended.code.name == "refresh_token_invalid"
    (notice,) = await room.mails()
    assert (notice.recipient, HOME in notice.text) == (EMAIL, True)
    assert NEW not in notice.text


async def test_a_link_is_good_once(room: Room) -> None:
    link = await token(room)
    await complete(room, link)
    assert (await refused(complete(room, link, "a third long pass phrase"))).code.name == "link_ended"
    await room.accounts.sign_in(SignIn(EMAIL, NEW), FROM_HOME)


async def test_of_many_who_use_a_link_at_once_one_has_it(room: Room) -> None:
    link = await token(room)
    passwords = [f"{NEW} {number}" for number in range(6)]
    results = await asyncio.gather(
        *(complete(room, link, password) for password in passwords), return_exceptions=True
    )
    taken = [password for password, result in zip(passwords, results, strict=True) if result is None]
    assert len(taken) == 1
    await room.accounts.sign_in(SignIn(EMAIL, taken[0]), FROM_HOME)


async def test_a_new_password_ends_the_other_links_too(room: Room) -> None:
    first, second = await token(room), await token(room)
    await complete(room, first)
    assert (await refused(complete(room, second))).code.name == "link_ended"


async def test_each_link_that_was_asked_for_works_until_one_is_used(room: Room) -> None:
    """A stranger who asks once more does not take the owner's link away."""
    first = await token(room)
    await ask(room, address=STRANGER)
    await room.mails()
    await complete(room, first)


async def test_a_link_ends_after_an_hour(room: Room, database: Database) -> None:
    link = await token(room)
    ((life_s,),) = database.rows("SELECT extract(epoch FROM expires_at - now())::float8 FROM accounts.links")
    assert 3_500 < life_s <= 3_600
    database.change("UPDATE accounts.links SET expires_at = now()")
    assert (await refused(complete(room, link))).code.name == "link_ended"


async def test_a_weak_password_uses_no_link_up(room: Room) -> None:
    link = await token(room)
    for password, code in (("short", "weak_password"), (EMAIL, "weak_password"), ("Password123!", BREACHED)):
        assert (await refused(complete(room, link, password))).code.name == code
    await complete(room, link)


@pytest.mark.parametrize("made_up", ["", "x", "\u0645", "A" * 43, "A" * 10_000])
async def test_a_made_up_link_is_none(room: Room, made_up: str) -> None:
    await token(room)
    assert (await refused(complete(room, made_up))).code.name == "link_ended"


async def test_no_secret_of_a_link_is_kept(room: Room, database: Database) -> None:
    link = await token(room)
    for table in ("links", "mail_queue", "persons", "attempts"):
        ((text,),) = database.rows(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM accounts.{table} t")
        assert link not in text
        assert link.encode().hex() not in text
    ((digests,),) = database.rows("SELECT array_agg(length(digest)) FROM accounts.links")
    assert digests == [32]


async def test_an_unknown_e_mail_is_treated_as_a_known_one_until_the_mail_is_written(
    room: Room, database: Database
) -> None:
    """The same statements with the same parameters but for the e-mail; and then no mail, and no trace."""
    for email in (EMAIL, "nobody@example.com"):
        await ask(room, email)
    kept = database.rows("SELECT kind, tries, give_up_at - created_at FROM accounts.mail_queue")
    assert kept[0] == kept[1]
    assert [mail.recipient for mail in await room.mails()] == [EMAIL]
    assert database.rows("SELECT recipient FROM accounts.mail_queue") == [(EMAIL,)]
    assert database.rows("SELECT count(*) FROM accounts.links") == [(1,)]


async def test_an_address_gets_few_mails_and_nobody_is_told(room: Room) -> None:
    for email in (EMAIL, "nobody@example.com"):
        for _ in range(attempts.PASSWORD_RESET_PER_EMAIL.tries + 3):
            await ask(room, email, STRANGER)
    sent = await room.mails()
    assert len(sent) == attempts.PASSWORD_RESET_PER_EMAIL.tries
    await complete(room, token_of(sent[0]))


async def test_who_asks_too_often_is_told_to_wait(room: Room) -> None:
    for number in range(attempts.PASSWORD_RESET_PER_ADDRESS.tries):
        await ask(room, f"{number}@example.com", STRANGER)
    assert (await refused(ask(room, address=STRANGER))).code.name == "too_many_attempts"
    await ask(room)


async def test_no_second_factor_is_got_around(room: Room) -> None:
    code = await guard(room)
    await complete(room, await token(room))
    needed = await refused(room.accounts.sign_in(SignIn(EMAIL, NEW), FROM_HOME))
    assert (await enter(room, needed, code)).person.id == room.person


async def test_a_sign_in_with_the_old_password_that_waits_for_a_code_comes_to_nothing(room: Room) -> None:
    code = await guard(room)
    needed = await refused(room.sign_in())
    await complete(room, await token(room))
    assert (await refused(enter(room, needed, code))).code.name == "challenge_ended"


async def test_no_challenge_is_given_for_a_password_that_has_just_been_replaced(room: Room) -> None:
    """However long ago the password was looked at."""
    await guard(room)
    async with room.pool.connection() as connection:
        before = await store.person_by_id(connection, room.person)
    assert before is not None
    await complete(room, await token(room))
    async with room.pool.connection() as connection:
        await factor_store.add_challenge(connection, b"late", before)
        assert await factor_store.try_challenge(connection, b"late") is None


async def test_a_sign_in_with_the_old_password_at_the_same_moment_leaves_nobody_signed_in(room: Room) -> None:
    """Whichever of the two comes first."""
    old, passwords = PASSWORD, [f"{NEW} {number}" for number in range(5)]
    for new in passwords:
        link = await token(room)
        signed_in, done = await asyncio.gather(
            room.accounts.sign_in(SignIn(EMAIL, old), FROM_HOME),
            complete(room, link, new),
            return_exceptions=True,
        )
        assert done is None
        if not isinstance(signed_in, BaseException):
            late = await refused(room.accounts.refresh(signed_in.refresh_token, HOME))
            assert late.code.name == "refresh_token_invalid"
        old = new


@pytest.mark.parametrize("known", [False, True], ids=["from elsewhere", "where the owner is"])
async def test_who_has_used_up_the_tries_of_the_old_password_does_not_keep_the_owner_out(
    room: Room, known: bool
) -> None:
    if known:
        await room.sign_in()
    for _ in range(attempts.SIGN_IN_PER_ACCOUNT.tries + 1):
        with pytest.raises(CodedError):
            await room.accounts.sign_in(SignIn(EMAIL, "not the pass phrase"), FROM_HOME)
    assert (await refused(room.sign_in())).code.name == "too_many_attempts"
    await complete(room, await token(room))
    await room.accounts.sign_in(SignIn(EMAIL, NEW), FROM_HOME)


async def test_what_is_asked_given_and_done_stands_in_the_audit_log(room: Room, database: Database) -> None:
    """What a visitor asks for says nothing of whether there is such a person."""
    session = room.caller(await room.sign_in()).session
    await ask(room, "nobody@example.com")
    await complete(room, await token(room))
    # Of one millisecond the order is by chance.
    found = database.rows(
        "SELECT act, actor, person, target FROM audit.events WHERE act <> 'session.begun' ORDER BY act"
    )
    assert found == [
        ("link.given", "service", room.person, str(room.person)),
        ("password.reset", "person", room.person, ""),
        ("password.reset_asked", "visitor", None, ""),
        ("password.reset_asked", "visitor", None, ""),
        ("session.ended", "person", room.person, session),
    ]
