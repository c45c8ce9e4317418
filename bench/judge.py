"""The core in the public benchmark of matching engines, beside open engines built in the same copy.

One timed run of every engine in every scenario makes a round, so that a ratio is of one minute of
one machine. The machine's quiet is judged by the first peer: a round in which it falls below
`QUIET_SHARE` of its own best does not count.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, TypeAlias

from bench.judge_copy import CANONICAL_SEED, Copy, NotUsable, Outcome
from bench.native import ROOT
from bench.report import Report

ROUNDS: Final = 9
SCENARIOS: Final = ("static", "normal", "swing-25", "swing-40", "flash-crash")
OTHER_SEEDS: Final = (1, 7, 1_000_003)
QUIET_SHARE: Final = 0.65
ATTEMPTS: Final = 3
PEERS: Final = ("cpptrader", "cpp_orderbook", "llc993")
# What our library is asked for, by CSE_JUDGE.
OURS: Final = {
    "caller's queue": "",
    "own ring": "ring",
    "caller's queue, balances on": "balances",
    "own ring, balances on": "ring,balances",
}

# A library, and the words that it is asked with.
Engine: TypeAlias = tuple[Path, str]


@dataclass
class Round:
    """One run of each engine in each scenario, by (engine, scenario)."""

    outcomes: dict[tuple[str, str], Outcome] = field(default_factory=dict)

    def speed(self, engine: str, scenario: str) -> float:
        return self.outcomes[engine, scenario].throughput

    def worst(self, engine: str) -> float:
        """An engine's score: its slowest scenario, millions of messages a second."""
        return min(self.speed(engine, scenario) for scenario in SCENARIOS)

    def ratio(self, engine: str, peers: Iterable[str]) -> float:
        """Times the best score of the peers."""
        return self.worst(engine) / max(self.worst(peer) for peer in peers)

    def scenario_ratio(self, engine: str, peers: Iterable[str], scenario: str) -> float:
        """Times the fastest peer in one scenario."""
        return self.speed(engine, scenario) / max(self.speed(peer, scenario) for peer in peers)


def run(copy_path: Path, rounds: int = ROUNDS) -> None:
    """Measures against the copy in `copy_path`; raises `NotUsable` where that cannot be."""
    copy = Copy(copy_path.resolve())
    copy.check()
    peers = {name: library for name in PEERS if (library := copy.peer(name))}
    if not peers:
        raise NotUsable(f"{copy.path} holds none of the peers {', '.join(PEERS)}; build one there first")
    library = build_library()
    report = Report(
        "judge",
        "flash1-dev/matching-engine-benchmark: five scenarios of 2 million messages, one a call; "
        "millions of messages a second in the slowest",
    )
    report.notes.append(f"benchmark {copy.version}; peers there: {', '.join(peers)}")
    report.notes += _correctness(copy, library, next(iter(peers.values())))
    engines: dict[str, Engine] = {name: (path, "") for name, path in peers.items()}
    engines |= {name: (library, words) for name, words in OURS.items()}
    measured = [_round(copy, engines) for _ in range(rounds)]
    _add_figures(report, measured, list(peers))
    report.finish()


def quiet(rounds: list[Round], witness: str) -> list[Round]:
    """The rounds in which the machine was quiet, going by one engine's scores."""
    best = max(each.worst(witness) for each in rounds)
    return [each for each in rounds if each.worst(witness) >= QUIET_SHARE * best]


def build_library() -> Path:
    """Builds `crates/judge` for this processor, as the peers are, and returns the library."""
    target = Path(os.environ.get("CARGO_TARGET_DIR") or ROOT / "target") / "judge"
    surroundings = {**os.environ, "RUSTFLAGS": "-C target-cpu=native", "CARGO_TARGET_DIR": str(target)}
    command = ["cargo", "build", "--release", "--locked", "--quiet", "--package", "cse-judge"]
    subprocess.run(command, cwd=ROOT, env=surroundings, check=True)
    return target / "release" / "libcse_judge.so"


def _round(copy: Copy, engines: Mapping[str, Engine]) -> Round:
    done = Round()
    for scenario in SCENARIOS:
        for name, (library, words) in engines.items():
            done.outcomes[name, scenario] = _valid_outcome(copy, name, (library, words), scenario)
    return done


def _valid_outcome(copy: Copy, name: str, engine: Engine, scenario: str) -> Outcome:
    """A run that the harness calls valid. It also calls one invalid in which others took the cores."""
    library, words = engine
    for _ in range(ATTEMPTS):
        outcome = copy.measure(library, scenario, words)
        if outcome.is_valid:
            return outcome
    raise NotUsable(f"{name} is not valid in {scenario}")


def _correctness(copy: Copy, library: Path, peer: Path) -> list[str]:
    """What is right, as notes: audits and cases, and other seeds held against a peer."""
    notes = []
    for engine, words in (("book layer", ""), ("balances on", "balances")):
        notes.append(f"{engine}: cases by hand: {copy.cases(library, words)}")
        audits = [copy.audit(library, scenario, words) for scenario in SCENARIOS]
        valid = sum(is_valid for _, is_valid in audits)
        checks = min(checks for checks, _ in audits)
        scenarios = f"{valid} of {len(SCENARIOS)} scenarios"
        notes.append(f"{engine}: state audit VALID in {scenarios}, {checks} answers right in each")
        same = sum(_same_reports(copy, (library, words), peer, seed) for seed in OTHER_SEEDS)
        of = len(OTHER_SEEDS) * len(SCENARIOS)
        notes.append(f"{engine}: reports as {peer.stem}'s in {same} of {of} flows of seeds {OTHER_SEEDS}")
    for seed in OTHER_SEEDS:
        copy.forget_flows(seed)
    return notes


def _same_reports(copy: Copy, ours: Engine, peer: Path, seed: int) -> int:
    """In how many scenarios our reports are those of a peer."""
    library, words = ours
    same = 0
    for scenario in SCENARIOS:
        said = copy.measure(library, scenario, words, seed).reports_hash
        same += said != "" and said == copy.measure(peer, scenario, "", seed).reports_hash
    return same


def _add_figures(report: Report, rounds: list[Round], peers: list[str]) -> None:
    kept = quiet(rounds, peers[0])
    for name in (*peers, *OURS):
        report.add(f"{name}, M messages/s", [each.worst(name) for each in kept])
    for name in OURS:
        report.add(f"{name}, times the best open engine", [each.ratio(name, peers) for each in kept])
        for scenario in SCENARIOS:
            ratios = [each.scenario_ratio(name, peers, scenario) for each in kept]
            report.add(f"{name}, {scenario}, times the fastest", ratios)
    counted = f"{len(kept)} of {len(rounds)} rounds counted"
    report.notes.append(f"{counted}: {peers[0]} had at least {QUIET_SHARE:.0%} of its best in them")
    report.notes.append(f"seed {CANONICAL_SEED}; every run's reports had the published hash")
