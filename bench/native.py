"""Builds and runs the programs of `crates/bench`."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parent.parent


def run(program: str, arguments: Sequence[str | int | Path]) -> list[dict[str, int]]:
    """Runs a program and returns the objects it printed, one a line.

    Raises `subprocess.CalledProcessError`; what the program said is on the terminal by then.
    """
    done = subprocess.run(
        [_built() / program, *map(str, arguments)], stdout=subprocess.PIPE, text=True, check=True
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def _built() -> Path:
    subprocess.run(["cargo", "build", "--release", "--quiet", "--package", "cse-bench"], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release"
