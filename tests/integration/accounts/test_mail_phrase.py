"""A phrase of the person's own at the head of every mail to them, and of nobody else's mails."""

from __future__ import annotations

import pyotp
import pytest

from cse.accounts.models import PasswordReset, PasswordResetRequest, Visit
from cse.accounts.notices import note_password_changed
from cse.accounts.store import person_by_id
from tests.integration.accounts.conftest import EMAIL, HOME, PASSWORD, Room
from tests.postgres import Database

PHRASE = "green tea at noon"
GUESS = "what I would guess"
AWAY = Visit("198.51.100.7")


async def set_phrase(room: Room, email: str = EMAIL, phrase: str = PHRASE, password: str = PASSWORD) -> None:
    caller = room.caller(await room.sign_in(email=email, password=password))
    await room.verifications.set_phrase(caller, phrase)


async def test_it_stands_in_every_mail_until_it_is_removed(room: Room) -> None:
    await set_phrase(room)
    caller = room.caller(await room.sign_in(AWAY))
    await room.resets.request(PasswordResetRequest(EMAIL), HOME)
    async with room.pool.connection() as connection:
        person = await person_by_id(connection, room.person)
        assert person is not None
        await note_password_changed(connection, person, HOME, by_link=True)
    sent = await room.mails()
    assert len(sent) == 3
    assert {mail.text.splitlines()[0] for mail in sent} == {f"Your phrase: {PHRASE}"}
    assert all(PHRASE not in mail.subject for mail in sent)
    assert (await room.verifications.email(caller)).has_phrase
    await room.verifications.remove_phrase(caller)
    assert not (await room.verifications.email(caller)).has_phrase
    await room.resets.request(PasswordResetRequest(EMAIL), HOME)
    (mail,) = await room.mails()
    assert "phrase" not in mail.text


async def test_who_only_claims_an_address_has_no_words_of_theirs_sent_to_it(room: Room) -> None:
    await room.add_person(EMAIL, 8, GUESS, verified=False)
    await set_phrase(room, phrase="call me now", password=GUESS)
    await room.add_person("bob@example.com", 9, GUESS, verified=False)
    await set_phrase(room, "bob@example.com", "call me now", password=GUESS)
    for email in (EMAIL, "bob@example.com"):
        await room.resets.request(PasswordResetRequest(email), HOME)
    sent = await room.mails()
    assert [mail for mail in sent if "call me" in mail.text] == []
    (mail,) = [mail for mail in sent if mail.recipient == "bob@example.com"]
    token = mail.text.partition("#")[2].partition("\n")[0]
    await room.resets.complete(PasswordReset(token, "another long pass phrase"), HOME)
    (told,) = await room.mails()
    assert "call me" not in told.text, "nor once somebody else has turned out to have it"


async def test_it_is_sealed_for_its_row_and_in_no_event(room: Room, database: Database) -> None:
    await set_phrase(room)
    ((sealed,),) = database.rows("SELECT mail_phrase FROM accounts.persons WHERE id = %s", room.person)
    assert PHRASE.encode() not in bytes(sealed)
    events = database.rows("SELECT e::text FROM audit.events e")
    assert any("mail_phrase.set" in text for (text,) in events)
    assert not any(PHRASE in text for (text,) in events)
    eve = await room.add_person("eve@example.com", 8)
    database.change("UPDATE accounts.persons SET mail_phrase = %s WHERE id = %s", sealed, eve)
    await room.resets.request(PasswordResetRequest("eve@example.com"), HOME)
    (mail,) = await room.mails()
    assert PHRASE not in mail.text, "moved to another row it says nothing, and the mail is sent all the same"


@pytest.mark.parametrize("change", ["password", "authenticator", "phrase"])
async def test_when_what_opens_an_account_last_changed_is_shown(room: Room, change: str) -> None:
    caller = room.caller(await room.sign_in())
    assert (await room.second_factor.security(caller, [])).credentials_changed_at is None
    if change == "password":
        await room.resets.request(PasswordResetRequest(EMAIL), HOME)
        (mail,) = await room.mails()
        token = mail.text.partition("#")[2].partition("\n")[0]
        await room.resets.complete(PasswordReset(token, "another long pass phrase"), HOME)
    elif change == "authenticator":
        secret = (await room.second_factor.begin_totp(caller)).secret
        code = pyotp.TOTP(secret).at(int(room.clock.now_s))
        await room.second_factor.confirm_totp(caller, code, HOME)
    else:
        await room.verifications.set_phrase(caller, PHRASE)
    changed = (await room.second_factor.security(caller, [])).credentials_changed_at
    assert (changed is None) == (change == "phrase")
