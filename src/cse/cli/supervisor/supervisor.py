"""All services together: each started when those before it are ready, all stopped in reverse."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Sequence
from pathlib import Path

from cse.cli.supervisor.child import Child
from cse.cli.supervisor.log import ServiceLog, Terminal
from cse.cli.supervisor.service import Service, Standing, State


class StartFailed(RuntimeError):
    """A service never became ready; the message has the end of its log."""


class Supervisor:
    """Runs services until told to stop.

    Args:
        services: in the order in which they are shown; stopped in the reverse of it.
        logs: the directory of their log files.
        terminal: what the person reads.
        changed: told all standings whenever one changes.
    """

    def __init__(
        self,
        services: Sequence[Service],
        logs: Path,
        terminal: Terminal,
        changed: Callable[[list[Standing]], None],
    ) -> None:
        self._changed = changed
        self._logs = [ServiceLog(logs, service.name, terminal) for service in services]
        self._children = [
            Child(service, log, terminal, self._report)
            for service, log in zip(services, self._logs, strict=True)
        ]
        self._by_name = {child.service.name: child for child in self._children}
        self._tasks: list[asyncio.Task[None]] = []

    @property
    def standings(self) -> list[Standing]:
        """How all services are now."""
        return [child.standing for child in self._children]

    def start(self) -> None:
        """Begins to start everything; each service waits for those it comes after."""
        self._tasks = [asyncio.create_task(self._run(child)) for child in self._children]

    async def wait_ready(self) -> None:
        """Returns once every service was ready that is needed.

        Raises:
            StartFailed: one of them never will be.
        """
        everything = asyncio.create_task(self._all_ready())
        pending: set[asyncio.Task[None]] = set(self._tasks)
        try:
            while pending and not everything.done():
                _, running = await asyncio.wait({everything, *pending}, return_when=asyncio.FIRST_COMPLETED)
                pending &= running
                for child in self._children:
                    if child.failed is not None:
                        raise StartFailed(child.failed)
            await everything
        finally:
            everything.cancel()

    async def _all_ready(self) -> None:
        for child in self._children:
            # What the exchange is whole without is not waited for, unless it is soon done.
            if child.service.once or not child.service.optional:
                await child.first_ready.wait()

    async def stop(self) -> None:
        """Stops every service, the last started first; several of one kind at the same time."""
        for child, task in zip(self._children, self._tasks, strict=False):
            if child.standing.state == State.WAITING:
                task.cancel()
        kinds = itertools.groupby(reversed(self._children), key=lambda child: _kind(child.service))
        for _, children in kinds:
            await asyncio.gather(*(child.stop() for child in children))
        # A process that was just being made when its stop came is waited for here.
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for log in self._logs:
            log.close()

    async def _run(self, child: Child) -> None:
        for name in child.service.after:
            await self._by_name[name].first_ready.wait()
        await child.keep_running()

    def _report(self) -> None:
        self._changed(self.standings)


def _kind(service: Service) -> str:
    return service.name.partition("-")[0]
