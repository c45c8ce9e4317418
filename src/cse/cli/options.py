"""The options that several commands share."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path

from cse.runtime.configuration import Configuration


def add_data(parser: argparse.ArgumentParser) -> None:
    """Adds `--data DIR`."""
    parser.add_argument("--data", type=Path, metavar="DIR", help="the data directory (CSE_DATA, ./data)")


def configuration_of(options: argparse.Namespace) -> Configuration:
    """The environment's configuration, on the data directory of the command line."""
    configuration = Configuration.from_environment()
    if options.data is not None:
        configuration = replace(configuration, data=options.data.expanduser().absolute())
    return configuration
