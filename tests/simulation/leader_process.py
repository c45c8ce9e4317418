"""The leader as a process of the simulated machine: it starts, takes frames, dies, starts again."""

from __future__ import annotations

from collections.abc import Callable

from cse.engine import _native, wire
from cse.engine.leader import LeaderCycle
from cse.engine.message import messages
from cse.runtime.clock import LeaderClock
from tests.simulation.disk import Killed, SimulatedDisk
from tests.simulation.network import SimulatedNetwork
from tests.simulation.world import Violation, World

RESTART_US = (2_000, 60_000)
SEGMENT_BYTES = 64 << 10


class LeaderProcess:
    """Drives the leader as the real process does; each write and each commit takes its time."""

    def __init__(self, world: World, disk: SimulatedDisk, network: SimulatedNetwork) -> None:
        self._world = world
        self._disk = disk
        self._network = network
        self._incarnation = 0
        self._cycle: LeaderCycle | None = None
        self._clock: LeaderClock | None = None
        self._native: _native.Leader | None = None
        self._routes: dict[int, Callable[[bytes], None]] = {}
        self.starts = 0

    @property
    def native(self) -> _native.Leader | None:
        return self._native

    def start(self) -> None:
        """Recovers; a machine that fails meanwhile only delays it."""
        if self._native is not None:
            return
        self.starts += 1
        try:
            native = _native.Leader(
                self._disk, self._world.wall_us(), self.starts, segment_bytes=SEGMENT_BYTES
            )
        except (_native.StorageFailed, Killed):
            self.end()
            return
        except _native.JournalDamaged as error:
            self._disk.rot.put_right(error)
            self.end()
            return
        self._check_snapshot(native)
        self._native = native
        self._cycle = LeaderCycle(native, free_bytes_min=1)
        self._clock = LeaderClock(native.time_us, boot=self._world.boot_us, wall=self._world.wall_us)

    def _check_snapshot(self, native: _native.Leader) -> None:
        """It began with a snapshot that is as it was written."""
        found = native.recovery
        assert isinstance(found["snapshot_sequence"], int)
        if self._disk.rot.is_rotten(found["snapshot_sequence"]):
            raise Violation(f"the leader began with a snapshot in which a bit had flipped: {found}")
        if found["snapshots_skipped"]:
            self._world.faults["bad snapshot passed over"] += 1

    def end(self) -> None:
        """The process is gone, whatever it was doing, and is started again after a while."""
        self._native = self._cycle = self._clock = None
        self._incarnation += 1
        self._world.after(self._world.between(*RESTART_US), self.start)

    def kill(self) -> None:
        if self._native is not None:
            self._world.faults["leader killed"] += 1
            self.end()

    def receive(self, connection: int, frame: bytes, answer: Callable[[bytes], None]) -> None:
        """A frame has arrived on a connection; what is answered to it goes to `answer`."""
        if self._cycle is None:
            return
        self._routes[connection] = answer
        self._cycle.look_at_storage()
        self._send(connection, self._cycle.receive(connection, frame))
        self._later(5, 50, self._next_batch)

    def _later(self, low_us: int, high_us: int, step: Callable[[], None]) -> None:
        incarnation = self._incarnation

        def unless_dead() -> None:
            if incarnation == self._incarnation:
                step()

        self._world.after(self._world.between(low_us, high_us), unless_dead)

    def _next_batch(self) -> None:
        assert self._cycle is not None and self._clock is not None
        now_us = self._clock.now_us()
        if self._clock.alarming:
            self._world.faults["clock alarm"] += 1
        batch = self._cycle.next_batch(now_us)
        if batch is not None:
            self._later(5, 50, lambda: self._write(batch))

    def _write(self, batch: _native.Batch) -> None:
        assert self._native is not None
        try:
            self._native.write(batch)
        except (_native.StorageFailed, Killed):
            self.end()
            return
        self._later(50, 300, lambda: self._written(batch))

    def _written(self, batch: _native.Batch) -> None:
        assert self._cycle is not None
        try:
            answers = self._cycle.written(batch)
        except (_native.StorageFailed, Killed):
            self.end()
            return
        for connection, frames in answers:
            self._send(connection, frames)
        self._next_batch()

    def _send(self, connection: int, frames: bytes) -> None:
        for kind, offset, length in messages(frames):
            assert kind in (wire.Answer.KIND, wire.Refusal.KIND)
            self._network.carry(frames[offset : offset + length], self._routes[connection])
