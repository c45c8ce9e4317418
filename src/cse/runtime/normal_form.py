"""Texts in one spelling, of strangers who may send any."""

from __future__ import annotations

import unicodedata
from typing import Final, Literal

# Of so many characters one is made at most.
_PARTS_MAX: Final = 4


def normal_form(form: Literal["NFC", "NFKC"], text: str, length_max: int) -> str:
    """The text in a normal form of Unicode; as it is where none of `length_max` characters can come of it.

    Marks are put in order for that, which takes the square of their number: a body full of them would
    keep a whole process from all others.
    """
    return text if len(text) > _PARTS_MAX * length_max else unicodedata.normalize(form, text)
