"""What the machine says of a process and those that it has started."""

from __future__ import annotations

from typing import NamedTuple

import psutil


class ProcessFigures(NamedTuple):
    """Of a process with its children: processor time since it was started, and resident memory."""

    cpu_s: float
    memory_bytes: int


def process_figures(pid: int) -> ProcessFigures | None:
    """The figures of a process; None where it is gone or may not be looked at."""
    try:
        process = psutil.Process(pid)
        own = process.cpu_times()
        children = process.children(recursive=True)
        memory = _memory_bytes(process)
    except psutil.Error:
        return None
    # Of children that have ended the time is their parent's.
    cpu_s = own.user + own.system + own.children_user + own.children_system
    for child in children:
        try:
            times = child.cpu_times()
            cpu_s += times.user + times.system + times.children_user + times.children_system
            memory += _memory_bytes(child)
        except psutil.Error:
            continue
    return ProcessFigures(cpu_s, memory)


def _memory_bytes(process: psutil.Process) -> int:
    """Each page that it shares with others counted as its part; in full where that cannot be seen."""
    try:
        memory = process.memory_full_info()
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    return int(getattr(memory, "pss", memory.rss))
