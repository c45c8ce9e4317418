"""The command line of `./cse doctor`, which needs nothing that a set-up makes."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from cse.cli.bootstrap import doctor
from cse.cli.bootstrap.places import Places
from cse.cli.options import add_data


def main(arguments: Sequence[str], root: Path | None = None) -> int:
    """Examines the clone at `root`, or the one worked in; 1 if something is wrong."""
    parser = argparse.ArgumentParser(
        prog="./cse doctor",
        description="Finds what is missing or wrong, and says the one command that helps.",
    )
    root = root or Path.cwd()
    add_data(parser, Places.of_this_machine(root).data)
    options = parser.parse_args(arguments)
    data = str(options.data) if options.data else None
    return doctor.examine(Places.of_this_machine(root, data))
