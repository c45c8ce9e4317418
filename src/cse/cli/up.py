"""`./cse up`: starts everything, says where it is, and waits until told to stop."""

from __future__ import annotations

import argparse
import asyncio
import errno
import os
import signal
import socket
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from cse.cli.options import add_data, configuration_of
from cse.cli.supervisor.data_directory import UnusableData, open_data
from cse.cli.supervisor.log import Terminal
from cse.cli.supervisor.plan import POSTGRES, services_of
from cse.cli.supervisor.running import AlreadyRunning, sole_supervisor, write_state
from cse.cli.supervisor.supervisor import StartFailed, Supervisor
from cse.runtime.configuration import Configuration
from cse.runtime.postgres_server import PostgresFailed, PostgresServer

BACKLOG = 2048
PROCESSES_MAX = 64
EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - recognised, never a default
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


class PortUnusable(RuntimeError):
    """The port cannot be listened on; the message names it and says why."""


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 0 after a clean stop."""
    options = _parser().parse_args(arguments)
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
        open_data(configuration.data)
        with sole_supervisor(configuration.run), listen(configuration) as listening:
            _make_database(configuration)
            return asyncio.run(_run(configuration, options, listening))
    except (AlreadyRunning, PortUnusable, UnusableData, PostgresFailed) as error:
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


def listen(configuration: Configuration) -> socket.socket:
    """The socket that all edges share.

    Raises:
        PortUnusable: another program listens there, or this user may not.
    """
    family = socket.AF_INET6 if ":" in configuration.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((configuration.host, configuration.port))
        listening.listen(BACKLOG)
    except OSError as error:
        listening.close()
        place = f"Port {configuration.port} of {configuration.host}"
        if error.errno == errno.EADDRINUSE:
            raise PortUnusable(f"{place} is in use by another program. Choose another with --port.") from None
        raise PortUnusable(f"{place} cannot be listened on: {error.strerror}.") from None
    return listening


def url_of(configuration: Configuration) -> str:
    """The exchange's address, for a program on this machine."""
    host = "127.0.0.1" if configuration.host in EVERYWHERE else configuration.host
    return f"http://[{host}]:{configuration.port}" if ":" in host else f"http://{host}:{configuration.port}"


def _make_database(configuration: Configuration) -> None:
    if configuration.database_url is None:
        PostgresServer.of(configuration.data, configuration.postgres_port).initialise()


async def _run(configuration: Configuration, options: argparse.Namespace, listening: socket.socket) -> int:
    terminal = Terminal(everything=options.verbose)
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    began = time.monotonic()
    url = url_of(configuration)
    publish = partial(write_state, configuration.run, url, datetime.now(UTC).isoformat(timespec="seconds"))
    services = services_of(configuration, listening=listening.fileno())
    supervisor = Supervisor(services, configuration.data / "logs", terminal, publish)
    names = ", ".join(service.name for service in services if service.name != POSTGRES)
    terminal.say(f"Starting PostgreSQL, {names} on {configuration.data} ...")
    supervisor.start()
    try:
        starting = asyncio.create_task(supervisor.wait_ready())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({starting, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if starting.done():
            starting.result()
            terminal.say(_welcome(configuration, time.monotonic() - began))
            await stopping
        starting.cancel()
    except StartFailed as failure:
        terminal.say(f"cse up: {failure}")
        return 1
    finally:
        terminal.say("Stopping ...")
        # From here on no new connection is taken.
        listening.close()
        await supervisor.stop()
        terminal.say("Stopped.")
    return 0


def _welcome(configuration: Configuration, elapsed_s: float) -> str:
    url = url_of(configuration)
    lines = [
        "",
        f"CS Exchange is ready ({elapsed_s:.1f} s).",
        f"  URL      {url}",
        f"  API      {url}/api/docs",
        f"  Try      curl -s {url}/api/markets",
        f"  Data     {configuration.data} (logs in {configuration.data / 'logs'})",
        "  Stop     Ctrl-C, or ./cse down",
        "",
    ]
    return "\n".join(lines)
