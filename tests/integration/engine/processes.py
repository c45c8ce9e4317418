"""Leader and replica as processes of their own, over a data directory."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from pathlib import Path
from types import TracebackType
from typing import Self

from cse.engine.client import LeaderClient, ReplicaClient

READY_WITHIN_S = 90.0


class Process:
    """One service; its log is kept for when a test fails."""

    def __init__(self, service: str, data: Path, **environment: str) -> None:
        self._service = service
        self._data = data
        self._environment = {**os.environ, "CSE_DATA": str(data), **environment}
        self._child: asyncio.subprocess.Process | None = None
        self.log = data / f"{service}.log"

    async def start(self) -> Self:
        program = f"from cse.services.{self._service} import main; raise SystemExit(main())"
        with self.log.open("ab") as log:
            self._child = await asyncio.create_subprocess_exec(
                sys.executable, "-P", "-c", program, env=self._environment, stdout=log, stderr=log
            )
        return self

    async def ends(self) -> int:
        """Waits for the process to end by itself; returns its exit code."""
        assert self._child is not None
        async with asyncio.timeout(READY_WITHIN_S):
            return await self._child.wait()

    async def kill(self) -> None:
        """Ends it at once, as a power switch would."""
        assert self._child is not None
        self._child.kill()
        await self._child.wait()

    async def stop(self) -> int:
        """Asks it to stop, and returns its exit code."""
        assert self._child is not None
        if self._child.returncode is None:
            self._child.send_signal(signal.SIGTERM)
        return await self.ends()

    async def __aenter__(self) -> Self:
        """Starts it, unless it runs already."""
        is_running = self._child is not None and self._child.returncode is None
        return self if is_running else await self.start()

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._child is not None
        if self._child.returncode is None:
            await self.kill()
        if error is not None:
            print(self.log.read_text())


def leader_client(data: Path) -> LeaderClient:
    return LeaderClient(data / "run" / "leader.sock")


def replica_client(data: Path) -> ReplicaClient:
    return ReplicaClient(data / "run" / "replica.sock")


async def connected(*clients: LeaderClient | ReplicaClient) -> None:
    for client in clients:
        assert await client.wait_connected(READY_WITHIN_S), "the service did not get ready"
