"""The list of sanctions: a file of names and dates of birth, and who of the persons meets an entry.

A line is a date of birth, a comma, and one or more names, with semicolons between them:

    1961-04-30, Viktor Example; Wiktor Example
    1958, Nadia Sample

Where the date is a year alone, everybody born in that year meets it. Empty lines and lines that begin with #
say nothing. Names are compared without regard to case, marks, strokes, punctuation and the order of their
parts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import Final

from cse.accounts.verification.models import Listed
from cse.runtime.configuration import InvalidConfiguration

_YEAR: Final = re.compile(r"[0-9]{4}", re.ASCII)
_TATWEEL: Final = "\u0640"
# Letters with a stroke, and joined ones, which no normal form takes apart.
_PLAIN: Final = str.maketrans(
    dict(zip("łøđðħŧ\u0131", "loddhti", strict=True)) | {"æ": "ae", "œ": "oe", "þ": "th"}
)


class SanctionsList:
    """Entries by what their names come down to."""

    def __init__(self, entries: Iterable[Listed] = ()) -> None:
        self._by_name: dict[str, list[Listed]] = {}
        for entry in entries:
            self._by_name.setdefault(comparable(entry.name), []).append(entry)

    @classmethod
    def read(cls, path: Path) -> SanctionsList:
        """The list of a file.

        Raises:
            InvalidConfiguration: it cannot be read; the message names the line.
        """
        try:
            lines = path.read_text("utf-8").splitlines()
        except (OSError, UnicodeDecodeError) as error:
            raise InvalidConfiguration(f"CSE_SANCTIONS_FILE: {path} cannot be read: {error}") from None
        found = []
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.lstrip().startswith("#"):
                entries = list(_entries(line))
                if not entries:
                    what = f"line {number} of {path} is not a date or a year, a comma, and names"
                    raise InvalidConfiguration(f"CSE_SANCTIONS_FILE: {what}")
                found += entries
        return cls(found)

    def hits(self, legal_name: str, date_of_birth: str) -> tuple[Listed, ...]:
        """The entries that somebody meets by name and date of birth."""
        named = self._by_name.get(comparable(legal_name), ())
        return tuple(entry for entry in named if entry.born in (date_of_birth, date_of_birth[:4]))


def comparable(name: str) -> str:
    """What is compared of a name: its letters and digits, in parts that are sorted."""
    # Twice, for there are letters that have another case only in their normal form.
    folded = unicodedata.normalize("NFKD", name).casefold()
    plain = unicodedata.normalize("NFKD", folded).replace(_TATWEEL, "").translate(_PLAIN)
    letters = [
        character if character.isalnum() else " "
        for character in plain
        if not unicodedata.combining(character)
    ]
    return " ".join(sorted("".join(letters).split()))


def _entries(line: str) -> Iterable[Listed]:
    born, _, names = line.partition(",")
    born = born.strip()
    if not _YEAR.fullmatch(born):
        try:
            born = date.fromisoformat(born).isoformat()
        except ValueError:
            return
    for name in names.split(";"):
        if comparable(name):
            yield Listed(" ".join(name.split()), born)
