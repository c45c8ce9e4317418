"""`./cse bench [NAME]`: runs workloads of `bench/` in the clone."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

NAMES = ("core", "idle", "journal", "leader", "placement", "projection", "recovery", "streams")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one workload, or all in turn, and returns the exit status."""
    parser = argparse.ArgumentParser(
        prog="./cse bench",
        description="Measures a part of the exchange and keeps the figures under bench/results.",
    )
    parser.add_argument("name", nargs="?", choices=NAMES, help="one workload (all of them)")
    options = parser.parse_args(arguments)
    root = os.environ.get("CSE_ROOT")
    if root is None or not (Path(root) / "bench").is_dir():
        print("cse bench: the workloads stand in the clone; call it as ./cse bench there", file=sys.stderr)
        return 1
    sys.path.insert(0, root)
    for name in [options.name] if options.name else NAMES:
        importlib.import_module(f"bench.{name}").run()
    return 0
