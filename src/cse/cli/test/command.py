"""The command line of `./cse test`."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from cse.cli.test import record, stages
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
        chosen = _chosen(options, root, Path(reports))
        totals = Totals()
        for number, stage in enumerate(chosen, start=1):
            heading = f"[{number}/{len(chosen)}] {stage.title}"
            print(f"{heading} ...", flush=True)
            began = time.monotonic()
            found = stage.run(root)
            print(f"{heading}: {found} ({time.monotonic() - began:.0f} s)", flush=True)
            totals = totals.plus(found)
    if options.long:
        record.keep(root, options.paths, totals, time.monotonic() - started, commit)
    sys.stderr.flush()
    print(f"\n{totals}", flush=True)
    return 1 if totals.failed or not totals.passed else 0


def _chosen(options: argparse.Namespace, root: Path, reports: Path) -> list[stages.Stage]:
    suites = stages.python(reports, options.paths, fast=options.fast, long=options.long)
    if options.paths:
        return suites
    # The fast suite holds the built core against the reference; what compiles again comes later.
    compiled = [] if options.fast else [*stages.rust(), *stages.npm()]
    return [*stages.checks(root), *compiled, *suites]


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
