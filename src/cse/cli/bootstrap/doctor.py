"""`./cse doctor`: looks for what is missing or wrong, and names the one command that helps."""

from __future__ import annotations

import argparse
import errno
import json
import os
import shutil
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cse.cli.supervisor.data_directory import FORMAT, PATH_BYTES_MAX

from . import account
from . import interpreter as interpreters
from .build import Build
from .environment import Environment
from .failure import SetupFailed
from .node import of_the_machine
from .places import Places
from .prepare import SERVICES
from .toolchain import find_compiler, find_toolchain
from .web import Web

DISK_FREE_BYTES_MIN = 3 << 30
MEMORY_BYTES_MIN = 2 << 30
DEFAULT_PORT = 8000


@dataclass(frozen=True)
class Finding:
    """One thing looked at: whether it is well, a sentence, and what helps where it is not."""

    well: bool
    sentence: str
    remedy: str = ""


def main(arguments: Sequence[str], root: Path) -> int:
    """Examines the clone at `root`; 1 if something is wrong."""
    parser = argparse.ArgumentParser(
        prog="./cse doctor",
        description="Finds what is missing or wrong, and says the one command that helps.",
    )
    usual = str(Places.of_this_machine(root).data).replace("%", "%%")
    parser.add_argument("--data", metavar="DIR", help=f"the data directory ({usual})")
    return examine(Places.of_this_machine(root, parser.parse_args(arguments).data))


def examine(places: Places) -> int:
    """Prints every finding; the exit status is 1 if one of them is bad."""
    findings = [finding for check in CHECKS for finding in check(places)]
    for finding in findings:
        print(f"{'ok ' if finding.well else 'BAD'}  {finding.sentence}")
        if finding.remedy:
            print(f"       what helps: {finding.remedy}")
    bad = sum(not finding.well for finding in findings)
    print("\nEverything is well." if not bad else f"\n{bad} of {len(findings)} checks found something wrong.")
    return 1 if bad else 0


def check_python(places: Places) -> Iterator[Finding]:
    """A Python that can make virtual environments, readable by whoever runs the services."""
    try:
        chosen = interpreters.remembered(places) or interpreters.choose(places)
    except SetupFailed as failure:
        yield Finding(False, failure.reason, failure.remedy)
        return
    version = ".".join(map(str, chosen.version))
    yield Finding(True, f"Python {version}: {chosen.executable} (this command: {sys.executable})")


def check_build_tools(places: Places) -> Iterator[Finding]:
    """The compiler and cargo."""
    for find in (find_compiler, lambda: find_toolchain(places.root, places.home)):
        try:
            found = find()
        except SetupFailed as failure:
            yield Finding(False, failure.reason, failure.remedy)
            continue
        name = f"C compiler: {found}" if isinstance(found, Path) else f"cargo {found.version}: {found.cargo}"
        yield Finding(True, name)


def check_node(places: Places) -> Iterator[Finding]:
    """What builds the web app."""
    node = of_the_machine(places.root)
    if node is None:
        yield Finding(True, "Node: none that will do; `./cse up` brings one as a Python package")
    else:
        yield Finding(True, f"Node {node.version}: {node.executable}")


def check_made(places: Places) -> Iterator[Finding]:
    """What `./cse up` makes at its first start."""
    chosen = interpreters.remembered(places)
    made = chosen is not None and Environment.of(places, chosen, *SERVICES).is_current
    whole = {
        "packages": made,
        "build": Build.of(places).is_current,
        "web app": Web.of(places).is_current,
    }
    for title, current in whole.items():
        state = "up to date" if current else "not made yet; `./cse up` does it"
        yield Finding(True, f"The {title} in {places.home}: {state}")


def check_room(places: Places) -> Iterator[Finding]:
    """Disk and memory."""
    for path in dict.fromkeys((_existing(places.home), _existing(places.data))):
        free = shutil.disk_usage(path).free
        sentence = f"{free / (1 << 30):.1f} GiB free at {path}"
        yield Finding(
            free >= DISK_FREE_BYTES_MIN, sentence, "" if free >= DISK_FREE_BYTES_MIN else f"df -h {path}"
        )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    yield Finding(memory >= MEMORY_BYTES_MIN, f"{memory / (1 << 30):.1f} GiB of memory")


def check_user(places: Places) -> Iterator[Finding]:
    """As root: the user as whom the services run."""
    if places.shared:
        known = "is there" if account.find() else "is not there yet; `./cse up` makes it"
        yield Finding(True, f"The services' user {account.NAME} {known}")


def check_data(places: Places) -> Iterator[Finding]:
    """The data directory: reachable, ours, of this format."""
    data = places.data
    if len(os.fsencode(data)) > PATH_BYTES_MAX:
        yield Finding(
            False, f"The path {data} is too long for the sockets in it.", "name a shorter one with --data"
        )
    if not data.exists():
        yield Finding(True, f"The data directory {data}: not made yet; `./cse up` does it")
        return
    owner = account.find() if places.shared else None
    wanted = owner.pw_uid if owner else os.geteuid()
    if data.stat().st_uid != wanted:
        remedy = account.what_helps_a_stranger(data, account.NAME if owner else str(wanted))
        yield Finding(False, f"{data} belongs to another user.", remedy)
        return
    try:
        kept = (data / "format").read_text().strip()
    except FileNotFoundError:
        empty = not any(data.iterdir())
        yield Finding(
            empty,
            f"The data directory {data} {'is empty' if empty else 'holds no exchange, but something else'}",
            "" if empty else "name another directory with --data",
        )
        return
    if kept == FORMAT:
        yield Finding(True, f"The data directory {data}: format {kept}")
    else:
        yield Finding(
            False, f"{data} has format {kept}, this build knows {FORMAT}.", "name another with --data"
        )


def check_running(places: Places) -> Iterator[Finding]:
    """The exchange on this data directory, and the port it wants."""
    state = _supervisor_state(places.data)
    if state is None:
        busy = _port_is_busy(DEFAULT_PORT)
        yield Finding(True, f"No exchange runs on {places.data}")
        sentence = f"Port {DEFAULT_PORT} is {'in use by another program' if busy else 'free'}"
        yield Finding(not busy, sentence, "./cse up --port 8001" if busy else "")
        return
    yield Finding(True, f"The exchange runs at {state.get('url')}, supervisor process {state.get('pid')}")
    for service in state.get("services", []):
        well = service["state"] in ("ready", "done")
        log = places.data / "logs" / f"{service['name']}.log"
        remedy = "" if well else f"tail -n 50 {log}"
        yield Finding(well, f"{service['name']}: {service['state']}, {service['restarts']} restarts", remedy)


CHECKS: tuple[Callable[[Places], Iterator[Finding]], ...] = (
    check_python,
    check_build_tools,
    check_node,
    check_made,
    check_room,
    check_user,
    check_data,
    check_running,
)


def _existing(path: Path) -> Path:
    return next(place for place in (path, *path.parents) if place.exists())


def _supervisor_state(data: Path) -> dict[str, Any] | None:
    try:
        state: dict[str, Any] = json.loads((data / "run" / "supervisor.json").read_text())
        os.kill(int(str(state["pid"])), 0)
    except PermissionError:
        return state
    except (OSError, ValueError, KeyError):
        return None
    return state


def _port_is_busy(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            return error.errno == errno.EADDRINUSE
    return False
