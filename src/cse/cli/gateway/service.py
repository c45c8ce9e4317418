"""The gateway as a service: its configuration written, its program found."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cse.cli.gateway.caddy import SERVICE, configuration_of
from cse.cli.supervisor.probes import healthy
from cse.cli.supervisor.service import Service
from cse.runtime.configuration import Configuration


def gateway_service(configuration: Configuration, *, listening: int) -> Service:
    """The gateway on a listening socket that it inherits, and that stays open when it ends.

    Args:
        configuration: names the sockets behind it and the web app.
        listening: the descriptor of the socket.

    Raises:
        UnusablePolicies: the web app cannot be served.
    """
    command, environment = gateway_command(configuration, f"fd/{listening}")
    return Service(
        SERVICE,
        command,
        ready=healthy(configuration.run, SERVICE),
        environment=environment,
        descriptors=(listening,),
    )


def gateway_command(configuration: Configuration, listen: str) -> tuple[tuple[str, ...], dict[str, str]]:
    """The program that serves on an address as Caddy writes it, and what its environment needs."""
    file = write_configuration(configuration, listen)
    # Whatever Caddy keeps, it keeps there.
    state = str(file.with_name(SERVICE))
    environment = {"HOME": state, "XDG_CONFIG_HOME": state, "XDG_DATA_HOME": state}
    return (program(), "run", "--config", str(file)), environment


def write_configuration(configuration: Configuration, listen: str) -> Path:
    """Writes Caddy's configuration below `run`, in one piece; returns its file."""
    file = configuration.run / f"{SERVICE}.json"
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(configuration_of(configuration, listen), indent=1) + "\n")
    return fresh.replace(file)


def program() -> str:
    """Caddy, which its package put beside the interpreter."""
    return str(Path(sys.executable).parent / "caddy")
