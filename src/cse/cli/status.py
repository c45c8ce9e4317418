"""`./cse status`: every service, how far it is and what it uses."""

from __future__ import annotations

import argparse
import asyncio
import json
import re
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any, Final

from cse.cli.options import add_data, configuration_of
from cse.cli.supervisor.running import is_running, read_state
from cse.cli.supervisor.service import State
from cse.engine.client import LeaderClient, ReplicaClient
from cse.engine.models import EngineError
from cse.ledger.position_file import read_position
from cse.runtime.configuration import Configuration
from cse.runtime.health import ask
from cse.runtime.processes import process_figures

CONNECT_TIMEOUT_S: Final = 1.0
COLUMNS: Final = ("service", "pid", "state", "restarts", "sequence", "lag", "memory")
# These say how far they are among their metrics alone.
MEASURED: Final = frozenset({"marketdata", "streams"})
_SEQUENCE: Final = re.compile(rb"^cse_[a-z]+_sequence (\S+)$", re.MULTILINE)
_WELL: Final = frozenset({State.READY, State.DONE})


def main(arguments: Sequence[str]) -> int:
    """Runs the command; 0 when everything is ready, 3 when nothing runs."""
    parser = argparse.ArgumentParser(prog="./cse status", description="Shows the services of the exchange.")
    add_data(parser)
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    options = parser.parse_args(arguments)
    configuration = configuration_of(options)
    state = read_state(configuration.run) if is_running(configuration.run) else None
    if state is None:
        where = f" --data {configuration.data}" if options.data else ""
        print(f"Nothing runs on {configuration.data}. Start it with ./cse up{where}", file=sys.stderr)
        return 3
    rows = asyncio.run(rows_of(configuration, state))
    if options.json:
        print(json.dumps({**state, "services": rows}, indent=1))
    else:
        print(f"{state['url']}   supervisor {state['pid']}, since {state['started_at']}\n")
        print(as_table(rows))
    return 0 if all(row["state"] in _WELL for row in rows) else 1


async def rows_of(configuration: Configuration, state: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One row a service: what the supervisor knows, and what the service itself says."""
    sequences = await _sequences(configuration, [service["name"] for service in state["services"]])
    newest = max(sequences.values(), default=0)
    rows = []
    for service in state["services"]:
        sequence = sequences.get(service["name"])
        lag = None if sequence is None else newest - sequence
        named = {"service": service["name"], **service}
        rows.append({**named, "sequence": sequence, "lag": lag, "memory": _memory_bytes(service["pid"])})
    return rows


def as_table(rows: Sequence[Mapping[str, Any]]) -> str:
    """The rows in columns under their names."""
    lines = [list(COLUMNS)]
    for row in rows:
        shown = {**row, "memory": _as_mebibytes(row["memory"])}
        lines.append(["-" if shown[name] is None else str(shown[name]) for name in COLUMNS])
    widths = [max(len(line[column]) for line in lines) for column in range(len(COLUMNS))]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


async def _sequences(configuration: Configuration, names: Sequence[str]) -> dict[str, int]:
    """How far each service is that follows the journal, of those that answer."""
    found = {}
    leader, replica = LeaderClient(configuration.leader_socket), ReplicaClient(configuration.replica_socket)
    for name, client in (("leader", leader), ("replica", replica)):
        async with client:
            with suppress(EngineError):
                if await client.wait_connected(CONNECT_TIMEOUT_S):
                    sequence = (await client.status()).get("sequence")
                    if isinstance(sequence, int):
                        found[name] = sequence
    if configuration.ledger_position.exists():
        found["ledger"] = read_position(configuration.ledger_position)
    for name in names:
        if name.partition("-")[0] in MEASURED:
            with suppress(OSError, TimeoutError):
                async with asyncio.timeout(CONNECT_TIMEOUT_S):
                    figures = await ask(configuration.run, name, "/metrics")
                if sequence := _SEQUENCE.search(figures):
                    found[name] = int(float(sequence[1]))
    return found


def _memory_bytes(pid: int | None) -> int | None:
    """Resident memory of a process and its children, each page that they share counted once."""
    figures = None if pid is None else process_figures(pid)
    return None if figures is None else figures.memory_bytes


def _as_mebibytes(count: int | None) -> str | None:
    return None if count is None else f"{count / (1 << 20):.0f} MiB"
