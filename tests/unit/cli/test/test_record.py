"""A long run leaves its result behind, and takes nothing away from others'."""

from __future__ import annotations

import json
from pathlib import Path

from cse.cli.test.record import EVERYTHING, RECORD, keep
from cse.cli.test.totals import Totals


def test_each_selection_keeps_its_last_result(tmp_path: Path) -> None:
    (tmp_path / RECORD).parent.mkdir(parents=True)
    keep(tmp_path, [], Totals(10, 1), 61.4, "a")
    keep(tmp_path, ["tests/simulation"], Totals(8), 349.0, "b")
    keep(tmp_path, [], Totals(11), 60.0, "c")
    kept = json.loads((tmp_path / RECORD).read_text())
    assert {name: (one["passed"], one["seconds"], one["commit"]) for name, one in kept.items()} == {
        EVERYTHING: (11, 60, "c"),
        "tests/simulation": (8, 349, "b"),
    }
