"""A command of `cse` for tests, known to who has loaded this module."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from cse.cli import main as commands

commands.COMMANDS = (*commands.COMMANDS, ("placeholder", __name__, "stands in for a service"))  # type: ignore[assignment, misc]


def open_files() -> dict[int, int]:
    """Which file, by its inode, each number stands for."""
    found = {}
    for number in range(1_024):
        with suppress(OSError):
            found[number] = os.fstat(number).st_ino
    return found


def main(arguments: Sequence[str]) -> int:
    """Says what it has; `wait` then stays until it is killed, a number is its exit status."""
    said = {
        "pid": os.getpid(),
        "session": os.getsid(0),
        "name": Path("/proc/self/comm").read_text().strip(),
        "loaded": os.environ.get("LOADED"),
        "variables": sorted(name for name in os.environ if name.startswith("PLACEHOLDER")),
        "open_files": open_files(),
    }
    print(json.dumps(said), flush=True)
    print("and this is an error", file=sys.stderr, flush=True)
    if arguments[0] == "wait":
        time.sleep(600)
    return int(arguments[0])
