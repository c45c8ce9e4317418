"""Commands per second and latency of the core alone, beside the yardstick in the same rounds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bench import flows, native, workloads
from bench.report import Report
from bench.workloads import Workload

MARKETS: Final = 1_000

WORKLOADS: Final[tuple[tuple[str, Callable[[], Workload], int, int], ...]] = (
    # Name, workload, markets, rounds.
    ("W1", workloads.w1, 1, 15),
    ("W2", flows.w2, 1, 5),
    ("W3", lambda: flows.w3(markets=MARKETS), MARKETS, 5),
    ("1 level", lambda: flows.levels(1), 1, 5),
    ("10,000 levels", lambda: flows.levels(10_000), 1, 5),
    ("sweeps", flows.sweeps, 1, 5),
    ("cancels", flows.cancels, 1, 5),
)


def run() -> None:
    report = Report("core", "balances, events and chain included; one thread, no journal")
    for name, make, markets, rounds in WORKLOADS:
        workload = make()
        report.notes.append(workload.description)
        _measure(report, name, workload, markets, rounds)
    report.notes.append("books: matching alone, without accounts, balances, fees, events and chain")
    report.notes.append("latencies include reading the clock twice")
    report.finish()


def _measure(report: Report, name: str, workload: Workload, markets: int, count: int) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = workload.write(Path(directory) / "commands")
        rounds = native.run("core", [path, workload.setup, count, markets])
    for field, label in (("elapsed_ns", ""), ("books_ns", ", books"), ("yardstick_ns", ", yardstick")):
        report.add(f"{name}{label}, commands/s", [each["commands"] * 1e9 / each[field] for each in rounds])
    for field, label in (("elapsed_ns", ""), ("books_ns", ", books")):
        ratios = [each["yardstick_ns"] / each[field] for each in rounds]
        report.add(f"{name}{label}, times the yardstick", ratios)
    for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9"), ("clock_ns", "clock")):
        report.add(f"{name}, {label} us", [each[field] / 1e3 for each in rounds])
    report.notes.append(f"{name}: {rounds[0]['trades']:,} trades, {rounds[0]['rejected']:,} commands refused")
