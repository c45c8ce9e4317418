"""The options that several commands share."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace
from pathlib import Path

from cse.cli.supervisor.running import is_running, read_state
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


def add_url(parser: argparse.ArgumentParser) -> None:
    """Adds `--url URL`, which is only needed for an exchange that runs elsewhere."""
    parser.add_argument("--url", metavar="URL", help="the exchange (the one that runs on the data directory)")


def url_of(options: argparse.Namespace) -> str:
    """The exchange that `--url` names, else the one that runs on the data directory, without a slash.

    Where none runs, it is the address at which one would be started.
    """
    configuration = configuration_of(options)
    state = read_state(configuration.run) if is_running(configuration.run) else None
    found: str = options.url or (configuration.url if state is None else state["url"])
    return found.rstrip("/")
