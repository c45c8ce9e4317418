"""Appending and syncing records, beside a bare write and fdatasync of the same bytes."""

from __future__ import annotations

import tempfile

from bench import native
from bench.report import Report

ROUNDS = 5
SYNCS_BY_GROUP = {1: 2_000, 10: 2_000, 100: 1_000, 1_000: 300}


def run() -> None:
    report = Report(
        "journal", "records of 128-byte commands, one sync a record, rounds in turn with the bare loop"
    )
    with tempfile.TemporaryDirectory(dir="/var/tmp") as directory:
        for group, syncs in SYNCS_BY_GROUP.items():
            rounds = native.run("journal", [directory, group, syncs, ROUNDS])
            commands = group * syncs
            report.add(
                f"commands/s, groups of {group}", [commands * 1e9 / each["journal_ns"] for each in rounds]
            )
            report.add(
                f"bare, commands/s, groups of {group}", [commands * 1e9 / each["bare_ns"] for each in rounds]
            )
            report.add(
                f"times the bare loop, groups of {group}",
                [each["bare_ns"] / each["journal_ns"] for each in rounds],
            )
            report.add(f"P99 us, groups of {group}", [each["journal_p99_ns"] / 1e3 for each in rounds])
    report.finish()
