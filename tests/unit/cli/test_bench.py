"""`./cse bench` finds its workloads in the clone."""

import importlib
from pathlib import Path

import pytest

import bench.judge as bench_judge
from bench.goals import GOALS, Goal
from cse.cli import bench


@pytest.mark.parametrize("name", (*bench.NAMES, bench.PAGE))
def test_each_name_is_a_workload_with_goals(name: str) -> None:
    assert callable(importlib.import_module(f"bench.{name}").run)
    assert any(goal.startswith(f"{name}: ") for goal in GOALS)


def test_outside_a_clone_it_says_where_to_call_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("CSE_ROOT", raising=False)
    assert bench.main(["core"]) == 1
    assert "./cse bench" in capsys.readouterr().err


def test_the_public_benchmark_is_run_in_the_copy_that_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("CSE_ROOT", str(Path(bench_judge.__file__).parents[1]))
    copies: list[Path] = []
    monkeypatch.setattr(bench_judge, "run", copies.append)
    assert bench.main(["judge", "--copy", str(tmp_path)]) == 0
    assert copies == [tmp_path]
    with pytest.raises(SystemExit):
        bench.main(["judge"])
    assert "--copy" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("goal", "figure", "met"),
    [
        (Goal("at least", 0.8), 0.8, True),
        (Goal("at least", 0.8), 0.79, False),
        (Goal("at most", 2), 2, True),
        (Goal("at most", 2), 2.1, False),
    ],
)
def test_a_goal_is_met_at_its_bound(goal: Goal, figure: float, met: bool) -> None:
    assert goal.is_met_by(figure) is met
