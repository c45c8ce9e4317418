"""`./cse up`: starts everything, says where it is, and waits until told to stop."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from cse.cli.options import add_data, configuration_of
from cse.runtime.configuration import PROCESSES_MAX


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 0 after a clean stop."""
    options = _parser().parse_args(arguments)
    # Help must be had before anything is installed, so what needs packages comes after it.
    from cse.cli.gateway.policy import UnusablePolicies
    from cse.cli.supervisor.data_directory import UnusableData
    from cse.cli.supervisor.listening import PortUnusable
    from cse.cli.supervisor.running import AlreadyRunning
    from cse.cli.supervisor.start import start
    from cse.runtime.postgres_server import PostgresFailed

    os.umask(0o077)
    configuration = replace(
        configuration_of(options),
        host=options.host,
        port=options.port,
        edges=options.edges,
        streams=options.streams,
    )
    if options.no_demo:
        configuration = replace(configuration, demo=False)
    if options.no_robots:
        configuration = replace(configuration, robots=False)
    if options.profile:
        configuration = replace(configuration, profile=options.profile)
    try:
        return start(configuration, verbose=options.verbose)
    except (AlreadyRunning, PortUnusable, UnusableData, UnusablePolicies, PostgresFailed) as error:
        print(f"cse up: {error}", file=sys.stderr)
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse up", description="Starts the exchange and waits; Ctrl-C stops it."
    )
    add_data(parser)
    parser.add_argument(
        "--host",
        default=os.environ.get("CSE_HOST", "127.0.0.1"),
        help="the address to listen on (%(default)s)",
    )
    parser.add_argument(
        "--port", type=_port, default=os.environ.get("CSE_PORT", "8000"), help="its port (%(default)s)"
    )
    parser.add_argument(
        "--edges", type=_processes, default=1, metavar="N", help="HTTP processes (%(default)s)"
    )
    parser.add_argument(
        "--streams", type=_processes, default=1, metavar="N", help="WebSocket processes (%(default)s)"
    )
    parser.add_argument(
        "--profile", choices=("demo", "production"), help="production has no demo market and no faucet (demo)"
    )
    parser.add_argument(
        "--no-demo", action="store_true", help="a new exchange lists no demo asset and market"
    )
    parser.add_argument("--no-robots", action="store_true", help="no demo traders trade in a demo exchange")
    parser.add_argument("--verbose", action="store_true", help="show every line that the services log")
    return parser


def _port(text: str) -> int:
    port = int(text) if text.isdecimal() else 0
    if not 0 < port < 65536:
        raise argparse.ArgumentTypeError(f"{text} is no port: 1 to 65535")
    return port


def _processes(text: str) -> int:
    count = int(text) if text.isdecimal() else 0
    if not 0 < count <= PROCESSES_MAX:
        raise argparse.ArgumentTypeError(f"{text} processes: 1 to {PROCESSES_MAX} are possible")
    return count
