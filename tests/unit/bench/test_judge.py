"""What `./cse bench judge` reads out of a copy of the benchmark, and which rounds it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.judge import SCENARIOS, Round, quiet
from bench.judge_copy import Copy, NotUsable, Outcome

HARNESS = """#!/bin/sh
echo "engine $2 scenario $4 mode $6 seed $8, asked with '$CSE_JUDGE'" >> called
echo '  Throughput:         11.25 M msgs/s'
echo '  Computed hash: 00ff'
echo '  State audit: PASS — 192 state checks matched baseline "quantcup"'
echo 'Verdict: VALID'
"""
CASES = "import os, sys\nprint('VERDICT: ours:', os.environ['CSE_JUDGE'], 'CONFORMANT', sys.argv[1])\n"


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    harness = tmp_path / "harness"
    harness.write_text(HARNESS)
    harness.chmod(0o755)
    (tmp_path / "generator").touch()
    (tmp_path / "scripts").mkdir()
    (tmp_path / "scripts" / "conformance_check.py").write_text(CASES)
    return Copy(tmp_path)


def called(copy: Copy) -> str:
    return (copy.path / "called").read_text()


def test_a_run_gives_its_speed_the_hash_of_its_reports_and_the_verdict(copy: Copy) -> None:
    assert copy.measure(Path("/lib.so"), "normal", "ring", seed=7) == Outcome(11.25, "00ff", is_valid=True)
    assert called(copy) == "engine /lib.so scenario normal mode perf seed 7, asked with 'ring'\n"


def test_an_invalid_run_is_told_from_a_valid_one_and_a_failed_one_has_no_speed(copy: Copy) -> None:
    harness = copy.path / "harness"
    harness.write_text(HARNESS.replace("Verdict: VALID", "Verdict: INVALID"))
    assert not copy.measure(Path("/lib.so"), "normal").is_valid
    harness.write_text("#!/bin/sh\nexit 3\n")
    assert copy.measure(Path("/lib.so"), "normal") == Outcome(0.0, "", is_valid=False)


def test_an_audit_counts_the_answers_that_were_compared(copy: Copy) -> None:
    assert copy.audit(Path("/lib.so"), "static", "balances") == (192, True)
    assert "/liquibook_adapter.so scenario static mode audit seed 23, asked with 'balances'" in called(copy)


def test_the_verdict_on_the_cases_is_that_of_the_copys_script(copy: Copy) -> None:
    assert copy.cases(Path("/lib.so"), "ring") == "ring CONFORMANT /lib.so"
    (copy.path / "scripts" / "conformance_check.py").write_text("raise SystemExit('no oracle is built')")
    assert copy.cases(Path("/lib.so"), "") == "no oracle is built"


def test_flows_of_other_seeds_are_forgotten_and_those_of_the_canonical_one_kept(copy: Copy) -> None:
    other, canonical = (copy.path / f"orders_static_s{seed}_n1000000.bin" for seed in (7, 23))
    other.touch()
    canonical.touch()
    copy.forget_flows(7)
    assert (other.exists(), canonical.exists()) == (False, True)


def test_a_directory_without_a_built_harness_is_not_used(tmp_path: Path) -> None:
    with pytest.raises(NotUsable, match="no harness"):
        Copy(tmp_path).check()


def round_of(**speeds: float) -> Round:
    """A round in which each engine has its speed in the last scenario, and twice that elsewhere."""
    done = Round()
    for engine, speed in speeds.items():
        for scenario in SCENARIOS:
            slowest = scenario == SCENARIOS[-1]
            done.outcomes[engine, scenario] = Outcome(speed if slowest else 2 * speed, "", is_valid=True)
    return done


def test_the_score_is_the_slowest_scenario_and_the_ratio_that_to_the_best_peers() -> None:
    done = round_of(ours=30.0, a=10.0, b=12.0)
    assert done.worst("ours") == 30.0
    assert done.ratio("ours", ["a", "b"]) == 2.5
    assert done.scenario_ratio("ours", ["a", "b"], SCENARIOS[0]) == 2.5


def test_rounds_in_which_the_witness_is_far_below_its_best_do_not_count() -> None:
    rounds = [round_of(witness=speed) for speed in (10.0, 6.6, 6.4, 9.0)]
    assert [each.worst("witness") for each in quiet(rounds, "witness")] == [10.0, 6.6, 9.0]
