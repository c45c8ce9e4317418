"""Commands per second and latency of the core alone, beside the yardstick in the same rounds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from bench import flows, native, workloads
from bench.peer import CppTrader, compare
from bench.report import Report
from bench.workloads import Workload, prepared

MARKETS: Final = 1_000

WORKLOADS: Final[tuple[tuple[str, Callable[[], Workload], int, int], ...]] = (
    # Name, workload, markets, rounds.
    ("W1", workloads.w1, 1, 15),
    ("W2", flows.w2, 1, 5),
    ("W3", lambda: flows.w3(markets=MARKETS), MARKETS, 5),
    ("1 level", lambda: flows.levels(1), 1, 5),
    ("10,000 levels", lambda: flows.levels(10_000), 1, 5),
    ("crowd on 1 level", lambda: flows.crowds(1), 1, 5),
    ("crowd on 10,000 levels", lambda: flows.crowds(10_000), 1, 5),
    ("sweeps", flows.sweeps, 1, 5),
    ("cancels", flows.cancels, 1, 5),
    ("triggers that wait", lambda: flows.triggers(fire_every=0), 1, 5),
    ("triggers that fire", lambda: flows.triggers(fire_every=10), 1, 5),
    ("limits, 1 account", lambda: flows.limits(accounts=1), 1, 5),
    ("limits, 20 accounts", lambda: flows.limits(accounts=20), 1, 5),
    ("limits, 101 accounts", lambda: flows.limits(accounts=101), 1, 5),
)

PACED: Final = ("W1", "W2")

BESIDE_PEER: Final = ("W1", "W2", "W3")

# A command should cost as much among many levels or books as among few.
GROWTHS: Final = (
    ("1 level", "10,000 levels"),
    ("crowd on 1 level", "crowd on 10,000 levels"),
    ("W2", "W3"),
)


def run(large: bool = False, copy: Path | None = None) -> None:
    """Measures all of `WORKLOADS`; with `large` the memory of ten million open orders too.

    Where `copy` is one of CppTrader, that takes its turns with the core on the first three.
    """
    peer = None if copy is None else CppTrader(copy.resolve())
    if peer is not None:
        peer.check()
    report = Report("core", "balances, events and chain included; one thread, no journal")
    for name, make, markets, rounds in WORKLOADS:
        workload = make()
        report.notes.append(workload.description)
        _measure(report, name, workload, markets, rounds, peer if name in BESIDE_PEER else None)
    for few, many in GROWTHS:
        _compare_costs(report, few, many)
    for orders in (100_000, 10_000_000) if large else (100_000,):
        _measure_memory(report, orders)
    report.notes.append("commands/s are those of the thread's own processor time")
    report.notes.append("books: matching alone, without accounts, balances, fees, events and chain")
    if peer is not None:
        report.notes.append(f"CppTrader of {peer.version} does no accounts, balances, fees, events and chain")
    report.notes.append("latencies include reading the clock twice; those at half the peak count from when a")
    report.notes.append(
        "command was due, so that they hold what waits while another process has the processor"
    )
    report.finish()


def _measure(
    report: Report, name: str, workload: Workload, markets: int, count: int, peer: CppTrader | None
) -> None:
    with tempfile.TemporaryDirectory() as directory:
        path = workload.write(Path(directory) / "commands")
        rounds = native.run("core", [path, workload.setup, count, markets])
        if peer is not None:
            again = partial(native.run, "core", [path, workload.setup, count, markets])
            compare(report, name, again, peer.flow(path, workload.setup, markets), count)
        rates = [each["commands"] * 1e9 / each["elapsed_ns"] for each in rounds]
        if name in PACED:
            half = int(median(rates) / 2)
            paced = [native.run("paced", [path, workload.setup, half])[0] for _ in range(3)]
            for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9")):
                report.add(f"{name}, at half the peak, {label} us", [each[field] / 1e3 for each in paced])
    report.add(f"{name}, commands/s", rates)
    for field, label in (("books_ns", "books"), ("yardstick_ns", "yardstick")):
        report.add(f"{name}, {label}, commands/s", [each["commands"] * 1e9 / each[field] for each in rounds])
    for field, label in (("elapsed_ns", ""), ("books_ns", ", books")):
        ratios = [each["yardstick_ns"] / each[field] for each in rounds]
        report.add(f"{name}{label}, times the yardstick", ratios)
    for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9"), ("clock_ns", "clock")):
        report.add(f"{name}, {label} us", [each[field] / 1e3 for each in rounds])
    report.notes.append(f"{name}: {rounds[0]['trades']:,} trades, {rounds[0]['rejected']:,} commands refused")


def _compare_costs(report: Report, few: str, many: str) -> None:
    for label in ("", ", books", ", yardstick"):
        rates = [report.figures[f"core: {name}{label}, commands/s"] for name in (few, many)]
        growths = [before / after for before, after in zip(*rates, strict=True)]
        report.add(f"{many}{label}, cost of a command, times {few}", growths)


def _measure_memory(report: Report, orders: int) -> None:
    workload = prepared("", [], MARKETS)
    with tempfile.TemporaryDirectory() as directory:
        path = workload.write(Path(directory) / "commands")
        taken = native.run("memory", [path, workload.setup, MARKETS, orders])[0]
    report.add(f"{orders:,} open orders in {MARKETS:,} markets, MB", [taken["bytes"] / 1e6])
