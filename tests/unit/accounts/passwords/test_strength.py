"""Which passwords are taken."""

from __future__ import annotations

import pytest
from zxcvbn_rs_py import zxcvbn

from cse.accounts.passwords import strength as password_strength
from cse.accounts.passwords.strength import strength_of
from cse.domain import codes

KNOWN = ["ada@example.com", "Ada Lovelace"]


@pytest.mark.parametrize(
    "password",
    [
        "a long pass phrase", "Tr0ub4dor&3x", "ヽ(ಠ_ಠ)ﾉ lantern!", "كلمة مرور طويلة", "ijkwhdywsnqpzrtb",
        "ada rowed forty umbrellas", "aaaaaaaa" * 8 + "ijkwhdywsnqpzrtb", "ijkwhdywsnqpzrtb" + "x" * 240,
    ],
)  # fmt: skip
def test_passwords_that_are_taken(password: str) -> None:
    found = strength_of(password, KNOWN)
    assert found.refused is None
    assert found.score >= password_strength.SCORE_MIN


@pytest.mark.parametrize(
    "password",
    [
        "", "short", "123456789", "aaaaaaaabbbbbbb", "Xk9!fQ2#v", "!!!qwertyuiop",
        "ada@example.com", "ADA@example.com", "lovelace2024", "x" * 256, "ijkwhdywsnqpzrtb" * 17, "ﬀﬀﬀﬀﬀ",
        "adaexample1", "Example.ada.2026", "lovelaceADA!1", "ada-lovelace-ada", "exchangetrading1",
        "december2024", "csexchange2026", "Exchange!2026", "cryptotrader1",
    ],
)  # fmt: skip
def test_passwords_that_are_too_easy_to_guess_or_have_no_good_length(password: str) -> None:
    found = strength_of(password, KNOWN)
    assert found.refused is codes.WEAK_PASSWORD
    assert found.score < password_strength.SCORE_MIN


@pytest.mark.parametrize("password", ["password123!", "PASSWORD123!", "aaaaaaaaaaaa", "1qaz2wsx3edc"])
def test_passwords_that_stand_in_lists_of_stolen_ones(password: str) -> None:
    found = strength_of(password, KNOWN)
    assert found.refused is codes.BREACHED_PASSWORD
    assert found.score < password_strength.SCORE_MIN


def test_what_others_know_makes_a_password_easier(monkeypatch: pytest.MonkeyPatch) -> None:
    assert strength_of("wittgenstein1889", []).score > strength_of("wittgenstein1889", ["Wittgenstein"]).score


@pytest.mark.parametrize(
    "password", ["4@8({[<369!1|0$5+7%2" * 12, "4@({[<369&#!1|/\\$5+7%20" * 10, "1" * 256]
)
def test_no_estimator_gets_more_than_it_looks_at_quickly(
    password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What stands for letters can be read in so many ways that a long one would take seconds."""
    seen: list[int] = []

    def noting(part: str, known: list[str]) -> object:
        seen.append(len(part) + max(map(len, known), default=0))
        return zxcvbn(part, known)

    monkeypatch.setattr(password_strength, "zxcvbn", noting)
    strength_of(password, ["k" * 10_000])
    assert max(seen) <= 32 + 64
