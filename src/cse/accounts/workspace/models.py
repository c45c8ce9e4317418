"""What is taken, given and kept of a workspace."""

from __future__ import annotations

import re
from typing import Annotated, Final

import msgspec
from msgspec import Meta

NAME: Final = re.compile(r"[a-z][A-Za-z0-9.-]{0,95}")
TEXT_MAX_BYTES: Final = 12_000
# Of all names and texts of a person together, and how many names there may be.
WORKSPACE_MAX_BYTES: Final = 262_144
NAMES_MAX: Final = 200


class KeptName(msgspec.Struct, frozen=True):
    """A name under which something is kept. `version` rises with each change of it."""

    name: str
    version: int


class KeptNames(msgspec.Struct, frozen=True):
    """All names of the person, by their alphabet."""

    items: list[KeptName]


class KeptText(msgspec.Struct, frozen=True):
    """What is kept under a name, as the app wrote it; version 0, an empty text and no time for nothing."""

    name: str
    version: int
    text: str
    changed_at: str | None


class NewKeptText(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body that keeps a text, of at most 12,000 bytes; `version` is the one that was seen, 0 for none."""

    version: Annotated[int, Meta(ge=0)]
    text: str
