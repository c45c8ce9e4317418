"""The command line of `./cse test`."""

from __future__ import annotations

import argparse
import itertools
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from cse.cli.test import record, stages
from cse.cli.test.stages import Lane
from cse.cli.test.totals import Totals


def main(arguments: Sequence[str]) -> int:
    """Runs the stages; 1 if anything failed. The last line is the totals."""
    parser = _parser()
    options, for_pytest = parser.parse_known_args(arguments)
    if for_pytest and not options.paths:
        parser.error(f"{' '.join(for_pytest)}: pytest's options go with a PATH")
    options.paths += for_pytest
    root = Path(os.environ.get("CSE_ROOT", ".")).absolute()
    started, commit = time.monotonic(), record.commit_of(root)
    with tempfile.TemporaryDirectory(prefix="cse-test-") as reports:
        totals = _run(_chosen(options, root, Path(reports)), root)
    if options.long:
        record.keep(root, options.paths, totals, time.monotonic() - started, commit)
    sys.stderr.flush()
    print(f"\n{totals}", flush=True)
    return 1 if totals.failed or not totals.passed else 0


def _chosen(options: argparse.Namespace, root: Path, reports: Path) -> list[list[Lane]]:
    """Lanes that run side by side, and after them others."""
    suites = stages.python(root, reports, options.paths, fast=options.fast, long=options.long)
    if options.paths:
        return suites
    if options.fast:
        return [[stages.checks(root)], *suites]
    # Cargo fills its cores by itself only now and then, and the others never.
    return [[stages.rust(), stages.checks(root), stages.npm()], *suites]


def _run(chosen: Sequence[Sequence[Lane]], root: Path) -> Totals:
    count = sum(len(lane) for lanes in chosen for lane in lanes)
    numbers = itertools.count(1)

    def run_lane(lane: Lane) -> Totals:
        totals = Totals()
        for stage in lane:
            heading = f"[{next(numbers)}/{count}] {stage.title}"
            print(f"{heading} ...", flush=True)
            began = time.monotonic()
            found = stage.run(root)
            print(f"{heading}: {found} ({time.monotonic() - began:.0f} s)", flush=True)
            totals = totals.plus(found)
        return totals

    totals = Totals()
    for lanes in chosen:
        with ThreadPoolExecutor(len(lanes)) as pool:
            for found in pool.map(run_lane, lanes):
                totals = totals.plus(found)
    return totals


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse test",
        description="Runs every check and test and ends with one line of totals.",
        epilog="With a PATH, options of pytest such as -k or -x may follow.",
    )
    parser.add_argument(
        "--fast", action="store_true", help="no servers, no clippy, no cargo test; within a minute"
    )
    parser.add_argument("--long", action="store_true", help="soaks and wide searches too")
    parser.add_argument("paths", nargs="*", metavar="PATH", help="only these files, folders or pytest ids")
    return parser
