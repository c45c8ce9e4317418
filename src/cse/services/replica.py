"""The replica's process: sockets, timers and snapshots around the reader of a core."""

from __future__ import annotations

import asyncio
import signal
import time
from typing import Final

import uvloop
from structlog.typing import FilteringBoundLogger

from cse.engine._native import Diverged, JournalDamaged, OutOfOrder, Replica, StorageFailed
from cse.engine.message import Malformed
from cse.engine.queries import Question
from cse.engine.replica import Reader
from cse.engine.transport import ServerSocket
from cse.ledger.position_file import read_position
from cse.runtime.configuration import Configuration
from cse.runtime.health import Health, serve_health
from cse.runtime.telemetry import start_logging
from cse.services.status_metrics import StatusMetrics

FOLLOW_S: Final = 0.01
FOLLOW_WAITING_S: Final = 0.001
PRUNE_S: Final = 1.0
SNAPSHOT_COMMANDS: Final = 1_000_000
LAG_MAX: Final = 100_000
START_STEP: Final = 500_000
_FAILURES: Final = (Diverged, JournalDamaged, OutOfOrder, StorageFailed)


class ReplicaService:
    """Answers queries as they come, and follows the journal in between."""

    def __init__(self, replica: Replica, configuration: Configuration, log: FilteringBoundLogger) -> None:
        started_s = time.monotonic()
        self.reader = Reader(
            replica, uptime_s=lambda: time.monotonic() - started_s, report=self._query_failed
        )
        self.socket = ServerSocket(configuration.replica_socket, self)
        self.failure: BaseException | None = None
        self.stopped = asyncio.Event()
        self._replica = replica
        self._ledger_position = configuration.ledger_position
        self._snapshot_sequence = replica.snapshot_sequence
        self._log = log

    def connected(self, connection: int) -> None:
        self.reader.connected(connection)

    def disconnected(self, connection: int) -> None:
        self.reader.disconnected(connection)

    def received(self, connection: int, data: bytes) -> None:
        try:
            replies = self.reader.receive(connection, data, time.monotonic())
        except Malformed:
            self.socket.drop(connection)
        except BaseException as error:
            # A panic of the native side is no `Exception`, and leaves no core to go on with.
            self._fail(error)
        else:
            if replies:
                self.socket.send(connection, replies)

    async def follow(self) -> None:
        """Keeps up with the journal, whether anybody asks or not."""
        while not self.stopped.is_set():
            try:
                replies = self.reader.follow(time.monotonic())
            except _FAILURES as error:
                self._fail(error)
                return
            for connection, reply in replies:
                self.socket.send(connection, reply)
            await asyncio.sleep(FOLLOW_WAITING_S if self.reader.is_waiting else FOLLOW_S)

    async def keep_house(self) -> None:
        """Forgets what the ledger has written, and takes a snapshot now and then."""
        while not self.stopped.is_set():
            self._replica.prune(read_position(self._ledger_position))
            lag = self._replica.watermark - self._replica.sequence
            if lag > LAG_MAX:
                # Queries are answered with `not_yet_visible` until it has caught up.
                self._log.warning("behind the journal", lag=lag)
            if self._replica.sequence - self._snapshot_sequence >= SNAPSHOT_COMMANDS:
                try:
                    await self.snapshot()
                except _FAILURES as error:
                    self._fail(error)
                    return
            await asyncio.sleep(PRUNE_S)

    async def snapshot(self) -> None:
        """Writes a snapshot beside the queries, unless nothing has happened since the last."""
        if self._replica.sequence == self._snapshot_sequence:
            return
        writer = self._replica.snapshot()
        state_hash = await asyncio.to_thread(writer.write)
        self._snapshot_sequence = writer.sequence
        self._log.info("snapshot", sequence=writer.sequence, state_hash=state_hash.hex())

    def _query_failed(self, question: Question, error: Exception) -> None:
        self._log.error("the event log gave no answer", question=type(question).__name__, error=str(error))

    def _fail(self, error: BaseException) -> None:
        self.failure = error
        self.stopped.set()


async def _open(configuration: Configuration, stopped: asyncio.Event) -> Replica | None:
    """The replica, caught up with the journal; waits for the leader to make one."""
    watermark = configuration.run / "watermark"
    while not watermark.exists():
        if stopped.is_set():
            return None
        await asyncio.sleep(FOLLOW_S)
    position = read_position(configuration.ledger_position)
    replica = await asyncio.to_thread(Replica, str(configuration.data), position)
    while replica.sequence < replica.watermark and not stopped.is_set():
        await asyncio.to_thread(replica.follow, START_STEP)
    return replica


async def serve(configuration: Configuration, log: FilteringBoundLogger) -> int:
    """Answers until SIGTERM or SIGINT; returns the exit code."""
    health = Health("replica", "the leader's journal")
    configuration.run.mkdir(parents=True, exist_ok=True)
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    async with serve_health(health, configuration.run):
        replica = await _open(configuration, stopped)
        if replica is None or stopped.is_set():
            return 0
        service = ReplicaService(replica, configuration, log)
        service.stopped = stopped
        StatusMetrics(service.reader.status).register()
        await service.socket.open()
        health.ready()
        log.info("ready", socket=str(configuration.replica_socket), sequence=replica.sequence)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(service.follow())
            house = tasks.create_task(service.keep_house())
            await stopped.wait()
            house.cancel()
        await service.socket.close()
        if service.failure is not None:
            log.critical(
                "the replica cannot go on", error=str(service.failure), kind=type(service.failure).__name__
            )
            return 1
        await service.snapshot()
        log.info("stopped", sequence=replica.sequence)
        return 0


def main() -> int:
    """Runs the replica with the environment's configuration."""
    configuration = Configuration.from_environment()
    log = start_logging("replica", configuration.log_level)
    try:
        return uvloop.run(serve(configuration, log))
    except _FAILURES as error:
        log.critical("the replica cannot go on", error=str(error), kind=type(error).__name__)
        return 1
