"""Faults of the real machine, made on demand: syncs that fail, a clock that is set, a small disk."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SOURCE = Path(__file__).with_name("interpose.c")


class Faults:
    """Compiles the interposer; `environment` puts it before the library of a child process."""

    def __init__(self, directory: Path) -> None:
        self._common = directory / "faults"
        library = directory / "interpose.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", library, SOURCE, "-ldl"], check=True)
        self.environment = {"LD_PRELOAD": str(library), "FAULTS": str(self._common)}

    def fail_syncs(self, fail: bool = True) -> None:
        """From now on every sync fails, or none."""
        told = self._common.with_suffix(".sync")
        if fail:
            told.touch()
        else:
            told.unlink()

    def set_clock_off(self, seconds: int) -> None:
        """Sets the wall clock so far off the true time; below zero it is behind."""
        told = self._common.with_suffix(".clock")
        new = told.with_suffix(".new")
        new.write_text(str(seconds))
        new.rename(told)


@contextmanager
def small_disk(directory: Path, size_bytes: int) -> Iterator[Path]:
    """A file system of this size, in memory; mounting it takes root."""
    directory.mkdir()
    options = f"size={size_bytes},mode=0700,uid={os.getuid()}"
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "cse-small-disk", directory], check=True)
    try:
        yield directory
    finally:
        subprocess.run(["umount", directory], check=True)


class Ballast:
    """A file that takes up room."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / "ballast"

    def leave(self, free_bytes: int) -> None:
        """Grows until only so much is free."""
        disk = os.statvfs(self._path.parent)
        with self._path.open("ab") as file:
            for _ in range((disk.f_bavail * disk.f_frsize - free_bytes) // 4096):
                file.write(b"x" * 4096)

    def remove(self) -> None:
        self._path.unlink()
