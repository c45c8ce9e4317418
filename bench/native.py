"""Builds and runs the measuring programs of the crates."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from cse.runtime.large_pages import large_pages

ROOT = Path(__file__).parent.parent


def run(program: str, arguments: Sequence[str | int | Path]) -> list[dict[str, Any]]:
    """Runs a program of `crates/bench` and returns the objects it printed, one a line.

    Raises `subprocess.CalledProcessError`; what the program said is on the terminal by then.
    """
    return objects(_built("--package", "cse-bench") / program, arguments)


def run_example(package: str, example: str, arguments: Sequence[str | int | Path]) -> list[dict[str, Any]]:
    """The same for an example of another crate."""
    return objects(_built("--package", package, "--example", example) / "examples" / example, arguments)


def objects(program: Path, arguments: Sequence[str | int | Path]) -> list[dict[str, Any]]:
    """The objects that a program printed, one a line; its memory is as the leader's.

    Raises `subprocess.CalledProcessError`.
    """
    command = [str(program), *map(str, arguments)]
    environment = {**os.environ, **large_pages(os.environ)}
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True, env=environment)
    return [json.loads(line) for line in done.stdout.splitlines()]


@cache
def _built(*what: str) -> Path:
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet", *what], cwd=ROOT, check=True)
    return Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "release"
