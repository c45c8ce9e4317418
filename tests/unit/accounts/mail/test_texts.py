"""What mails say, and what they never say."""

from __future__ import annotations

import pytest

from cse.accounts.mail import email_change_texts, texts
from cse.accounts.mail.models import Text

FACTS = {"at": "2026-01-31T12:34:56.789000Z", "address": "203.0.113.7", "device": "Firefox on Linux"}
ORIGIN = "https://exchange.example"
LINK = f"{ORIGIN}/reset-password#token"

TEXTS = {
    "password_reset": texts.password_reset(LINK, FACTS),
    "password_reset_of_one": texts.password_reset_of_one([(FACTS["at"], LINK)] * 2, FACTS),
    "email_verification": texts.email_verification(LINK, FACTS),
    "email_claimed": texts.email_claimed(ORIGIN, FACTS),
    "email_change": email_change_texts.email_change(LINK, FACTS),
    "email_wanted": email_change_texts.email_wanted(FACTS),
    "email_change_asked": email_change_texts.email_change_asked(LINK, FACTS),
    "email_changed": email_change_texts.email_changed(LINK, FACTS),
    "password_changed": texts.password_changed(ORIGIN, FACTS),
    "password_changed_by_password": texts.password_changed_by_password(ORIGIN, FACTS),
    "new_sign_in": texts.new_sign_in(ORIGIN, FACTS),
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_a_mail_says_whose_it_is_when_it_was_and_from_where(text: Text) -> None:
    assert text.subject.endswith(" - CS Exchange")
    assert "2026-01-31 12:34 UTC" in text.body
    assert "203.0.113.7" in text.body
    assert max(map(len, text.body.splitlines())) <= 80
    assert text.body.endswith("-- \nCS Exchange\n")


def test_a_link_stands_on_a_line_of_its_own() -> None:
    without = {
        "email_claimed",
        "email_wanted",
        "password_changed",
        "password_changed_by_password",
        "new_sign_in",
    }
    for name, text in TEXTS.items():
        count = 0 if name in without else 2 if name == "password_reset_of_one" else 1
        assert text.body.splitlines().count(LINK) == count, name
