"""Finds Debian's Redis, beside which the tests hold the embedded Valkey."""

from __future__ import annotations

import shutil
from pathlib import Path

# It has the server itself, without the service that Debian would start: the program is the server where it
# is called by that name.
PACKAGE = "redis-tools"
PROGRAM = "redis-check-rdb"
NAME = "redis-server"


def find_redis() -> Path | None:
    """The program that is a server when it is called `NAME`."""
    found = shutil.which(NAME) or shutil.which(PROGRAM)
    return Path(found).resolve() if found else None
