"""The leader alone: frames in, answers out, each durable before it is answered."""

from __future__ import annotations

from pathlib import Path

from bench import native
from bench.report import Report
from bench.service import leader
from bench.workloads import ASKER, BIDDER, place, setup_commands
from cse.domain.enumerations import Side

ROUNDS = 3
SECONDS = 5
CONNECTIONS = 4
WINDOW = 1_024
STEADY_RATE = 12_000


def run() -> None:
    report = Report(
        "leader",
        f"{CONNECTIONS} connections, buys and sells of one lot at one price in turn: every second trades",
    )
    pair = [place(BIDDER, Side.BUY, 10_000, 1), place(ASKER, Side.SELL, 10_000, 1)]
    full, steady = [], []
    for _ in range(ROUNDS):
        with leader() as (data, socket):
            prepared = _write(data.parent / "prepare", setup_commands(first_of_all=False) + pair)
            repeated = _write(data.parent / "repeat", pair)
            setup = len(setup_commands(first_of_all=False))
            native.run("leader", [socket, prepared, setup, 1, 2, 1, 0])
            # First the steady load. Right after a flood its P99 has been anything from 0.8 to 92 ms; with a
            # sync of the whole disk in between it was 0.6 to 2 ms, so what the flood left to write is
            # the likely cause.
            steady += native.run("leader", [socket, repeated, 0, CONNECTIONS, 0, SECONDS, STEADY_RATE])
            full += native.run("leader", [socket, repeated, 0, CONNECTIONS, WINDOW, SECONDS, 0])
    report.add("answers/s", [each["answers"] * 1e9 / each["elapsed_ns"] for each in full])
    report.add(f"P99 ms with {CONNECTIONS * WINDOW:,} in flight", [each["p99_ns"] / 1e6 for each in full])
    for field, label in (("p50_ns", "P50"), ("p99_ns", "P99"), ("p999_ns", "P99.9")):
        report.add(f"{label} ms at {STEADY_RATE:,}/s", [each[field] / 1e6 for each in steady])
    refused = sum(each["refused"] + each["rejected"] for each in full + steady)
    report.notes.append(f"{refused:,} refused; the load runs on the same cores as the leader")
    report.finish()


def _write(path: Path, commands: list[bytes]) -> Path:
    path.write_bytes(b"".join(commands))
    return path
