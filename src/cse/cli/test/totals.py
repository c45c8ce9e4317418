"""Counts of tests, as their runners report them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

_CARGO_RESULT: Final = re.compile(
    r"^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored;", re.MULTILINE
)
_VITEST_RESULT: Final = re.compile(r"^ *Tests +(.*)$", re.MULTILINE)
_VITEST_COUNT: Final = re.compile(r"(\d+) (passed|failed|skipped|todo)")
_COLOUR: Final = re.compile(r"\x1b\[[0-9;]*m")


class Totals(NamedTuple):
    """How many tests or checks ended how."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def plus(self, other: Totals) -> Totals:
        """Both together."""
        return Totals(*(mine + yours for mine, yours in zip(self, other, strict=True)))

    def __str__(self) -> str:
        line = f"{self.passed} passed, {self.failed} failed"
        return f"{line}, {self.skipped} skipped" if self.skipped else line


def of_check(well: bool) -> Totals:
    """A check counts as one test."""
    return Totals(passed=1) if well else Totals(failed=1)


def of_cargo(output: str, well: bool) -> Totals:
    """The tests of all crates; what does not compile counts as one failure."""
    totals = Totals()
    for passed, failed, ignored in _CARGO_RESULT.findall(output):
        totals = totals.plus(Totals(int(passed), int(failed), int(ignored)))
    return totals if well or totals.failed else totals.plus(Totals(failed=1))


def of_vitest(output: str, well: bool) -> Totals:
    """The tests in vitest's closing line; a run that broke without a failed test counts as one."""
    totals = Totals()
    for line in _VITEST_RESULT.findall(_COLOUR.sub("", output)):
        counts = {word: int(number) for number, word in _VITEST_COUNT.findall(line)}
        skipped = counts.get("skipped", 0) + counts.get("todo", 0)
        totals = totals.plus(Totals(counts.get("passed", 0), counts.get("failed", 0), skipped))
    return totals if well or totals.failed else totals.plus(Totals(failed=1))


def of_pytest(report: Path, well: bool) -> Totals:
    """The tests in pytest's report; a run that broke without a failed test counts as one."""
    totals = Totals()
    if report.exists():
        # Our own pytest wrote it a moment ago.
        for suite in ET.parse(report).getroot().iter("testsuite"):  # noqa: S314
            total, skipped = int(suite.get("tests", 0)), int(suite.get("skipped", 0))
            failed = int(suite.get("failures", 0)) + int(suite.get("errors", 0))
            totals = totals.plus(Totals(max(0, total - failed - skipped), failed, skipped))
    return totals if well or totals.failed else totals.plus(Totals(failed=1))
