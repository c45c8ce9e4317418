"""Commands per second and latency of the core alone, beside the yardstick in the same rounds."""

from __future__ import annotations

import tempfile
from pathlib import Path

from bench import native, workloads
from bench.report import Report
from bench.workloads import Workload

ROUNDS = 7


def run() -> None:
    report = Report("core", "balances, events and chain included; one thread, no journal")
    for name, workload in (("W1", workloads.w1()), ("W2", workloads.w2())):
        report.notes.append(workload.description)
        _measure(report, name, workload)
    report.notes.append("latencies include reading the clock twice")
    report.finish()


def _measure(report: Report, name: str, workload: Workload) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = workload.write(Path(directory) / "commands")
        rounds = native.run("core", [path, workload.setup, ROUNDS])
    report.add(f"{name}, commands/s", [each["commands"] * 1e9 / each["elapsed_ns"] for each in rounds])
    report.add(
        f"{name}, yardstick, commands/s", [each["commands"] * 1e9 / each["yardstick_ns"] for each in rounds]
    )
    report.add(f"{name}, times the yardstick", [each["yardstick_ns"] / each["elapsed_ns"] for each in rounds])
    for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9"), ("clock_ns", "clock")):
        report.add(f"{name}, {label} us", [each[field] / 1e3 for each in rounds])
    report.notes.append(
        f"{name}: {rounds[0]['yardstick_trades']:,} trades, {rounds[0]['rejected']:,} commands refused"
    )
