"""Changing to another e-mail: by its mail and the password, and undone from the one before."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable

import pytest

from cse.accounts.mail.models import Mail, MailKind, QueuedMail
from cse.accounts.models import EmailChange, EmailChangeUndo, PasswordReset, PasswordResetRequest, Visit
from cse.domain.errors import CodedError
from cse.runtime.http.route import Caller
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Room
from tests.postgres import Database

NEXT = "ada@lovelace.example"
NEW = "another long pass phrase"
THIEF = Visit("198.51.100.66")


async def outcome(work: Awaitable[object]) -> str:
    try:
        await work
    except CodedError as error:
        return error.code.name
    return "done"


@pytest.fixture
async def caller(room: Room) -> Caller:
    return room.caller(await room.sign_in())


async def ask(room: Room, caller: Caller, email: str = NEXT, password: str = PASSWORD) -> list[Mail]:
    """The mails that come of it, the one to the e-mail that is wanted first."""
    await room.changes.ask(caller, EmailChange(email, password), HOME)
    return sorted(await room.mails(), key=lambda mail: mail.recipient != email.strip().lower())


def token_of(mail: Mail) -> str:
    (token,) = re.findall(r"/(?:verify-email|undo-email-change|reset-password)#([\w-]{43})\n", mail.text)
    return str(token)


async def changed(room: Room, caller: Caller) -> tuple[Mail, Mail]:
    """Changes the e-mail; the two notices that went to the one before."""
    link, asked = await ask(room, caller)
    await room.changes.make(caller, token_of(link), HOME)
    (told,) = await room.mails()
    return asked, told


async def test_the_link_goes_to_the_e_mail_that_is_wanted_and_changes_it(room: Room, caller: Caller) -> None:
    other = room.caller(await room.sign_in())
    link, asked = await ask(room, caller, " Ada@Lovelace.Example")
    assert (link.recipient, asked.recipient) == (NEXT, EMAIL)
    assert NEXT not in asked.text
    before = await room.verifications.email(caller)
    assert (before.email, before.wanted) == (EMAIL, NEXT)
    await room.changes.make(caller, token_of(link), HOME)
    after = await room.verifications.email(caller)
    assert (after.email, after.wanted, after.verified_since is None) == (NEXT, None, False)
    (told,) = await room.mails()
    assert told.recipient == EMAIL
    assert (await room.sign_in(email=NEXT)).person.id == room.person
    assert await outcome(room.sign_in()) == "wrong_credentials"
    assert [session.id for session in await room.sessions.live(caller)].count(other.session) == 0
    assert (await room.second_factor.security(caller, [])).credentials_changed_at is not None
    assert await outcome(room.changes.make(caller, token_of(link), HOME)) == "link_ended"


async def test_it_takes_the_password_and_the_person(room: Room, caller: Caller) -> None:
    wrong = EmailChange(NEXT, "not the pass phrase")
    assert await outcome(room.changes.ask(caller, wrong, HOME)) == "wrong_credentials"
    assert await outcome(room.changes.ask(caller, EmailChange(EMAIL, PASSWORD), HOME)) == "invalid_field"
    bad = EmailChange("a@b.example\r\nBcc: eve@x.example", PASSWORD)
    assert await outcome(room.changes.ask(caller, bad, HOME)) == "invalid_field"
    assert await room.mails() == []
    link, _ = await ask(room, caller)
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    assert await outcome(room.changes.make(eve, token_of(link), HOME)) == "link_of_another"
    assert await outcome(room.changes.make(caller, token_of(link), HOME)) == "done"


async def test_an_e_mail_that_somebody_has_is_asked_for_alike_and_they_are_told(
    room: Room, caller: Caller, database: Database
) -> None:
    await room.add_person(NEXT, 8)
    seen = []
    for email in (NEXT, "nobody@lovelace.example"):
        mail, asked = await ask(room, caller, email)
        assert (mail.recipient, asked.recipient) == (email, EMAIL)
        seen.append(await room.verifications.email(caller))
    assert seen[0].wanted == NEXT
    acts = database.rows("SELECT act FROM audit.events WHERE person = %s AND act LIKE 'link%%'", room.person)
    assert acts == [("link.given",)] * 2, "those of the notices alone"
    (told,) = [mail for mail in room.sent if mail.recipient == NEXT]
    assert "#" not in told.text


async def test_of_two_who_want_one_e_mail_at_the_same_moment_one_gets_it(
    room: Room, caller: Caller, database: Database
) -> None:
    await room.add_person("eve@example.com", 8)
    eve = room.caller(await room.sign_in(email="eve@example.com"))
    tokens = [token_of((await ask(room, who))[0]) for who in (caller, eve)]
    said = await asyncio.gather(
        *(
            outcome(room.changes.make(who, token, HOME))
            for who, token in zip((caller, eve), tokens, strict=True)
        )
    )
    assert sorted(said) == ["done", "link_ended"]
    assert database.rows("SELECT count(*) FROM accounts.persons WHERE email = %s", NEXT) == [(1,)]


async def test_another_password_ends_what_was_asked_with_the_old_one(room: Room, caller: Caller) -> None:
    link, _ = await ask(room, caller)
    await room.resets.request(PasswordResetRequest(EMAIL), HOME)
    (reset,) = await room.mails()
    await room.resets.complete(PasswordReset(token_of(reset), NEW), HOME)
    caller = room.caller(await room.sign_in(password=NEW))
    assert (await room.verifications.email(caller)).wanted is None
    assert await outcome(room.changes.make(caller, token_of(link), HOME)) == "link_ended"


async def test_a_link_for_what_is_wanted_no_more_changes_nothing(room: Room, caller: Caller) -> None:
    first, _ = await ask(room, caller)
    await ask(room, caller, "other@lovelace.example")
    assert await outcome(room.changes.make(caller, token_of(first), HOME)) == "link_ended"
    assert (await room.verifications.email(caller)).email == EMAIL


@pytest.mark.parametrize("when", ["before it is changed", "after", "by the second notice"])
async def test_who_had_the_e_mail_before_undoes_a_change_and_the_thief_is_out(
    room: Room, database: Database, when: str
) -> None:
    thief = room.caller(await room.sign_in(THIEF))
    await room.mails()
    database.change(
        "INSERT INTO accounts.api_keys"
        " (id, person, account, accounts, label, algorithm, scopes, allowed_networks, sealed_secret, created_at)"
        " VALUES (gen_random_uuid(), %s, 7, '{7}', '', 'hmac-sha256', '{trade}', '{}', 'x', now())",
        room.person,
    )
    if when == "before it is changed":
        link, notice = await ask(room, thief)
    else:
        asked, told = await changed(room, thief)
        notice = told if when == "by the second notice" else asked
    await room.changes.undo(EmailChangeUndo(token_of(notice)), HOME)
    (reset,) = await room.mails()
    assert reset.recipient == EMAIL
    assert database.rows("SELECT count(*) FROM accounts.sessions WHERE ended_at IS NULL") == [(0,)]
    assert database.rows("SELECT count(*) FROM accounts.api_keys WHERE revoked_at IS NULL") == [(0,)]
    for email in (EMAIL, NEXT):
        assert await outcome(room.sign_in(email=email)) == "wrong_credentials", "the thief knows the password"
    await room.resets.complete(PasswordReset(token_of(reset), NEW), HOME)
    mine = room.caller(await room.sign_in(password=NEW))
    assert (await room.verifications.email(mine)).email == EMAIL
    if when == "before it is changed":
        assert await outcome(room.changes.make(mine, token_of(link), HOME)) == "link_ended"
    assert await outcome(room.changes.undo(EmailChangeUndo(token_of(notice)), HOME)) == "link_ended"


async def test_a_thief_has_neither_a_link_of_a_later_mail_nor_a_phrase_left(
    room: Room, caller: Caller, database: Database
) -> None:
    """A mail to his e-mail that waits, or is tried again, when the change to it is undone."""
    asked, _ = await changed(room, caller)
    await room.verifications.set_phrase(caller, "green tea at noon")
    await room.changes.ask(caller, EmailChange("thief@lovelace.example", PASSWORD), HOME)
    waiting = database.rows("SELECT id, kind, recipient, facts, 1, false FROM accounts.mail_queue"
                            " WHERE kind = 'email_change_asked' AND ended_at IS NULL")  # fmt: skip
    (mail,) = [QueuedMail(row[0], MailKind(row[1]), *row[2:]) for row in waiting]
    await room.changes.undo(EmailChangeUndo(token_of(asked)), HOME)
    (reset,) = await room.mails()
    assert (reset.recipient, "phrase" in reset.text) == (EMAIL, False)
    async with room.pool.connection() as connection:
        assert await room.changes.writers()[mail.kind](connection, mail) is None
    assert database.rows("SELECT count(*) FROM accounts.links WHERE email <> %s", EMAIL) == [(0,)]


async def test_nobody_takes_an_e_mail_back_that_somebody_else_has_by_now(room: Room, caller: Caller) -> None:
    _, told = await changed(room, caller)
    await room.add_person(EMAIL, 8, NEW)
    assert await outcome(room.changes.undo(EmailChangeUndo(token_of(told)), HOME)) == "link_ended"
    assert (await room.sign_in(email=NEXT)).person.id == room.person


async def test_what_is_done_stands_in_the_audit_log(room: Room, caller: Caller, database: Database) -> None:
    _, told = await changed(room, caller)
    await room.changes.undo(EmailChangeUndo(token_of(told)), HOME)
    acts = database.rows("SELECT act, person FROM audit.events WHERE act LIKE 'email%%'")
    names = ("email.change_asked", "email.changed", "email.change_undone")
    assert sorted(acts) == sorted((name, room.person) for name in names)
    text = str(database.rows("SELECT e::text FROM audit.events e"))
    assert NEXT not in text
    assert token_of(told) not in text
