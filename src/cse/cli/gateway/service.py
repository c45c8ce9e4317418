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
    """
    file = write_configuration(configuration, f"fd/{listening}")
    state = file.with_name(SERVICE)
    return Service(
        SERVICE,
        (program(), "run", "--config", str(file)),
        ready=healthy(configuration.run, SERVICE),
        # Whatever Caddy keeps, it keeps there.
        environment={"HOME": str(state), "XDG_CONFIG_HOME": str(state), "XDG_DATA_HOME": str(state)},
        descriptors=(listening,),
    )


def write_configuration(configuration: Configuration, listen: str) -> Path:
    """Writes Caddy's configuration below `run`, in one piece; returns its file."""
    file = configuration.run / f"{SERVICE}.json"
    fresh = file.with_suffix(".new")
    fresh.write_text(json.dumps(configuration_of(configuration, listen), indent=1) + "\n")
    return fresh.replace(file)


def program() -> str:
    """Caddy, which its package put beside the interpreter."""
    return str(Path(sys.executable).parent / "caddy")
