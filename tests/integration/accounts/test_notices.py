"""What a person is told by mail of what was done with their account."""

from __future__ import annotations

import pytest

from cse.accounts import attempts
from cse.accounts.models import SignIn, Visit
from cse.accounts.preferences.models import ChangedPreferences
from cse.accounts.preferences.service import PersonPreferences
from cse.domain.errors import CodedError
from tests.integration.accounts.conftest import EMAIL, Room

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0"
AWAY = Visit("198.51.100.7", FIREFOX)


async def test_a_sign_in_from_a_new_address_is_told_once(room: Room) -> None:
    await room.sign_in()
    await room.sign_in()
    assert await room.mails() == [], "the first address of all is no news"
    await room.sign_in(AWAY)
    await room.sign_in(AWAY)
    (mail,) = await room.mails()
    assert mail.recipient == EMAIL
    assert f"from {AWAY.address}, with Firefox on Linux" in mail.text


async def test_a_sign_in_that_is_refused_is_not_told(room: Room) -> None:
    await room.sign_in()
    with pytest.raises(CodedError):
        await room.accounts.sign_in(SignIn(EMAIL, "not the pass phrase"), AWAY)
    assert await room.mails() == []


@pytest.mark.parametrize("claimed", ["", "visit-evil.example/1", "Mozilla/5.0 (visit evil.example)"])
async def test_what_a_program_says_of_itself_is_not_passed_on(room: Room, claimed: str) -> None:
    await room.sign_in()
    await room.sign_in(Visit(AWAY.address, claimed))
    (mail,) = await room.mails()
    assert "with a program" in mail.text
    assert "evil" not in mail.text


async def test_who_moves_about_gets_some_mails_and_not_one_for_each_place(room: Room) -> None:
    await room.sign_in()
    for number in range(attempts.NEW_SIGN_IN_PER_PERSON.tries + 3):
        await room.sign_in(Visit(f"198.51.100.{number}"))
    assert len(await room.mails()) == attempts.NEW_SIGN_IN_PER_PERSON.tries


async def test_a_mail_is_in_the_language_and_the_zone_that_its_reader_has_chosen(room: Room) -> None:
    tokens = await room.sign_in()
    chosen = ChangedPreferences(0, language="ar", time_zone="Asia/Riyadh")
    await PersonPreferences(room.pool).change(room.caller(tokens), chosen)
    await room.sign_in(AWAY)
    (mail,) = await room.mails()
    assert "تسجيل دخول جديد" in mail.subject
    assert "Firefox على Linux" in mail.text
    assert "(Asia/Riyadh)" in mail.text
    assert '<html lang="ar" dir="rtl">' in mail.page
