"""Appending and syncing records, beside a bare write and fdatasync of the same commands."""

from __future__ import annotations

import tempfile

from bench.native import run_example
from bench.report import Report

ROUNDS = 5
SECONDS = 2
GROUPS = (1, 10, 100, 1_000)


def run() -> None:
    report = Report("journal", "records of 128-byte commands, one sync a record, in turns with the bare loop")
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        for group in GROUPS:
            options: list[str | int] = ["--group", group, "--seconds", SECONDS, "--directory", directory]
            rounds = [each for _ in range(ROUNDS) for each in run_example("cse-journal", "append", options)]
            turn_ms = rounds[0]["turn_ms"]
            ours, bare = [each["journal"] for each in rounds], [each["bare"] for each in rounds]
            report.add(f"commands/s, groups of {group}", [each["commands_per_second"] for each in ours])
            report.add(f"bare, commands/s, groups of {group}", [each["commands_per_second"] for each in bare])
            report.add(f"times the bare loop, groups of {group}", [each["ratio"] for each in rounds])
            report.add(f"P99 us, groups of {group}", [each["group_us"]["p99"] for each in ours])
    report.notes.append(f"a turn is {turn_ms} ms")
    report.finish()
