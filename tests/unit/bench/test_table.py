"""`docs/benchmarks.md` says what `bench/results` say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import table
from bench.goals import Goal


def test_the_page_says_what_was_recorded() -> None:
    text = table.PAGE.read_text(encoding="utf-8")
    assert table.page(text) == text, "./cse bench writes both; a result copied in needs bench.table.update()"


def test_a_figure_stands_beside_its_goal_and_its_rounds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    goals = {
        "leader: answers/s": Goal("at least", 300_000),
        "leader: P99 ms": Goal("at most", 2.0),
        "judge: own ring": Goal("at least", 3.0),
    }
    monkeypatch.setattr(table, "GOALS", goals)
    figures = {"leader: answers/s": [310_000.4, 299_000, 305_000], "leader: P99 ms": [2.25]}
    conditions = {
        "time": "2026-11-25T21:55:19+00:00",
        "commit": "b48fd7c2230c",
        "processor": "EPYC",
        "cores": "2",
        "system": "Linux 6",
        "load": "0.10 0.20 0.30",
    }
    result = {"figures": figures, "workload": "a flood", "notes": ["no refusals"], "conditions": conditions}
    (tmp_path / "leader.json").write_text(json.dumps(result))
    (tmp_path / "search.json").write_text(json.dumps({"commands": 1}))
    assert table.tables(tmp_path).splitlines() == [
        "| command | figure | median | rounds | goal | met |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `./cse bench leader` | answers/s | 305,000 | 3: 299,000 to 310,000 | at least 300,000 | yes |",
        "| `./cse bench leader` | P99 ms | 2.25 | 1: 2.25 to 2.25 | at most 2 | **no** |",
        "| `./cse bench judge` | own ring | not recorded | | at least 3 | |",
        "",
        "| command | what it did | recorded | at commit | on | load |",
        "| --- | --- | --- | --- | --- | --- |",
        "| `./cse bench leader` | a flood | 2026-11-25 | b48fd7c2230c "
        "| EPYC, 2 cores, Linux 6 | 0.10 0.20 0.30 |",
        "",
        "- leader: no refusals",
    ]


def test_what_stands_around_the_tables_stays() -> None:
    text = table.page("# Title\n\nWords.\n")
    assert text.startswith("# Title\n\nWords.\n")
    assert table.page(f"{text}\nMore words.\n") == f"{text}\nMore words.\n"
