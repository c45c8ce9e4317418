"""The options that several commands share."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from cse.runtime.configuration import Configuration


def add_data(parser: argparse.ArgumentParser) -> None:
    """Adds `--data DIR`; its help names the directory that is taken without it."""
    usual = str(os.environ.get("CSE_DATA") or "./data").replace("%", "%%")
    parser.add_argument("--data", type=Path, metavar="DIR", help=f"the data directory ({usual})")


def configuration_of(options: argparse.Namespace) -> Configuration:
    """The environment's configuration, on the data directory of the command line."""
    configuration = Configuration.from_environment()
    if options.data is not None:
        configuration = replace(configuration, data=options.data.expanduser().absolute())
    return configuration
