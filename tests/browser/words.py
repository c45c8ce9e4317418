"""What the web app says, out of its own messages, for tests that read it in several languages."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

MESSAGES: Final = Path(__file__).parents[2] / "web" / "messages"
_FIGURE: Final = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")


@cache
def words(locale: str, name: str, /, **values: str) -> str:
    """A message by its name, such as `trade.ticket.limit`, with its arguments filled in.

    Messages that count something have to be matched by a part of theirs.
    """
    file, *path = name.split(".")
    found: Any = _messages(locale, file)
    for key in path:
        found = found[key]
    return re.sub(r"\{(\w+)\}", lambda match: values[match[1]], found)


def numbers(text: str) -> list[Decimal]:
    """The figures of a text as they are written in English: `4,281.9 LUNA` has 4281.9."""
    return [Decimal(found.replace(",", "")) for found in _FIGURE.findall(text)]


def number(text: str) -> Decimal:
    """The first figure of a text."""
    found = numbers(text)
    assert found, f"there is no figure in {text!r}"
    return found[0]


@cache
def _messages(locale: str, file: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((MESSAGES / locale / f"{file}.json").read_text())
    return found
