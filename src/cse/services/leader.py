"""The leader's process: sockets, a clock and a writing thread around the leader's cycle."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Final

import uvloop
from structlog.typing import FilteringBoundLogger

from cse.engine._native import Batch, JournalDamaged, Leader, ProtocolViolated, StorageFailed
from cse.engine.leader import LeaderCycle
from cse.engine.transport import ServerSocket
from cse.runtime.clock import LeaderClock, wall_us
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health, serve_health
from cse.runtime.memory import settle_memory
from cse.runtime.telemetry import start_logging
from cse.services.status_metrics import StatusMetrics

LOOK_AT_STORAGE_S: Final = 1.0
# Where nobody sends anything, orders expire at most so long after their time.
LOOK_AT_TIME_S: Final = 0.1
# Up to so many commands a batch is written on the spot: to hand it to the writing thread and to be
# woken by it takes longer than to read meanwhile what a few more have sent.
SMALL_BATCH: Final = 256


class LeaderService:
    """One turn of the event loop takes in what has come; a writing thread makes large batches durable."""

    def __init__(self, leader: Leader, clock: LeaderClock, configuration: Configuration) -> None:
        started_s = time.monotonic()
        self.cycle = LeaderCycle(
            leader,
            free_bytes_min=configuration.free_bytes_min,
            uptime_s=lambda: time.monotonic() - started_s,
        )
        self.socket = ServerSocket(configuration.leader_socket, self)
        self.stopped = asyncio.Event()
        self.failure: BaseException | None = None
        self._leader = leader
        self._clock = clock
        self._loop = asyncio.get_running_loop()
        self._writer = ThreadPoolExecutor(1, "journal")
        self._turn_due = False
        self._stopping = False

    def connected(self, connection: int) -> None:
        self.cycle.connected(connection)

    def disconnected(self, connection: int) -> None:
        self.cycle.disconnected(connection)

    def received(self, connection: int, data: bytes) -> None:
        if self._stopping:
            return
        try:
            reply = self.cycle.receive(connection, data)
        except ProtocolViolated:
            self.socket.drop(connection)
            return
        except BaseException as error:
            self.fail(error)
            return
        if reply:
            self.socket.send(connection, reply)
        if not self._turn_due:
            # What other connections have sent in this turn goes into the same batch.
            self._turn_due = True
            self._loop.call_soon(self._turn)

    def pass_time(self) -> None:
        """Lets orders expire whose time has come, where no command does."""
        if not self._turn_due and not self._stopping:
            self._turn()

    def stop(self) -> None:
        """Takes nothing more; what has been taken is still made durable and answered."""
        self._stopping = True
        self.socket.stop_listening()
        self._turn()

    def _turn(self) -> None:
        self._turn_due = False
        if self.failure is not None:
            return
        try:
            batch = self.cycle.next_batch(self._clock.now_us())
        except BaseException as error:
            self.fail(error)
            return
        if batch is not None:
            self._write(batch)
        elif self._stopping and self.cycle.is_idle:
            self.stopped.set()

    def _write(self, batch: Batch) -> None:
        if batch.count > SMALL_BATCH:
            written = self._loop.run_in_executor(self._writer, self._leader.write, batch)
            written.add_done_callback(lambda done: self._written(batch, done.result))
        else:
            self._written(batch, lambda: self._leader.write(batch))

    def _written(self, batch: Batch, write: Callable[[], None]) -> None:
        try:
            write()
            answers = self.cycle.written(batch)
        except BaseException as error:
            self.fail(error)
            return
        for connection, frames in answers:
            self.socket.send(connection, frames)
        self._turn()

    def fail(self, error: BaseException) -> None:
        """What is on disk, or in the core, is not known any more: nobody is answered, and the process
        ends. A panic of the native side comes here too, and is no `Exception`."""
        self.failure = error
        self.stopped.set()


async def _watch_storage(service: LeaderService, clock: LeaderClock, log: FilteringBoundLogger) -> None:
    accepted = True
    while True:
        try:
            accept = service.cycle.look_at_storage()
        except StorageFailed as error:
            service.fail(error)
            return
        if accept != accepted:
            accepted = accept
            log.warning("orders are taken" if accept else "storage is low, orders are refused")
        if clock.alarming:
            log.warning("the wall clock is far from the leader's", behind_us=clock.behind_us)
        await asyncio.sleep(LOOK_AT_STORAGE_S)


async def _watch_time(service: LeaderService) -> None:
    while True:
        await asyncio.sleep(LOOK_AT_TIME_S)
        service.pass_time()


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Leads until SIGTERM or SIGINT; returns the exit code."""
    health = Health("leader", "recovery of the journal")
    configuration.run.mkdir(parents=True, exist_ok=True)
    async with serve_health(health, configuration.run):
        leader = await asyncio.to_thread(Leader, str(configuration.data), wall_us(), os.getpid())
        log.info("recovered", epoch=leader.epoch, **leader.recovery)
        clock = LeaderClock(leader.time_us)
        service = LeaderService(leader, clock, configuration)
        StatusMetrics(service.cycle.status).register()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, service.stop)
        watches = [
            asyncio.create_task(_watch_storage(service, clock, log)),
            asyncio.create_task(_watch_time(service)),
        ]
        await service.socket.open()
        settle_memory()
        health.ready()
        log.info("ready", socket=str(configuration.leader_socket))
        await service.stopped.wait()
        for watch in watches:
            watch.cancel()
        if service.failure is not None:
            log.critical("storage failed, nothing more is answered", error=repr(service.failure))
            return 1
        await service.socket.close()
        leader.close()
        log.info("stopped", sequence=leader.durable_sequence)
        return 0


def main() -> int:
    """Runs the leader with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging("leader", configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except (JournalDamaged, StorageFailed) as error:
        log.critical("the leader cannot start", error=str(error), kind=type(error).__name__)
        return 1
