"""Texts as cells of a table that a spreadsheet opens."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Final

# Where a spreadsheet takes a text for a formula. People choose what some of these texts are.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_NUMBER: Final = re.compile(r"-\d+(\.\d+)?", re.ASCII)


def cell(value: str | None) -> str:
    """A text that is no formula to a spreadsheet: what would be one stands behind an apostrophe.

    A number below zero is none.
    """
    text = value or ""
    return f"'{text}" if text.startswith(_FORMULA) and not _NUMBER.fullmatch(text) else text


def lines(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows of texts as CSV."""
    out = StringIO()
    csv.writer(out, lineterminator="\r\n").writerows([cell(text) for text in row] for row in rows)
    return out.getvalue().encode()
