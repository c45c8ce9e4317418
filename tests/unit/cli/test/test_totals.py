"""The closing line counts every test, and a run that breaks never counts as passed."""

from __future__ import annotations

from pathlib import Path

import pytest

from cse.cli.test.totals import Totals, of_cargo, of_check, of_pytest, of_vitest

CARGO = """
running 3 tests
test result: ok. 3 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s
running 2 tests
test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s
"""


@pytest.mark.parametrize(
    ("totals", "line"),
    [
        (Totals(12), "12 passed, 0 failed"),
        (Totals(12, 1), "12 passed, 1 failed"),
        (Totals(12, 0, 3), "12 passed, 0 failed, 3 skipped"),
    ],
)
def test_the_line(totals: Totals, line: str) -> None:
    assert str(totals) == line


def test_a_check_counts_as_one() -> None:
    assert of_check(True).plus(of_check(False)) == Totals(1, 1)


def test_cargo_counts_over_all_crates() -> None:
    assert of_cargo(CARGO, False) == Totals(4, 1, 1)


def test_crates_that_do_not_compile_are_a_failure() -> None:
    assert of_cargo("error[E0308]: mismatched types", False) == Totals(0, 1)


@pytest.mark.parametrize(
    ("output", "well", "totals"),
    [
        (" Test Files  2 passed (2)\n      Tests  43 passed (43)\n", True, Totals(43)),
        ("      Tests  2 failed | 43 passed | 1 skipped (46)\n", False, Totals(43, 2, 1)),
        ("\x1b[2m      Tests \x1b[22m \x1b[32m7 passed\x1b[39m (7)\n", True, Totals(7)),
        ("      Tests  4 passed (4)\nUnhandled error\n", False, Totals(4, 1)),
        ("SyntaxError: nothing was run", False, Totals(0, 1)),
    ],
)
def test_vitest_counts_by_its_closing_line(output: str, well: bool, totals: Totals) -> None:
    assert of_vitest(output, well) == totals


def test_pytest_counts_by_its_report(tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    report.write_text(
        '<testsuites><testsuite tests="10" failures="1" errors="2" skipped="3"/></testsuites>', "utf-8"
    )
    assert of_pytest(report, False) == Totals(4, 3, 3)


def test_a_run_that_breaks_before_its_report_is_a_failure(tmp_path: Path) -> None:
    assert of_pytest(tmp_path / "absent.xml", False) == Totals(0, 1)
    assert of_pytest(tmp_path / "absent.xml", True) == Totals()
