"""What the supervisor knows of one service."""

from __future__ import annotations

import signal
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from cse.cli.supervisor.forking import ForkServer

# Whether a service is ready; any exception means not yet.
Probe: TypeAlias = Callable[[], Awaitable[bool]]


class State(StrEnum):
    """Where a service is in its life."""

    WAITING = "waiting"
    STARTING = "starting"
    READY = "ready"
    BACKING_OFF = "backing off"
    STOPPING = "stopping"
    STOPPED = "stopped"
    DONE = "done"
    FAILED = "failed"


async def always_ready() -> bool:
    """The probe of a service that is ready as soon as it runs."""
    return True


@dataclass(frozen=True)
class Service:
    """How to start, watch and stop one process.

    Attributes:
        name: unique; names the log file too.
        command: the program and its arguments; of what is forked, the arguments of `python -m cse`.
        after: the services that must have been ready once before this one starts.
        ready: whether it serves.
        once: it does its work and ends; ready then means that it ended well.
        optional: the exchange is whole without it, so that nothing fails where it does.
        environment: variables beyond the supervisor's own.
        stop_signal: what asks it to stop.
        orphan_signal: what the kernel sends it when the supervisor is gone.
        descriptors: open files that it inherits under the same numbers.
        stop_timeout_s: how long it may take to stop before it is killed.
        fork_server: forks it, where it is not executed. What is forked ends with the supervisor by SIGKILL.
    """

    name: str
    command: tuple[str, ...]
    after: tuple[str, ...] = ()
    ready: Probe = always_ready
    once: bool = False
    optional: bool = False
    environment: Mapping[str, str] = field(default_factory=dict)
    stop_signal: signal.Signals = signal.SIGTERM
    orphan_signal: signal.Signals = signal.SIGKILL
    descriptors: tuple[int, ...] = ()
    stop_timeout_s: float = 20.0
    fork_server: ForkServer | None = None


@dataclass(frozen=True)
class Standing:
    """How one service is now."""

    name: str
    state: State
    pid: int | None
    restarts: int
