"""What is known and shown of a creator."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final

import msgspec

NAME_MAX: Final = 300
CATEGORY_MAX: Final = 60
TAGLINE_MAX: Final = 300
_ASSET: Final = re.compile(r"[A-Z0-9]{2,10}", re.ASCII)
_HANDLE: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?", re.ASCII)
_COVER: Final = re.compile(r"(?:/[a-z0-9][a-z0-9_.-]{0,63}){1,4}", re.ASCII)
# Control characters, and halves of characters; line and paragraph separators.
_REFUSED: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


class InvalidProfile(ValueError):
    """A profile that is not taken, and why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """A creator and the token, which `asset` is the symbol of.

    Texts are kept as they are given, also where they look like markup or turn the direction of writing:
    whoever shows them shows them as text, set apart from what stands around. They hold no control
    characters and no breaks of line, and do not begin or end in a space. `handle` is made of small
    letters, digits and hyphens; `cover` is a path under the exchange's origin.
    """

    asset: str
    handle: str
    name: str
    category: str
    tagline: str
    cover: str | None
    demo: bool

    def __post_init__(self) -> None:
        _require(_ASSET.fullmatch(self.asset) is not None, "asset")
        _require(_HANDLE.fullmatch(self.handle) is not None, "handle")
        _require(_is_text(self.name, NAME_MAX), "name")
        _require(_is_text(self.category, CATEGORY_MAX), "category")
        _require(_is_text(self.tagline, TAGLINE_MAX), "tagline")
        _require(self.cover is None or _COVER.fullmatch(self.cover) is not None, "cover")


class CreatorView(msgspec.Struct, frozen=True):
    """A creator. Texts are to be shown as text; `cover` is a path under this origin, or null."""

    asset: str
    handle: str
    name: str
    category: str
    tagline: str
    cover: str | None
    demo: bool


class Creators(msgspec.Struct, frozen=True):
    """All creators, in the order in which they were introduced."""

    items: list[CreatorView]
    next_cursor: str | None


def _is_text(text: str, length_max: int) -> bool:
    if not 0 < len(text) <= length_max or text != text.strip():
        return False
    return all(unicodedata.category(character) not in _REFUSED for character in text)


def _require(good: bool, field: str) -> None:
    if not good:
        raise InvalidProfile(f"a profile cannot have this {field}")
