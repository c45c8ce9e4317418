"""How the core is held against CppTrader: what a copy must have, and what a ratio is of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bench.peer import CppTrader, Flow, NotUsable, compare
from bench.report import Report


def test_a_path_that_holds_no_copy_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(NotUsable, match=r"market_manager\.cpp.*CppCommon"):
        CppTrader(tmp_path).check()


def test_a_ratio_is_of_the_medians_of_one_turn(tmp_path: Path) -> None:
    program = tmp_path / "cpptrader"
    program.write_text(
        "#!/bin/sh\n"
        "for elapsed in 90 100 900; do\n"
        '  echo "{\\"elapsed_ns\\":$elapsed,\\"steps\\":10,\\"executions\\":4,'
        '\\"p50_ns\\":20,\\"p99_ns\\":$elapsed,\\"p999_ns\\":1000}"\n'
        "done\n"
    )
    program.chmod(0o755)
    speeds = iter((100, 50, 200))

    def run_core() -> list[dict[str, Any]]:
        elapsed_ns = next(speeds)
        times = {"p50_ns": 30, "p99_ns": 2 * elapsed_ns, "p999_ns": 500}
        return [{"elapsed_ns": elapsed_ns, "books_ns": 20, "trades": 2, **times}]

    report = Report("core", "a test")
    compare(report, "W1", run_core, Flow(program, tmp_path / "steps", 0, 1), 3)
    assert report.figures == {
        "core: W1, CppTrader, commands/s": [1e8, 1e8, 1e8],
        "core: W1, times CppTrader": [1.0, 2.0, 0.5],
        "core: W1, books, times CppTrader": [5.0, 5.0, 5.0],
        "core: W1, CppTrader, P50 us": [0.02, 0.02, 0.02],
        "core: W1, P50, times CppTrader's": [1.5, 1.5, 1.5],
        "core: W1, CppTrader, P99 us": [0.1, 0.1, 0.1],
        "core: W1, P99, times CppTrader's": [2.0, 1.0, 4.0],
        "core: W1, CppTrader, P99.9 us": [1.0, 1.0, 1.0],
        "core: W1, P99.9, times CppTrader's": [0.5, 0.5, 0.5],
    }
    assert report.notes[-1] == "W1: CppTrader tells of 4 executions, two for each of 2 trades"
