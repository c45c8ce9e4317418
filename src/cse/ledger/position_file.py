"""`run/ledger.position`: tells the replica how far PostgreSQL is, as one u64 little-endian."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final, Self

_WIDTH: Final = 8


class PositionFile:
    """The file, kept open. One write of 8 bytes is never seen half."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)

    def write(self, sequence: int) -> None:
        """Sets the last sequence that is committed."""
        os.pwrite(self._file, sequence.to_bytes(_WIDTH, "little"), 0)


def read_position(path: Path) -> int:
    """The last sequence that the ledger has told of; 0 where it never has."""
    try:
        return int.from_bytes(path.read_bytes()[:_WIDTH], "little")
    except FileNotFoundError:
        return 0
