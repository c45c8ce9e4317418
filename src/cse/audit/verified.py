"""When somebody last held the whole log against its chain, and what came of it: a file beside PostgreSQL.

It says what was seen then, and proves nothing: `./cse verify --audit` does.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import msgspec

from cse.runtime.clock import wall_us

_FILE: Final = "verified.json"


class Verified(msgspec.Struct, frozen=True):
    """`events` were looked at, of which `findings` things were said; `time` in microseconds since 1970."""

    time: int
    events: int
    findings: int


def note_verified(data: Path, events: int, findings: int) -> None:
    """Notes it for the desk, in the place of what was noted before."""
    path = data / "audit" / _FILE
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    candidate = path.with_suffix(".new")
    candidate.write_bytes(msgspec.json.encode(Verified(wall_us(), events, findings)) + b"\n")
    candidate.replace(path)


def last_verified(data: Path) -> Verified | None:
    """What was noted last; None where nothing can be read."""
    try:
        return msgspec.json.decode((data / "audit" / _FILE).read_bytes(), type=Verified)
    except (OSError, msgspec.MsgspecError):
        return None
