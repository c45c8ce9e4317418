"""Starting again: how fast a journal is carried out anew, and what a snapshot takes."""

from __future__ import annotations

import os
import time
from pathlib import Path

from bench.filling import fill
from bench.flows import w2
from bench.report import Report
from bench.service import data_directory
from bench.workloads import ASKER, BIDDER, place, setup_commands
from cse.domain.enumerations import Side
from cse.engine import _native

ROUNDS = 3
RESTING_ORDERS = 1_000_000
LEVELS_A_SIDE = 5_000


def run() -> None:
    report = Report("recovery", "W2 of 1,000,000 commands; then 1,000,000 resting orders on 10,000 levels")
    with data_directory() as data:
        workload = w2()
        fill(data, workload.commands[1:])
        report.add("commands/s", [len(workload.commands) / _reopened_s(data) for _ in range(ROUNDS)])
    with data_directory() as data:
        fill(data, [*setup_commands(first_of_all=False), *_resting_orders()])
        replica = _native.Replica(str(data))
        while replica.sequence < replica.watermark:
            replica.follow()
        report.add("snapshot of 1,000,000 orders, s", [_snapshot_s(replica) for _ in range(ROUNDS)])
        del replica
        report.add("start from that snapshot, s", [_reopened_s(data) for _ in range(ROUNDS)])
    report.notes.append("the event log is there and matches, as after a crash of the leader alone")
    report.finish()


def _reopened_s(data: Path) -> float:
    started = time.perf_counter()
    leader = _native.Leader(str(data), time.time_ns() // 1_000, os.getpid())
    elapsed_s = time.perf_counter() - started
    leader.close()
    return elapsed_s


def _snapshot_s(replica: _native.Replica) -> float:
    started = time.perf_counter()
    replica.snapshot().write()
    return time.perf_counter() - started


def _resting_orders() -> list[bytes]:
    prices = (index // 2 % LEVELS_A_SIDE for index in range(RESTING_ORDERS))
    return [
        place(BIDDER, Side.BUY, 100_000 - price, 1)
        if index % 2
        else place(ASKER, Side.SELL, 100_001 + price, 1)
        for index, price in enumerate(prices)
    ]
