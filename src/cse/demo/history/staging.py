"""Real files for the leader's storage that are made durable once, at the end, and then moved in place.

A past is all or nothing, so nothing of it needs to be durable before its end: a sync of each of its
hundred thousand records would take minutes. It is written aside; the journal's directory moves in
place last, which is what makes the past be.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path
from typing import Final

BUILDING: Final = "history.building"
_PARTS: Final = ("journal", "events", "snapshots", "run")


class StagedFile:
    """`engine.storage.File` without syncs."""

    def __init__(self, path: Path) -> None:
        self._descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def __del__(self) -> None:
        os.close(self._descriptor)

    def length(self) -> int:
        return os.fstat(self._descriptor).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        return os.pread(self._descriptor, length, offset)

    def write_at(self, offset: int, data: bytes) -> None:
        view = memoryview(data)
        while view:
            written = os.pwrite(self._descriptor, view, offset)
            view, offset = view[written:], offset + written

    def sync(self) -> None:
        """Nothing yet."""

    def set_length(self, length: int) -> None:
        os.ftruncate(self._descriptor, length)


class StagedDirectory:
    """`engine.storage.Directory` without syncs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.mkdir(mode=0o700)

    def list(self) -> list[str]:
        return sorted(entry.name for entry in self.path.iterdir())

    def open(self, name: str, create: bool) -> StagedFile:
        path = self.path / name
        if not create and not path.exists():
            raise FileNotFoundError(path)
        return StagedFile(path)

    def rename(self, old: str, new: str) -> None:
        (self.path / old).rename(self.path / new)

    def remove(self, name: str) -> None:
        (self.path / name).unlink()

    def sync(self) -> None:
        """Nothing yet."""

    def free_bytes(self) -> int:
        return shutil.disk_usage(self.path).free


class Staging:
    """`engine.storage.Storage` beside a data directory that has no journal yet."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._path = data / BUILDING
        # What an earlier start did not finish is of no use: its end lies too far back.
        shutil.rmtree(self._path, ignore_errors=True)
        self._path.mkdir(mode=0o700)
        self.journal, self.events, self.snapshots, self.run = (
            StagedDirectory(self._path / part) for part in _PARTS
        )

    def move_in_place(self) -> None:
        """Makes everything durable and part of the data directory, the journal last.

        Of what moves before it nothing counts: an event log without its journal is cut by the leader
        and replaced by the next attempt. The watermark does not move at all; the leader makes its own.
        """
        for part in (self.events, self.journal):
            for name in part.list():
                _sync(part.path / name)
            _sync(part.path)
        for part in (self.events, self.journal):
            place = self._data / part.path.name
            shutil.rmtree(place, ignore_errors=True)
            part.path.rename(place)
            _sync(self._data)
        shutil.rmtree(self._path)


def is_needed(data: Path) -> bool:
    """Whether a data directory has no past at all: no journal, and no leader ever began one."""
    with contextlib.suppress(FileNotFoundError):
        if any(entry.name != "lock" for entry in (data / "journal").iterdir()):
            return False
    return not (data / "run" / "watermark").exists()


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
