"""Which services make up the exchange on one machine, and in which order they start."""

from __future__ import annotations

import signal
import sys
from dataclasses import replace

from cse.cli.supervisor.probes import healthy, postgres_answers
from cse.cli.supervisor.service import Service
from cse.runtime.configuration import Configuration
from cse.runtime.postgres_server import PostgresServer

POSTGRES = "postgres"
MIGRATIONS = "migrations"


def services_of(configuration: Configuration, *, listening: int) -> list[Service]:
    """All services, the first to start first.

    Args:
        configuration: handed to each of them through its environment.
        listening: the descriptor of the socket that listens on it, which every edge inherits. It
            stays open while an edge is restarted, so that who connects then waits and is not refused.
    """
    run = configuration.run
    environment = configuration.to_environment()

    def serve(name: str, *after: str) -> Service:
        return Service(name, serve_command(name), after, healthy(run, name), environment=environment)

    postgres = [] if configuration.database_url else [_postgres(configuration)]
    migrations = Service(
        MIGRATIONS,
        serve_command(MIGRATIONS),
        tuple(service.name for service in postgres),
        once=True,
        environment=environment,
    )
    started_first = [*postgres, migrations, serve("leader"), serve("replica", "leader")]
    # Ledger and edge wait on their own for what else they need, and load meanwhile.
    ledger = serve("ledger", MIGRATIONS, "leader")
    return [*started_first, ledger, *_edges(configuration, listening)]


def serve_command(name: str) -> tuple[str, ...]:
    """The command of one service alone."""
    return (sys.executable, "-P", "-m", "cse", "serve", name)


def _postgres(configuration: Configuration) -> Service:
    server = PostgresServer.of(configuration.data, configuration.postgres_port)
    return Service(
        POSTGRES,
        tuple(server.command),
        ready=postgres_answers(configuration),
        # A fast shutdown waits for no client; an immediate one, when the supervisor is gone, takes
        # the server's own children along, which a kill would not.
        stop_signal=signal.SIGINT,
        orphan_signal=signal.SIGQUIT,
        stop_timeout_s=60.0,
    )


def _edges(configuration: Configuration, listening: int) -> list[Service]:
    return [
        Service(
            name,
            serve_command("edge"),
            (MIGRATIONS, "leader"),
            healthy(configuration.run, name),
            environment=replace(configuration, service=name, listen_descriptor=listening).to_environment(),
            descriptors=(listening,),
        )
        for name in (f"edge-{number}" for number in range(1, configuration.edges + 1))
    ]
