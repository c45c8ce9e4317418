"""What `./cse test` runs, one stage after another."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cse.cli.dependencies.command import NOT_ASKED
from cse.cli.test.totals import Totals, of_cargo, of_check, of_pytest, of_vitest

# pytest's own words for: nothing was collected.
NO_TESTS: Final = 5
PROCESSES: Final = 2
# Tests with servers wait more than they compute.
SERVER_PROCESSES: Final = 3
# Where packages of Python lie in the clone.
SOURCES: Final = ("src", "clients/python")
FAST: Final = "not slow and not long"
SLOW: Final = "slow and not long"
LONG: Final = "long"
BROWSER: Final = "tests/browser"
# All tests in these start servers; elsewhere those do that say so.
SERVER_FOLDERS: Final = ("tests/e2e", "tests/integration")
SAYS_SLOW: Final = "mark.slow"
# What each member of the npm workspace is held to.
NPM_SCRIPTS: Final = {
    "clients/typescript": ("check", "lint", "test"),
    "web": ("typecheck", "lint", "test", "budgets"),
}


@dataclass(frozen=True)
class Stage:
    """One program, and how to count what it reports.

    Attributes:
        title: what a person reads.
        command: run in the clone.
        count: the totals, from its output and whether it ended well.
        environment: variables that differ from this process's.
        live: its output goes straight to the terminal.
        good: the exit statuses that are no failure.
        without: those that say that it could not be looked at here, which counts as skipped.
        directory: where it runs instead of the clone.
    """

    title: str
    command: tuple[str, ...]
    count: Callable[[str, bool], Totals] = lambda _, well: of_check(well)
    environment: Mapping[str, str] = field(default_factory=dict)
    live: bool = False
    good: frozenset[int] = frozenset({0})
    without: frozenset[int] = frozenset()
    directory: Path | None = None

    def run(self, root: Path) -> Totals:
        """Runs it; shows its output when it fails, or while it runs if it is live."""
        process = subprocess.run(
            self.command,
            cwd=self.directory or root,
            env={**os.environ, **self.environment},
            stdin=subprocess.DEVNULL,
            stdout=None if self.live else subprocess.PIPE,
            stderr=None if self.live else subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
        )
        output = process.stdout or ""
        if process.returncode in self.without:
            print(output)
            return Totals(skipped=1)
        totals = self.count(output, process.returncode in self.good)
        if totals.failed and not self.live:
            print(output)
        return totals


Lane = Sequence[Stage]
"""Stages that run one after another."""


def checks(root: Path) -> list[Stage]:
    """What looks at the sources without running them."""
    places = os.pathsep.join(str(root / place) for place in SOURCES)
    sources = {"PYTHONPATH": places}
    return [
        Stage("generated files are current", (*_python("cse", "generate", "--check"),), environment=sources),
        Stage("ruff check", (_tool("ruff"), "check", ".")),
        Stage("ruff format", (_tool("ruff"), "format", "--check", ".")),
        Stage("mypy --strict", (_tool("mypy"),), environment={"PYTHONPATH": "", "MYPYPATH": places}),
        Stage("rooms import only what they stand on", (_tool("lint-imports"),), environment=sources),
        Stage("cargo fmt", ("cargo", "fmt", "--all", "--check")),
        *dependencies(sources),
    ]


def dependencies(sources: Mapping[str, str]) -> list[Stage]:
    """Packages against the licences that are allowed, and against what is known where somebody says it."""
    return [
        Stage(
            name,
            _python("cse", "dependencies", f"--{name}"),
            environment=sources,
            without=frozenset({NOT_ASKED}),
        )
        for name in ("licences", "advisories")
    ]


def rust() -> list[Stage]:
    """The lints and tests of the crates."""
    linted = ("cargo", "clippy", "--locked", "--quiet")
    strict = ("--", "-D", "warnings")
    # With faults the same sources read otherwise.
    faulty = ("--package", "cse-python", "--features", "mutants")
    tests = ("cargo", "test", "--workspace", "--locked", "--quiet")
    return [
        Stage("clippy", (*linted, "--workspace", "--all-targets", *strict)),
        Stage("clippy of the core with faults", (*linted, *faulty, *strict)),
        Stage("cargo test", tests, of_cargo),
    ]


def npm() -> list[Stage]:
    """The checks and tests in TypeScript, in the workspace that the set-up made; none without one."""
    workspace = os.environ.get("CSE_WORKSPACE")
    if workspace is None:
        return []
    npm = shlex.split(os.environ.get("CSE_NPM", "npm"))
    return [
        Stage(
            f"{member}: {script}",
            (*npm, "run", script, "--workspace", member, "--if-present"),
            of_vitest if script == "test" else lambda _, well: of_check(well),
            directory=Path(workspace),
        )
        for member, scripts in NPM_SCRIPTS.items()
        for script in scripts
    ]


def with_servers(root: Path) -> list[str]:
    """The folders and files in which tests start servers, without the browser's.

    Each process of pytest reads all that it is given before it chooses by marks, which costs it as much
    as many tests. What waits most comes first, then single files that compute for minutes, of which none
    is to be the last; many short ones fill what is left.
    """
    apart = [root / folder for folder in (BROWSER, *SERVER_FOLDERS)]
    files = (file for file in (root / "tests").rglob("test_*.py") if not any(map(file.is_relative_to, apart)))
    slow = [str(file.relative_to(root)) for file in files if SAYS_SLOW in file.read_text()]
    waiting, short = SERVER_FOLDERS
    return [waiting, *sorted(slow), short]


def python(root: Path, reports: Path, paths: Sequence[str], *, fast: bool, long: bool) -> list[list[Lane]]:
    """The suites in Python: lanes that run side by side, and after them others."""
    if paths:
        expression = "long or not long" if long else "not long"
        return [[[_pytest("chosen tests", reports / "chosen.xml", expression, 0, paths, needed=True)]]]
    without = [f"--ignore={folder}" for folder in (BROWSER, *SERVER_FOLDERS)]
    alone = _pytest("tests without servers", reports / "fast.xml", FAST, PROCESSES, options=without)
    suites: list[list[Lane]] = [[[alone]]]
    if not fast:
        # In the order in which they are given.
        order, places = ["--no-loadscope-reorder"], with_servers(root)
        report = reports / "slow.xml"
        servers = _pytest("tests with servers", report, SLOW, SERVER_PROCESSES, places, options=order)
        browser = _pytest("tests in a browser", reports / "browser.xml", SLOW, 0, (BROWSER,))
        suites.append([[servers], [browser]])
    if long:
        # A browser's event loop and those of asynchronous tests do not go together.
        apart = [f"--ignore={BROWSER}"]
        suites.append([[_pytest("long tests", reports / "long.xml", LONG, 0, options=apart)]])
        suites.append(
            [[_pytest("long tests in a browser", reports / "long-browser.xml", LONG, 0, (BROWSER,))]]
        )
    return suites


def _pytest(
    title: str,
    report: Path,
    expression: str,
    processes: int,
    paths: Sequence[str] = (),
    *,
    needed: bool = False,
    options: Sequence[str] = (),
) -> Stage:
    arguments = ["-m", expression, f"--junit-xml={report}", "-n", str(processes), "--dist", "loadfile", "-q"]
    return Stage(
        title,
        _python("pytest", *arguments, *options, *paths),
        lambda _, well: of_pytest(report, well),
        live=True,
        good=frozenset({0}) if needed else frozenset({0, NO_TESTS}),
    )


def _python(module: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-P", "-m", module, *arguments)


def _tool(name: str) -> str:
    return str(Path(sys.executable).parent / name)
