"""The process of a service: what the supervisor needs of it, and how a program becomes one."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final, Protocol

LINE_BYTES_MAX: Final = 1 << 20
_LAUNCHER: Final = Path(__file__).with_name("launch.py")


class Process(Protocol):
    """A process that was started here, as `asyncio.subprocess.Process` has it."""

    @property
    def pid(self) -> int:
        """Its id."""

    @property
    def returncode(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""

    @property
    def stdout(self) -> asyncio.StreamReader | None:
        """What it writes."""

    async def wait(self) -> int:
        """Its exit code, once it has ended."""

    def send_signal(self, signal: int) -> None:
        """Sends a signal.

        Raises:
            ProcessLookupError: it is gone.
        """


async def execute(
    command: Sequence[str],
    environment: Mapping[str, str],
    descriptors: Sequence[int],
    orphan_signal: signal.Signals,
) -> Process:
    """Starts a program, to which the kernel sends `orphan_signal` when this process is gone.

    Raises:
        OSError: it cannot be started.
    """
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-I",
        "-S",
        str(_LAUNCHER),
        str(os.getpid()),
        str(int(orphan_signal)),
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env={**os.environ, **environment},
        pass_fds=descriptors,
        limit=LINE_BYTES_MAX,
    )
