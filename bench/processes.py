"""Of processes that are measured: their ports and the processor time that a load costs them."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import Final, TypeVar

TICKS_PER_S: Final = os.sysconf("SC_CLK_TCK")
_USER, _SYSTEM = 11, 12
Load = TypeVar("Load")


def free_port() -> int:
    """A port of this machine on which nobody listens now."""
    with socket.create_server(("127.0.0.1", 0)) as chosen:
        port: int = chosen.getsockname()[1]
        return port


def stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat behind the name; `OSError` where the process has ended."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()


def cpu_s(pid: int) -> float:
    """The processor time of a process so far, in seconds."""
    fields = stat(pid)
    return (int(fields[_USER]) + int(fields[_SYSTEM])) / TICKS_PER_S


def measured(pid: int, load: Callable[[], Load]) -> tuple[Load, float]:
    """A load, and the processor time that a process spent on it, in seconds."""
    before = cpu_s(pid)
    done = load()
    return done, cpu_s(pid) - before


def resident_bytes(pid: int) -> int:
    """The memory that a process has in use."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmRSS:")[2].split()[0]) * 1_024
