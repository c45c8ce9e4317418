"""`./cse bench [NAME]`: runs workloads of `bench/` in the clone."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = (
    "core", "idle", "journal", "judge", "leader", "orders", "placement", "projection", "recovery", "sign_ins",
    "streams",
)  # fmt: skip
# Drives a browser, for which more is set up than for the others.
PAGE = "page"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one workload, or all in turn, and returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="./cse bench",
        description="Measures a part of the exchange and keeps the figures under bench/results.",
    )
    parser.add_argument(
        "name",
        nargs="?",
        choices=(*NAMES, PAGE),
        help="one workload (all that need neither --copy nor a browser)",
    )
    parser.add_argument(
        "--copy",
        type=Path,
        metavar="PATH",
        help="for judge: a built copy of the public benchmark; for core: a clone of CppTrader to run beside",
    )
    parser.add_argument(
        "--large", action="store_true", help="for core: the memory of ten million open orders too"
    )
    parser.add_argument(
        "--minutes", type=float, default=1.0, metavar="N", help="for page: how long it is looked at (1)"
    )
    options = parser.parse_args(arguments)
    if options.name == "judge" and options.copy is None:
        parser.error("judge needs --copy PATH: see docs/benchmarks.md")
    root = os.environ.get("CSE_ROOT")
    if root is None or not (Path(root) / "bench").is_dir():
        print("cse bench: the workloads stand in the clone; call it as ./cse bench there", file=sys.stderr)
        return 1
    sys.path.insert(0, root)
    for name in [options.name] if options.name else NAMES:
        workload = importlib.import_module(f"bench.{name}")
        if name == "core":
            workload.run(options.large, options.copy if options.name else None)
        elif name == PAGE:
            workload.run(options.minutes)
        elif name != "judge":
            workload.run()
        elif options.copy is not None:
            workload.run(options.copy)
    return 0
