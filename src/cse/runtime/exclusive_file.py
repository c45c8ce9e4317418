"""What only one of several processes of a machine does at a time."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path


class ExclusiveFile:
    """A file that one process has at a time, until it lets it go or ends, however that comes about."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor = -1

    def take(self) -> bool:
        """Whether it is this process's now; asked again, whether it still is. Raises `OSError`."""
        if self._descriptor >= 0:
            return True
        descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def close(self) -> None:
        """Lets it go."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1
