"""Texts of strangers in one spelling: none is worked on that is longer than any good one."""

from __future__ import annotations

import unicodedata
from typing import Literal

import pytest
from argon2 import PasswordHasher

from cse.accounts.emails.spelling import normalised
from cse.accounts.mail.phrases import checked
from cse.accounts.passwords.hashing import Passwords
from cse.domain.errors import CodedError
from cse.runtime.normal_form import normal_form

# Each pair is in the wrong order.
MARKS = "a" + "\u0300\u0316" * 4_000


def test_a_text_has_one_spelling() -> None:
    assert normal_form("NFC", "e\u0301", 10) == "é"
    assert normal_form("NFKC", "ﬁ", 10) == "fi"


def test_as_many_characters_as_become_one_are_still_looked_at() -> None:
    assert normal_form("NFC", "\u03b1\u0313\u0300\u0345" * 10, 10) == "\u1f82" * 10


async def test_what_is_longer_than_any_good_one_is_not_worked_on(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would take the square of its length, of one who need not even be signed in."""
    lengths: list[int] = []
    of_unicode = unicodedata.normalize

    def normalize(form: Literal["NFC", "NFKC"], text: str) -> str:
        lengths.append(len(text))
        return of_unicode(form, text)

    monkeypatch.setattr(unicodedata, "normalize", normalize)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    start = passwords.new_start()
    assert not await passwords.verify(MARKS, await passwords.hash("a long pass phrase", start))
    with pytest.raises(CodedError, match="weak_password"):
        await passwords.check(MARKS, [])
    with pytest.raises(CodedError, match="invalid_field"):
        checked(MARKS)
    # The codec of domains does that by itself.
    with pytest.raises(CodedError, match="more than 254"):
        normalised(f"ada@{MARKS}.example")
    passwords.close()
    assert lengths == [len("a long pass phrase")]
