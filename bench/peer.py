"""CppTrader on the flows of the core, built from a copy whose path is given.

Nothing of CppTrader is part of this project; `peers/cpptrader.cpp` drives it, in our own words.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from statistics import median
from typing import Any, Final, TypeAlias

from bench import native
from bench.native import ROOT
from bench.report import Report

_SOURCES: Final = ("market_manager.cpp", "order.cpp", "order_book.cpp")
_MATCHING: Final = Path("source") / "trader" / "matching"


TURNS: Final = 3
RunCore: TypeAlias = Callable[[], list[dict[str, Any]]]


class NotUsable(SystemExit):
    """The copy lacks what a run needs; says what, and ends the command with that."""


@dataclass(frozen=True)
class Flow:
    """Steps in a file, as the program takes them."""

    program: Path
    steps: Path
    setup: int
    markets: int

    def rounds(self, count: int) -> list[dict[str, Any]]:
        """Has all steps taken `count` times; an object a round."""
        return native.objects(self.program, [self.steps, self.setup, count, self.markets])


@dataclass(frozen=True)
class CppTrader:
    """A clone of chronoxor/CppTrader with chronoxor/CppCommon in `modules/CppCommon`.

    What else the compiler needs, such as where fmt's headers are, is taken from `CXXFLAGS`.
    """

    path: Path

    def check(self) -> None:
        """Raises `NotUsable` unless the sources are there."""
        wanted = (self.path / _MATCHING / _SOURCES[0], self._common)
        if missing := [str(each) for each in wanted if not each.exists()]:
            raise NotUsable(f"no copy of CppTrader: {', '.join(missing)} is missing; see docs/benchmarks.md")

    def flow(self, commands: Path, setup: int, markets: int) -> Flow:
        """The orders and cancels among some commands, for it to take."""
        steps = commands.with_suffix(".steps")
        (written,) = native.run("steps", [commands, setup, steps])
        return Flow(self._program, steps, written["setup_steps"], markets)

    @cached_property
    def version(self) -> str:
        """The commit of the copy."""
        command = ["git", "log", "-1", "--format=%h of %as", "--abbrev=12"]
        done = subprocess.run(command, cwd=self.path, capture_output=True, text=True)
        return done.stdout.strip() or "unknown"

    @property
    def _common(self) -> Path:
        return self.path / "modules" / "CppCommon" / "include"

    @cached_property
    def _program(self) -> Path:
        target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "peers"
        target.mkdir(parents=True, exist_ok=True)
        program = target / "cpptrader"
        command = [
            os.environ.get("CXX", "c++"), "-std=c++20", "-O3", "-DNDEBUG", "-march=native",
            *os.environ.get("CXXFLAGS", "").split(),
            f"-I{self.path / 'include'}", f"-I{self._common}",
            str(ROOT / "bench" / "peers" / "cpptrader.cpp"),
            *(str(self.path / _MATCHING / source) for source in _SOURCES),
            "-o", str(program),
        ]  # fmt: skip
        subprocess.run(command, check=True)
        return program


def compare(report: Report, name: str, run_core: RunCore, flow: Flow, count: int) -> None:
    """Adds the core beside CppTrader, in turn; a figure is the ratio of one turn's medians."""
    turns = [(run_core(), flow.rounds(count)) for _ in range(TURNS)]
    theirs = [median(each["elapsed_ns"] for each in peer) for _, peer in turns]
    core, peer = turns[0]
    report.add(f"{name}, CppTrader, commands/s", [peer[0]["steps"] * 1e9 / each for each in theirs])
    for field, label in (("elapsed_ns", ""), ("books_ns", ", books")):
        ours = [median(each[field] for each in core) for core, _ in turns]
        ratios = [their / our for their, our in zip(theirs, ours, strict=True)]
        report.add(f"{name}{label}, times CppTrader", ratios)
    # Microseconds are the machine's; what a command takes beside the peer's is the core's.
    for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9")):
        ours, theirs = (
            [median(each[field] for each in rounds) for rounds in side] for side in zip(*turns, strict=True)
        )
        report.add(f"{name}, CppTrader, {label} us", [each / 1e3 for each in theirs])
        ratios = [our / their for our, their in zip(ours, theirs, strict=True)]
        report.add(f"{name}, {label}, times CppTrader's", ratios)
    report.notes.append(
        f"{name}: CppTrader tells of {peer[0]['executions']:,} executions, two for each of "
        f"{core[0]['trades']:,} trades"
    )
