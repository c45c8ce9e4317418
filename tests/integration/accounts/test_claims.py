"""Several persons claim one e-mail: nobody is told of another, and only who reads its mail has it."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable
from uuid import UUID

import pyotp
import pytest

from cse.accounts import attempts
from cse.accounts.emails import verification as email_verification
from cse.accounts.mail.models import Mail
from cse.accounts.models import PasswordReset, PasswordResetRequest, StepUpProof, Visit
from cse.accounts.people.named import find_known_person
from cse.accounts.sessions import store as session_store
from cse.domain import codes
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import EMAIL, FROM_HOME, HOME, PASSWORD, Room
from tests.postgres import Database

CLAIMED = "bob@example.com"
GUESS = "what I would guess"
NEW = "another long pass phrase"
EVES = Visit("198.51.100.66")
AWAY = Visit("198.51.100.7")


async def outcome(work: Awaitable[object]) -> str:
    try:
        await work
    except CodedError as error:
        return error.code.name
    return "done"


async def followed(work: Awaitable[bool]) -> str:
    """The same of a link; one that has ended before anybody looked is no link."""
    try:
        return "done" if await work else "link_ended"
    except CodedError as error:
        return error.code.name


async def who(room: Room, email: str, password: str, visit: Visit = FROM_HOME) -> UUID:
    return (await room.sign_in(visit, email, password)).person.id


def token_of(mail: Mail) -> str:
    (token,) = re.findall(r"/verify-email#([\w-]{43})\n", mail.text)
    return str(token)


async def link(room: Room, person: UUID, email: str = CLAIMED, visit: Visit = FROM_HOME) -> str:
    """The link that is sent to a person."""
    async with room.pool.connection() as connection:
        await email_verification.ask(connection, person, email, visit.address)
    (mail,) = await room.mails()
    assert mail.recipient == email
    return token_of(mail)


async def follow(room: Room, email: str, password: str, token: str) -> None:
    caller = room.caller(await room.sign_in(email=email, password=password))
    if not await room.verifications.verify(caller, token):
        raise CodedError(codes.LINK_ENDED)


async def test_each_signs_in_with_their_own_password(room: Room) -> None:
    eve = await room.add_person(EMAIL, 8, GUESS, verified=False)
    mallory = await room.add_person(EMAIL, 9, "something else", verified=False)
    assert await who(room, EMAIL, PASSWORD) == room.person
    assert await who(room, EMAIL, GUESS) == eve
    assert await who(room, EMAIL, "something else") == mallory
    assert await outcome(room.sign_in(email=EMAIL, password="no one's password")) == "wrong_credentials"


async def test_with_the_same_password_it_is_who_has_the_address_or_else_the_latest(room: Room) -> None:
    await room.add_person(EMAIL, 8, verified=False)
    assert await who(room, EMAIL, PASSWORD) == room.person
    await room.add_person(CLAIMED, 9, verified=False)
    latest = await room.add_person(CLAIMED, 10, verified=False)
    assert await who(room, CLAIMED, PASSWORD) == latest


@pytest.mark.parametrize("email", [EMAIL, CLAIMED], ids=["known", "unknown"])
async def test_who_claims_an_address_is_treated_alike_whether_somebody_has_it(room: Room, email: str) -> None:
    """At home as often as ever; from anywhere else only so often, for each could be a guess at another's."""
    await room.add_person(email, 8, GUESS, verified=False)
    said = [await outcome(room.sign_in(EVES, email, GUESS)) for _ in range(12)]
    assert said == ["done"] * 12
    assert await outcome(room.sign_in(AWAY, email, GUESS)) == "too_many_attempts"
    assert await outcome(room.sign_in(AWAY, email, "wrong")) == "too_many_attempts"
    assert await outcome(room.sign_in(EVES, email, "wrong")) == "too_many_attempts"
    assert await outcome(room.sign_in(EVES, email, GUESS)) == "done"


async def test_no_claim_gives_further_guesses_at_the_password_of_who_has_the_address(room: Room) -> None:
    """Each guess is the password of an account of Eve's, so that each signs in; the eleventh is right."""
    for number in range(attempts.SIGN_IN_PER_ACCOUNT.tries):
        eve = await room.add_person(EMAIL, 8 + number, f"{GUESS} {number}", verified=False)
        assert await who(room, EMAIL, f"{GUESS} {number}", EVES) == eve
    last = await room.add_person(EMAIL, 8 + number + 1, PASSWORD, verified=False)
    assert await outcome(room.sign_in(EVES, EMAIL, PASSWORD)) == "too_many_attempts"
    assert await outcome(room.sign_in(Visit("198.51.100.99"), EMAIL, PASSWORD)) == "too_many_attempts"
    assert last != room.person


async def test_nor_from_where_both_have_been(room: Room) -> None:
    """As above, once the tries from everywhere are used up: Eve is behind the same address as the owner."""
    await room.sign_in()
    said = []
    for number in range(3 * attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS.tries):
        eve = await room.add_person(EMAIL, 8 + number, f"{GUESS} {number}", verified=False)
        async with room.pool.connection() as connection:
            await session_store.remember_address(connection, eve, HOME)
        said.append(await outcome(room.sign_in(FROM_HOME, EMAIL, f"{GUESS} {number}")))
    most = attempts.SIGN_IN_PER_ACCOUNT.tries + attempts.SIGN_IN_PER_ACCOUNT_AT_ADDRESS.tries
    assert said == ["done"] * most + ["too_many_attempts"] * (len(said) - most)


async def test_an_owner_gets_in_at_home_whatever_claims_there_are(room: Room) -> None:
    assert await who(room, EMAIL, PASSWORD) == room.person
    await room.add_person(EMAIL, 8, GUESS, verified=False)
    for number in range(attempts.SIGN_IN_PER_ACCOUNT.tries + 1):
        await outcome(room.sign_in(Visit(f"198.51.100.{number}"), EMAIL, GUESS))
    assert await who(room, EMAIL, PASSWORD) == room.person


async def test_anothers_password_is_no_step_up(room: Room) -> None:
    await room.add_person(EMAIL, 8, GUESS, verified=False)
    caller = room.caller(await room.sign_in(EVES, EMAIL, GUESS))
    said = await outcome(room.step_up.take(caller, StepUpProof(password=PASSWORD), EVES.address))
    assert said == "wrong_credentials"
    assert await outcome(room.step_up.take(caller, StepUpProof(password=GUESS), EVES.address)) == "done"


@pytest.mark.parametrize("email", [EMAIL, CLAIMED], ids=["known", "unknown"])
async def test_what_concerns_a_claim_tells_nothing_of_who_has_the_address(
    room: Room, database: Database, email: str
) -> None:
    eve = await room.add_person(email, 8, GUESS, verified=False)
    async with room.pool.connection() as connection:
        await email_verification.ask(connection, eve, email, EVES.address)
    await room.resets.request(PasswordResetRequest(email), EVES.address)
    assert {mail.recipient for mail in await room.mails()} == {email}
    assert await outcome(room.sign_in(EVES, email, "wrong")) == "wrong_credentials"
    await room.sign_in(EVES, email, GUESS)
    await room.sign_in(AWAY, email, GUESS)
    acts = database.rows("SELECT act, refused FROM audit.events WHERE person = %s", eve)
    assert acts == [("session.begun", ""), ("session.begun", "")]
    assert await room.mails() == [], "no notice of a claim goes to who has the address"


async def test_who_has_an_address_is_told_of_a_claim_and_gets_no_link(room: Room, database: Database) -> None:
    eve = await room.add_person(EMAIL, 8, GUESS, verified=False)
    async with room.pool.connection() as connection:
        await email_verification.ask(connection, eve, EMAIL, EVES.address)
    (mail,) = await room.mails()
    assert (mail.recipient, "#" in mail.text) == (EMAIL, False)
    assert f"from {EVES.address}" in mail.text
    assert database.rows("SELECT count(*) FROM accounts.links") == [(0,)]


async def test_who_follows_a_link_first_has_the_address_and_the_others_links_end(room: Room) -> None:
    eve = await room.add_person(CLAIMED, 8, GUESS, verified=False)
    bob = await room.add_person(CLAIMED, 9, verified=False)
    eves, bobs = await link(room, eve), await link(room, bob)
    assert await outcome(follow(room, CLAIMED, PASSWORD, eves)) == "link_of_another"
    await follow(room, CLAIMED, PASSWORD, bobs)
    assert await outcome(follow(room, CLAIMED, GUESS, eves)) == "link_ended"
    async with room.pool.connection() as connection:
        await email_verification.ask(connection, eve, CLAIMED, HOME)
    (mail,) = await room.mails()
    assert "#" not in mail.text


async def test_of_two_who_follow_their_links_at_the_same_moment_one_has_the_address(
    room: Room, database: Database
) -> None:
    for number in range(4):
        email = f"both-{number}@example.com"
        callers: list[Caller] = []
        tokens: list[str] = []
        for password in (PASSWORD, GUESS):
            person = await room.add_person(email, 10 + number * 2 + len(tokens), password, verified=False)
            tokens.append(await link(room, person, email))
            callers.append(room.caller(await room.sign_in(email=email, password=password)))
        said = await asyncio.gather(
            *(
                followed(room.verifications.verify(caller, token))
                for caller, token in zip(callers, tokens, strict=True)
            )
        )
        assert sorted(said) == ["done", "link_ended"]
        ((verified,),) = database.rows(
            "SELECT count(email_verified_at) FROM accounts.persons WHERE email = %s", email
        )
        assert verified == 1


async def test_a_password_is_reset_of_who_has_the_address_whoever_claims_it(room: Room) -> None:
    await room.add_person(EMAIL, 8, GUESS, verified=False)
    await room.resets.request(PasswordResetRequest(EMAIL), HOME)
    (mail,) = await room.mails()
    (token,) = re.findall(r"#([\w-]{43})\n", mail.text)
    await room.resets.complete(PasswordReset(token, NEW), HOME)
    assert await who(room, EMAIL, NEW) == room.person
    assert await outcome(room.sign_in(EVES, EMAIL, GUESS)) == "done"


async def test_where_nobody_has_an_address_who_reads_its_mail_chooses_and_a_strangers_keys_end(
    room: Room, database: Database
) -> None:
    eve = await room.add_person(CLAIMED, 8, GUESS, verified=False)
    bob = await room.add_person(CLAIMED, 9, verified=False)
    for number, person in enumerate((eve, bob)):
        database.change(
            "INSERT INTO accounts.api_keys"
            " (id, person, account, accounts, label, algorithm, scopes, allowed_networks, sealed_secret, created_at)"
            " VALUES (gen_random_uuid(), %s, %s, ARRAY[%s::bigint], '', 'hmac-sha256', '{read}', '{}', 'x', now())",
            person,
            8 + number,
            8 + number,
        )
    await room.resets.request(PasswordResetRequest(CLAIMED), HOME)
    (mail,) = await room.mails()
    eves, bobs = re.findall(r"opened [-0-9]{10} [0-9:]{5} UTC:\nhttps://\S+#([\w-]{43})\n", mail.text)
    await room.resets.complete(PasswordReset(bobs, NEW), HOME)
    assert await who(room, CLAIMED, NEW) == bob
    assert await outcome(room.resets.complete(PasswordReset(eves, NEW), HOME)) == "link_ended"
    assert await who(room, CLAIMED, GUESS, EVES) == eve, "an account of hers is still hers"
    live = database.rows("SELECT person FROM accounts.api_keys WHERE revoked_at IS NULL")
    assert live == [(eve,)]


async def test_an_account_with_a_strangers_factor_does_not_get_the_address_by_a_reset(
    room: Room, database: Database
) -> None:
    """Else who reads the mail could enter neither that account nor give the address to their own."""
    eve = await room.add_person(CLAIMED, 8, GUESS, verified=False)
    caller = room.caller(await room.sign_in(EVES, CLAIMED, GUESS))
    secret = (await room.second_factor.begin_totp(caller)).secret
    code = pyotp.TOTP(secret).at(int(room.clock.now_s))
    await room.second_factor.confirm_totp(caller, code, EVES.address)
    await room.resets.request(PasswordResetRequest(CLAIMED), HOME)
    (mail,) = await room.mails()
    (token,) = re.findall(r"#([\w-]{43})\n", mail.text)
    await room.resets.complete(PasswordReset(token, NEW), HOME)
    assert database.rows("SELECT email_verified_at FROM accounts.persons WHERE id = %s", eve) == [(None,)]
    await room.mails()
    bob = await room.add_person(CLAIMED, 9, verified=False)
    await follow(room, CLAIMED, PASSWORD, await link(room, bob))
    assert await who(room, CLAIMED, PASSWORD) == bob


async def test_who_is_made_an_operator_is_known_to_have_the_address(room: Room) -> None:
    eve = await room.add_person(CLAIMED, 8, GUESS, verified=False)
    assert await outcome(find_known_person(room.pool, CLAIMED)) == "invalid_field"
    assert await find_known_person(room.pool, str(eve)) == eve
    assert await find_known_person(room.pool, EMAIL) == room.person
    assert await outcome(find_known_person(room.pool, "nobody@example.com")) == "account_unknown"


async def test_an_address_gets_few_mails_about_claims_and_nobody_is_told(room: Room) -> None:
    tries = attempts.EMAIL_VERIFICATION_PER_EMAIL.tries
    for number in range(tries):
        person = await room.add_person(EMAIL, 8 + number, GUESS, verified=False)
        async with room.pool.connection() as connection:
            for address in (EVES.address, f"198.51.100.{number}"):
                await email_verification.ask(connection, person, EMAIL, address)
    sent = await room.mails()
    assert len(sent) == tries
    here = [mail for mail in sent if EVES.address in mail.text]
    assert len(here) == attempts.EMAIL_VERIFICATION_PER_EMAIL_AT_ADDRESS.tries


async def test_two_who_claim_an_address_on_and_on_keep_its_owner_from_no_mail(room: Room) -> None:
    for number in range(20):
        eve = await room.add_person(CLAIMED, 8 + number, GUESS, verified=False)
        async with room.pool.connection() as connection:
            for address in (EVES.address, "198.51.100.7"):
                await email_verification.ask(connection, eve, CLAIMED, address)
    await room.mails()
    bob = await room.add_person(CLAIMED, 28, verified=False)
    await follow(room, CLAIMED, PASSWORD, await link(room, bob))
    assert await who(room, CLAIMED, PASSWORD) == bob
