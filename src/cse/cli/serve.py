"""`./cse serve NAME`: one service alone, in the foreground."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from typing import Final

from cse.cli.gateway.policy import UnusablePolicies
from cse.cli.gateway.service import gateway_command
from cse.cli.options import add_data, configuration_of
from cse.cli.supervisor.data_directory import UnusableData, open_data
from cse.runtime.configuration import Configuration
from cse.runtime.migrations import MigrationFailed, migrate
from cse.runtime.postgres import owner_url
from cse.runtime.postgres_server import PostgresFailed, PostgresServer
from cse.runtime.valkey_server import SERVICE as VALKEY
from cse.runtime.valkey_server import ValkeyServer

# The module of each, which has a `main()` and reads its configuration from the environment.
PROCESSES: Final = {
    "history": "cse.demo.history.process",
    "demo": "cse.demo.person.process",
    "robots": "cse.demo.robots.process",
    "leader": "cse.services.leader",
    "replica": "cse.services.replica",
    "ledger": "cse.services.ledger",
    "marketdata": "cse.services.marketdata",
    "streams": "cse.services.streams",
    "edge": "cse.services.edge",
}


def main(arguments: Sequence[str]) -> int:
    """Runs the service until it is told to stop."""
    options = _parser().parse_args(arguments)
    configuration = configuration_of(options)
    os.umask(0o077)
    os.environ.update(configuration.to_environment())
    try:
        open_data(configuration.data, configuration.profile)
        if options.name == "postgres":
            serve_postgres(configuration)
        elif options.name == VALKEY:
            serve_valkey(configuration)
        elif options.name == "gateway":
            serve_gateway(configuration)
        elif options.name == "migrations":
            migrate(owner_url(configuration))
        else:
            module = importlib.import_module(PROCESSES[options.name])
            return int(module.main() or 0)
    except (MigrationFailed, PostgresFailed, UnusableData, UnusablePolicies) as error:
        print(f"cse serve {options.name}: {error}", file=sys.stderr)
        return 1
    return 0


def serve_postgres(configuration: Configuration) -> None:
    """Becomes the embedded PostgreSQL."""
    server = PostgresServer.of(configuration.data, configuration.postgres_port)
    server.initialise()
    os.execv(server.command[0], server.command)


def serve_valkey(configuration: Configuration) -> None:
    """Becomes the embedded Valkey."""
    command = ValkeyServer(configuration.run).command
    os.execv(command[0], command)


def serve_gateway(configuration: Configuration) -> None:
    """Becomes the gateway, on the exchange's address."""
    host = f"[{configuration.host}]" if ":" in configuration.host else configuration.host
    command, environment = gateway_command(configuration, f"{host}:{configuration.port}")
    os.execve(command[0], command, {**os.environ, **environment})


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="./cse serve",
        description="Runs one service in the foreground; SIGTERM stops it. `migrations` ends when done.",
    )
    parser.add_argument("name", choices=("postgres", VALKEY, "migrations", "gateway", *PROCESSES))
    add_data(parser)
    return parser
