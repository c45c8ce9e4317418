"""One run of the exchange: everything started, its address said, everything stopped."""

from __future__ import annotations

import asyncio
import json
import signal
import time
from datetime import UTC, datetime
from functools import partial
from typing import Final

from cse.cli.supervisor.data_directory import open_data
from cse.cli.supervisor.listening import Listening, listen_behind, listen_tcp
from cse.cli.supervisor.log import Terminal
from cse.cli.supervisor.plan import POSTGRES, Descriptors, fork_server_of, services_of
from cse.cli.supervisor.running import refuse_second, sole_supervisor, write_state
from cse.cli.supervisor.supervisor import StartFailed, Supervisor
from cse.runtime.configuration import Configuration
from cse.runtime.postgres_server import PostgresServer

STOP_SIGNALS: Final = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def start(configuration: Configuration, *, verbose: bool) -> int:
    """Runs the exchange until it is told to stop; 0 after a clean stop.

    Raises:
        AlreadyRunning, PortUnusable, UnusableData, UnusablePolicies, PostgresFailed: it cannot start here.
    """
    refuse_second(configuration.run)
    # Before anything is made: a start that could not be leaves nothing behind.
    with listen_tcp(configuration.host, configuration.port) as gateway:
        open_data(configuration.data, configuration.profile)
        with (
            sole_supervisor(configuration.run),
            listen_behind(gateway, configuration.edge_socket, configuration.streams_socket) as listening,
        ):
            if configuration.database_url is None:
                PostgresServer.of(configuration.data, configuration.postgres_port).initialise()
            return asyncio.run(_run(configuration, listening, Terminal(everything=verbose)))


async def _run(configuration: Configuration, listening: Listening, terminal: Terminal) -> int:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in STOP_SIGNALS:
        loop.add_signal_handler(number, stop.set)
    began = time.monotonic()
    url = configuration.url
    publish = partial(write_state, configuration.run, url, datetime.now(UTC).isoformat(timespec="seconds"))
    fork_server = fork_server_of(configuration)
    services = services_of(configuration, Descriptors.of(listening), fork_server)
    supervisor = Supervisor(services, configuration.data / "logs", terminal, publish)
    names = ", ".join(service.name for service in services if service.name != POSTGRES)
    terminal.say(f"Starting PostgreSQL, {names} on {configuration.data} ...")
    supervisor.start()
    try:
        await fork_server.open()
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
        await fork_server.close()
        terminal.say("Stopped.")
    return 0


def _welcome(configuration: Configuration, elapsed_s: float) -> str:
    url = configuration.url
    lines = [
        "",
        f"CS Exchange is ready ({elapsed_s:.1f} s).",
        f"  URL      {url}",
        *_demo_sign_in(configuration),
        f"  API      {url}/api/docs",
        f"  Try      curl -s {url}/api/markets",
        f"  Data     {configuration.data} (logs in {configuration.data / 'logs'})",
        f"  Stop     Ctrl-C, or ./cse down --data {configuration.data}",
        "",
    ]
    return "\n".join(lines)


def _demo_sign_in(configuration: Configuration) -> list[str]:
    """The demo's person, where there is one."""
    try:
        found = json.loads((configuration.data / "secrets" / "demo.json").read_text())
        lines = [f"  Demo     sign in as {found['email']} with the password {found['password']}"]
    except (OSError, ValueError, KeyError):
        return []
    if (configuration.data / "secrets" / "demo-operator.json").exists():
        code = f"./cse admin operator code --data {configuration.data}"
        lines.append(f"  Operator {configuration.url}/admin; {code} shows how to sign in")
    return lines
