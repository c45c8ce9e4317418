"""`./cse down`: stops the exchange that runs on a data directory."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from cse.cli.options import add_data, configuration_of
from cse.cli.supervisor.running import is_running, stop_running

TIMEOUT_S = 90.0


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 0 when nothing runs any more."""
    parser = argparse.ArgumentParser(prog="./cse down", description="Stops the exchange.")
    add_data(parser)
    configuration = configuration_of(parser.parse_args(arguments))
    if not is_running(configuration.run):
        print(f"Nothing runs on {configuration.data}.")
        return 0
    if stop_running(configuration.run, TIMEOUT_S):
        print("Stopped.")
        return 0
    print(f"cse down: it has not stopped within {TIMEOUT_S:.0f} s; see ./cse status", file=sys.stderr)
    return 1
