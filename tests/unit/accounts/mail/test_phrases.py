"""What may stand in mails as somebody's own phrase."""

from __future__ import annotations

import pytest

from cse.accounts.mail.phrases import checked
from cse.domain.errors import CodedError


@pytest.mark.parametrize(
    ("phrase", "kept"),
    [
        ("green tea at noon", "green tea at noon"),
        ("  green \t tea\n ", "green tea"),
        ("شاي أخضر", "شاي أخضر"),
        ("Cafe\u0301 no. 7!", "Caf\u00e9 no. 7!"),
        ("x" * 40, "x" * 40),
    ],
)
def test_phrases_that_are_taken(phrase: str, kept: str) -> None:
    assert checked(phrase) == kept


@pytest.mark.parametrize(
    "phrase",
    [
        "", "abc", "   a   ", "x" * 41, "green\x00tea", "green\u202etea", "green\u200btea", "green\x1b[1mtea",
        "see https://evil.example", "evil.example", "www.evil", "ada@example", "evil/x", "tel:+1555", "<b>tea</b>",
    ],
)  # fmt: skip
def test_what_cannot_be_shown_or_could_be_taken_for_a_link_is_refused(phrase: str) -> None:
    with pytest.raises(CodedError) as caught:
        checked(phrase)
    assert (caught.value.code.name, caught.value.details["field"]) == ("invalid_field", "phrase")


def test_a_phrase_has_one_line() -> None:
    assert checked("green\r\n\u2028tea") == "green tea"
