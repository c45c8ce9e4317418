"""One service's process: started, watched until ready, restarted with back-off, stopped."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import time
from collections.abc import Callable
from typing import Final

from cse.cli.supervisor.log import ServiceLog, Terminal
from cse.cli.supervisor.process import Process, execute
from cse.cli.supervisor.service import Service, Standing, State

PROBE_PAUSE_S: Final = 0.05
PROBE_TIMEOUT_S: Final = 5.0
BACK_OFF_FIRST_S: Final = 0.1
BACK_OFF_LAST_S: Final = 10.0
# The longest for a service that was ready in the life that ended: it works, so it is missed.
BACK_OFF_READY_S: Final = 1.0
# A service that has been ready for so long begins with the shortest back-off again.
STEADY_S: Final = 30.0
# So often may a service end before it was ever ready; after that the start has failed.
FIRST_TRIES: Final = 6
# As a shell has it for a program that cannot be run.
EXIT_NOT_STARTED: Final = 126


class Child:
    """Keeps one service running until it is told to stop.

    `first_ready` is set once it was ready for the first time; `failed` is what to say when it
    never will be.
    """

    def __init__(
        self, service: Service, log: ServiceLog, terminal: Terminal, changed: Callable[[], None]
    ) -> None:
        self.service = service
        self.first_ready = asyncio.Event()
        self.failed: str | None = None
        self._log = log
        self._terminal = terminal
        self._changed = changed
        self._state = State.WAITING
        self._process: Process | None = None
        self._restarts = 0
        self._stopping = asyncio.Event()

    @property
    def standing(self) -> Standing:
        """How it is now."""
        process = self._process
        pid = process.pid if process is not None and process.returncode is None else None
        return Standing(self.service.name, self._state, pid, self._restarts)

    async def keep_running(self) -> None:
        """Runs the service again and again; returns when it is stopped, done or has failed."""
        back_off_s = BACK_OFF_FIRST_S
        tries = 0
        while not self._stopping.is_set():
            ready_for_s, code = await self._run_once()
            if self._stopping.is_set():
                break
            if self.service.once and code == 0:
                self._become(State.DONE)
                self.first_ready.set()
                return
            tries += 1
            if not self.first_ready.is_set() and tries >= FIRST_TRIES:
                self._give_up(code)
                return
            if ready_for_s >= STEADY_S:
                back_off_s = BACK_OFF_FIRST_S
            elif ready_for_s > 0:
                back_off_s = min(back_off_s, BACK_OFF_READY_S)
            self._restarts += 1
            self._become(State.BACKING_OFF)
            self._terminal.event(
                self.service.name, f"ended ({describe_exit(code)}); again in {back_off_s:.1f} s"
            )
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(back_off_s):
                    await self._stopping.wait()
            back_off_s = min(2 * back_off_s, BACK_OFF_LAST_S)

    async def stop(self) -> None:
        """Asks the process to stop, and kills it when it takes too long."""
        self._stopping.set()
        process = self._process
        if process is not None and process.returncode is None:
            self._become(State.STOPPING)
            self._signal(self.service.stop_signal)
            try:
                async with asyncio.timeout(self.service.stop_timeout_s):
                    await process.wait()
            except TimeoutError:
                self._terminal.event(self.service.name, "does not stop; killed")
                self._signal(signal.SIGKILL)
                await process.wait()
        if self._state not in (State.DONE, State.FAILED):
            self._become(State.STOPPED)

    async def _run_once(self) -> tuple[float, int]:
        """One life of the process: how long it was ready, and its exit code."""
        self._become(State.STARTING)
        try:
            process = await self._start()
        except OSError as error:
            # For want of memory, processes or files, which may be there again a moment later.
            self._log.write(f"the process cannot be made: {error}")
            return 0.0, EXIT_NOT_STARTED
        self._process = process
        self._changed()
        # A stop that came while the process was being made found none to signal.
        if self._stopping.is_set():
            self._signal(self.service.stop_signal)
        reading = asyncio.create_task(self._read_output(process))
        watching = asyncio.create_task(self._watch_readiness())
        code = await process.wait()
        ended_at = time.monotonic()
        watching.cancel()
        result = (await asyncio.gather(watching, return_exceptions=True))[0]
        await reading
        ready_at = result if isinstance(result, float) else ended_at
        return ended_at - ready_at, code

    async def _start(self) -> Process:
        service = self.service
        if service.fork_server is not None:
            return await service.fork_server.start(
                service.name, service.command, service.environment, service.descriptors
            )
        return await execute(service.command, service.environment, service.descriptors, service.orphan_signal)

    async def _watch_readiness(self) -> float:
        """Asks until the service is ready, and returns since when; it then lives on as long as it can."""
        if self.service.once:
            await asyncio.Event().wait()
        assert self._process is not None
        while not await self._is_ready():
            if self._process.returncode is not None:
                return time.monotonic()
            await asyncio.sleep(PROBE_PAUSE_S)
        ready_at = time.monotonic()
        if not self._stopping.is_set():
            self._become(State.READY)
            if self._restarts:
                self._terminal.event(self.service.name, "ready again")
            self.first_ready.set()
        return ready_at

    async def _is_ready(self) -> bool:
        # Whatever a probe meets while a service starts up means: not yet.
        with contextlib.suppress(Exception):
            async with asyncio.timeout(PROBE_TIMEOUT_S):
                return await self.service.ready()
        return False

    async def _read_output(self, process: Process) -> None:
        assert process.stdout is not None
        while True:
            try:
                line = await process.stdout.readline()
            except ValueError:
                # Longer than any line of ours; the rest of it follows as the next one.
                continue
            if not line:
                return
            text = line.decode("utf-8", "replace").rstrip()
            if text:
                self._log.write(text)

    def _signal(self, number: signal.Signals) -> None:
        assert self._process is not None
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(number)

    def _give_up(self, code: int) -> None:
        # Every attempt says the same where the reason stays.
        last = "\n".join(f"  | {line}" for line in dict.fromkeys(self._log.tail))
        why = f"{self.service.name} does not start ({describe_exit(code)})"
        self._become(State.FAILED)
        if self.service.optional:
            self._terminal.event(self.service.name, f"given up: {why}; its log is {self._log.path}")
            # Who waits for it goes on without it.
            self.first_ready.set()
        else:
            self.failed = f"{why}; its log is {self._log.path}:\n{last}"

    def _become(self, state: State) -> None:
        self._state = state
        self._changed()


def describe_exit(code: int) -> str:
    """An exit code in words."""
    if code >= 0:
        return f"exit status {code}"
    try:
        return f"killed by {signal.Signals(-code).name}"
    except ValueError:
        return f"killed by signal {-code}"
