"""Builds the programs of `crates/fuzz` with libFuzzer, and runs them.

The coverage that guides them is a pass of the compiler that any stable one has; what it needs beside
that is a C++ compiler, for libFuzzer itself.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
CRATE = ROOT / "crates" / "fuzz"
TARGETS = ("commands", "journal", "events", "snapshot")
COMPILERS = ("c++", "g++", "clang++")
INSTRUMENTED = " ".join(
    [
        "-Cpasses=sancov-module",
        "-Cllvm-args=-sanitizer-coverage-level=4",
        "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
        "-Cllvm-args=-sanitizer-coverage-pc-table",
        "-Cllvm-args=-sanitizer-coverage-trace-compares",
    ]
)
INPUT_BYTES_MAX = 8_192
INPUT_SECONDS_MAX = 60


class Found(AssertionError):
    """An input broke a promise."""


@dataclass(frozen=True)
class Ran:
    """How far a run came: inputs tried, and places of the code that they reached."""

    inputs: int
    places: int


def lacking() -> str | None:
    """What cannot be done without, if it is not there."""
    if any(shutil.which(name) for name in COMPILERS):
        return None
    return "there is no C++ compiler, which builds libFuzzer: apt-get install g++"


@cache
def build() -> Path:
    """Builds all programs, once, and says where they lie.

    Raises:
        subprocess.CalledProcessError: they do not build.
    """
    host = subprocess.run(["rustc", "-vV"], capture_output=True, text=True, check=True).stdout
    triple = re.search(r"^host: (\S+)$", host, re.MULTILINE)
    assert triple is not None
    target_directory = ROOT / "target" / "fuzz"
    # With a target named, what runs while building is not instrumented. Crates of our own may have come
    # since its lock was written; what is pinned in it stays.
    options = ["--release", "--quiet", "--target", triple[1], "--target-dir", target_directory]
    subprocess.run(
        ["cargo", "build", *options],
        cwd=CRATE,
        env={**os.environ, "RUSTFLAGS": INSTRUMENTED},
        check=True,
    )
    return target_directory / triple[1] / "release"


def kept(target: str) -> Path:
    """The inputs that are kept to begin with."""
    return CRATE / "corpus" / target


def cases(target: str) -> list[Path]:
    """The inputs that once broke a promise."""
    directory = CRATE / "cases" / target
    return sorted(directory.iterdir()) if directory.is_dir() else []


def run(target: str, seconds: float, new: Path, found: Path) -> Ran:
    """Goes on from the kept inputs for so long; puts what reaches more into `new`.

    Raises:
        Found: an input broke a promise; it stands in `found`.
    """
    output = carry_out(
        target,
        f"-max_total_time={max(1, round(seconds))}",
        f"-max_len={INPUT_BYTES_MAX}",
        f"-timeout={INPUT_SECONDS_MAX}",
        f"-artifact_prefix={found}/",
        "-print_final_stats=1",
        new,
        kept(target),
    )
    inputs = re.findall(r"stat::number_of_executed_units:\s+(\d+)", output)
    places = re.findall(r"cov: (\d+)", output)
    return Ran(int(inputs[-1]), int(places[-1]))


def replay(target: str, inputs: list[Path]) -> None:
    """Tries each of some inputs once.

    Raises:
        Found: one of them breaks a promise.
    """
    if inputs:
        carry_out(target, *inputs)


def merge(target: str, into: Path, *others: Path) -> None:
    """Copies what is needed of some directories to reach all that they reach."""
    carry_out(target, "-merge=1", f"-max_len={INPUT_BYTES_MAX}", into, *others)


def carry_out(target: str, *arguments: str | Path) -> str:
    done = subprocess.run(
        [build() / target, *arguments],
        env={**os.environ, "RUST_BACKTRACE": "0"},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
    )
    if done.returncode != 0:
        tail = "\n".join(done.stderr.splitlines()[-20:])
        raise Found(f"{target}: keep the input in crates/fuzz/cases/{target}, and make a case of it\n{tail}")
    return done.stderr
