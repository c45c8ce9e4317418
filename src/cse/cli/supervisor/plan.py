"""Which services make up the exchange on one machine, and in which order they start."""

from __future__ import annotations

import os
import signal
import sys
from dataclasses import dataclass, replace

from cse.cli.gateway.service import gateway_service
from cse.cli.serve import PROCESSES
from cse.cli.supervisor.forking import ForkServer
from cse.cli.supervisor.listening import Listening
from cse.cli.supervisor.probes import healthy, postgres_answers, valkey_answers
from cse.cli.supervisor.service import Service, always_ready
from cse.runtime.configuration import Configuration
from cse.runtime.large_pages import large_pages
from cse.runtime.postgres_server import PostgresServer
from cse.runtime.valkey_server import SERVICE as VALKEY
from cse.runtime.valkey_server import ValkeyServer

POSTGRES = "postgres"
MIGRATIONS = "migrations"


@dataclass(frozen=True, slots=True)
class Descriptors:
    """The numbers of the sockets that listen, each inherited by who answers on it."""

    gateway: int
    edges: int
    streams: int

    @classmethod
    def of(cls, listening: Listening) -> Descriptors:
        """Those of open sockets."""
        sockets = (listening.gateway, listening.edges, listening.streams)
        return cls(*(socket.fileno() for socket in sockets))


def fork_server_of(configuration: Configuration) -> ForkServer:
    """What services are forked from. It has loaded those that stay, first of all."""
    names = ["ledger", "marketdata", "streams", "edge"]
    if configuration.lists_demo:
        names += ["demo", *(["robots"] if configuration.robots else [])]
    return ForkServer([PROCESSES[name] for name in names])


def services_of(
    configuration: Configuration, listening: Descriptors, fork_server: ForkServer
) -> list[Service]:
    """All services, the first to start first.

    Args:
        configuration: handed to each of them through its environment.
        listening: the sockets, open as long as the supervisor lives.
        fork_server: makes what comes after the migrations, which run while it loads. The leader and its
            replica are programs of their own, with nothing of the others in their memory.
    """
    run = configuration.run
    environment = configuration.to_environment()

    def serve(name: str, *after: str, once: bool = False, optional: bool = False) -> Service:
        ready = always_ready if once else healthy(run, name)
        command = ("serve", name)
        return Service(name, command, after, ready, once, optional, environment, fork_server=fork_server)

    def alone(name: str, *after: str, once: bool = False) -> Service:
        forked = serve(name, *after, once=once)
        return replace(forked, command=serve_command(name), fork_server=None)

    def sharing(kind: str, count: int, descriptor: int) -> list[Service]:
        one = serve(kind, MIGRATIONS, "leader")
        names = [f"{kind}-{number}" for number in range(1, count + 1)]
        return [_sharing(configuration, one, name, descriptor) for name in names]

    def with_books(name: str, *after: str) -> Service:
        service = alone(name, *after)
        return replace(service, environment={**environment, **large_pages(os.environ)})

    postgres = [] if configuration.database_url else [_postgres(configuration)]
    migrations = alone(MIGRATIONS, *(service.name for service in postgres), once=True)
    history = [alone("history", once=True)] if _begins_with_history(configuration) else []
    before = [
        *postgres,
        *([] if configuration.redis_url else [_valkey(configuration)]),
        migrations,
        *history,
        with_books("leader", *(service.name for service in history)),
        with_books("replica", "leader"),
        # These and all below wait on their own for what else they need, and load meanwhile.
        serve("ledger", MIGRATIONS, "leader"),
        serve("marketdata", MIGRATIONS, "leader"),
        *sharing("streams", configuration.streams, listening.streams),
        *sharing("edge", configuration.edges, listening.edges),
        gateway_service(configuration, listening=listening.gateway),
    ]
    if not configuration.lists_demo:
        return before
    # They use the exchange as the public does, so they start once all of it is there.
    demo = serve("demo", *(service.name for service in before), once=True, optional=True)
    robots = [serve("robots", "demo", optional=True)] if configuration.robots else []
    return [*before, demo, *robots]


def _begins_with_history(configuration: Configuration) -> bool:
    """Whether this is the first start of a demo that is to have a past."""
    journal = configuration.data / "journal"
    begun = journal.is_dir() and any(journal.iterdir())
    return configuration.lists_demo and configuration.history_days > 0 and not begun


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


def _valkey(configuration: Configuration) -> Service:
    server = ValkeyServer(configuration.run)
    # Nothing fails where it does: what it knows is known elsewhere too.
    return Service(VALKEY, tuple(server.command), ready=valkey_answers(server.url), optional=True)


def _sharing(configuration: Configuration, kind: Service, name: str, descriptor: int) -> Service:
    """One of several processes of a kind that answer on one socket."""
    own = replace(configuration, service=name, listen_descriptor=descriptor)
    return replace(
        kind,
        name=name,
        ready=healthy(configuration.run, name),
        environment=own.to_environment(),
        descriptors=(descriptor,),
    )
