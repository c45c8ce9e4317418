"""A built copy of the public benchmark of matching engines: what it is, and single runs of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from functools import cached_property
from mmap import MAP_ANONYMOUS, MAP_POPULATE, MAP_PRIVATE, mmap
from pathlib import Path
from typing import Final

CANONICAL_SEED: Final = 23
_NEW_ORDERS: Final = 1_000_000
_RUN_SECONDS: Final = 900
_TOUCHED_BYTES: Final = 3 << 29
# The harness holds the book's state against Liquibook's, which takes minutes over its deepest
# scenario; against QuantCup's where the engine goes by this name.
_HELD_AGAINST_QUANTCUP: Final = "liquibook_adapter.so"


class NotUsable(SystemExit):
    """The copy lacks what a run needs; says what, and ends the command with that."""


@dataclass(frozen=True)
class Outcome:
    """One run: millions of messages a second, the hash of all reports, and the harness's verdict."""

    throughput: float
    reports_hash: str
    is_valid: bool


@dataclass(frozen=True)
class Copy:
    """The directory in which `harness`, `generator` and the peers' libraries were built."""

    path: Path

    def check(self) -> None:
        """Raises `NotUsable` unless runs can be made."""
        for program in ("harness", "generator"):
            if not (self.path / program).is_file():
                raise NotUsable(f"{self.path} holds no {program}; build the benchmark there first")
        if len(os.sched_getaffinity(0)) < 2:
            raise NotUsable("two cores are needed: one matches, one takes the reports")

    @cached_property
    def version(self) -> str:
        """The commit of the copy and its day."""
        command = ["git", "log", "-1", "--format=%h of %as", "--abbrev=12"]
        done = subprocess.run(command, cwd=self.path, capture_output=True, text=True)
        return done.stdout.strip() or "unknown"

    def peer(self, name: str) -> Path | None:
        """The library of another engine, if it was built."""
        library = self.path / f"{name}_adapter.so"
        return library if library.is_file() else None

    def measure(self, engine: Path, scenario: str, words: str = "", seed: int = CANONICAL_SEED) -> Outcome:
        """One timed run. `words` go to our own library as `CSE_JUDGE`."""
        _touch_memory()
        said = self._harness(engine, scenario, "perf", words, seed)
        throughput = re.search(r"Throughput: +([\d.]+)", said)
        return Outcome(
            throughput=float(throughput[1]) if throughput else 0.0,
            reports_hash=_after("Computed hash: ", said),
            is_valid="Verdict: VALID" in said,
        )

    def audit(self, engine: Path, scenario: str, words: str) -> tuple[int, bool]:
        """A run in which the book's state is asked for; how many answers were compared, and whether
        all of them and the reports were right."""
        with tempfile.TemporaryDirectory() as directory:
            named = Path(directory) / _HELD_AGAINST_QUANTCUP
            named.symlink_to(engine)
            said = self._harness(named, scenario, "audit", words, CANONICAL_SEED)
        checked = re.search(r"State audit: PASS . (\d+) state checks", said)
        return int(checked[1]) if checked else 0, "Verdict: VALID" in said

    def cases(self, engine: Path, words: str) -> str:
        """What the benchmark's own script says of its cases by hand."""
        command = [sys.executable, "scripts/conformance_check.py", str(engine)]
        done = self._run(command, words)
        verdict = _after("VERDICT: ", done.stdout)
        return verdict.partition(": ")[2] or (done.stderr.strip().splitlines() or ["said nothing"])[-1]

    def forget_flows(self, seed: int) -> None:
        """Deletes the flows generated from a seed; each takes 80 MB."""
        for flow in self.path.glob(f"orders_*_s{seed}_n{_NEW_ORDERS}.bin"):
            flow.unlink()

    def _harness(self, engine: Path, scenario: str, mode: str, words: str, seed: int) -> str:
        matcher, drainer = sorted(os.sched_getaffinity(0))[:2]
        numbers = {"seed": seed, "count": _NEW_ORDERS, "matcher-core": matcher, "drainer-core": drainer}
        command = ["./harness", "--engine", str(engine), "--scenario", scenario, "--mode", mode]
        for option, number in numbers.items():
            command += [f"--{option}", str(number)]
        return self._run(command, words).stdout

    def _run(self, command: list[str], words: str) -> subprocess.CompletedProcess[str]:
        surroundings = {**os.environ, "CSE_JUDGE": words}
        return subprocess.run(
            command, cwd=self.path, env=surroundings, capture_output=True, text=True, timeout=_RUN_SECONDS
        )


def _touch_memory() -> None:
    """Has as much memory at hand as a run takes.

    A virtual machine gets free memory from its host when it first touches it; in a run of a tenth of a
    second that would be half of what is measured, in some runs and not in others.
    """
    mmap(-1, _TOUCHED_BYTES, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE).close()


def _after(label: str, text: str) -> str:
    for line in text.splitlines():
        if label in line:
            return line.partition(label)[2].strip()
    return ""
