"""The replica as a process of the simulated machine."""

from __future__ import annotations

from cse.engine import _native
from tests.simulation.disk import Killed, SimulatedDisk
from tests.simulation.leader_process import RESTART_US, LeaderProcess
from tests.simulation.ledger_process import LedgerProcess
from tests.simulation.world import Violation, World


class ReplicaProcess:
    """Follows now and then, always before it answers, and writes snapshots."""

    def __init__(
        self, world: World, disk: SimulatedDisk, leader: LeaderProcess, ledger: LedgerProcess
    ) -> None:
        self._world = world
        self._disk = disk
        self._leader = leader
        self._ledger = ledger
        self._native: _native.Replica | None = None
        self._incarnation = 0
        self.snapshots = 0

    def start(self) -> None:
        """Waits for the leader, as the ledger does."""
        if self._native is not None:
            return
        if self._leader.native is None:
            self.end()
            return
        try:
            self._native = _native.Replica(self._disk, self._ledger.position, trades_limit=100)
        except (_native.StorageFailed, FileNotFoundError, Killed):
            self.end()
            return
        if self._disk.rot.is_rotten(self._native.snapshot_sequence):
            raise Violation("the replica began with a snapshot in which a bit had flipped")
        self._tick_later()

    def end(self) -> None:
        self._native = None
        self._incarnation += 1
        self._world.after(self._world.between(*RESTART_US), self.start)

    def kill(self) -> None:
        if self._native is not None:
            self._world.faults["replica killed"] += 1
            self.end()

    def reading(self) -> _native.Replica | None:
        """The replica ready to answer, with all in it that is durable; None while it is away."""
        if self._native is None:
            return None
        try:
            self.follow(self._native)
        except (_native.StorageFailed, Killed):
            self.end()
        except _native.JournalDamaged as error:
            self._disk.rot.put_right(error)
            self.end()
        return self._native

    def follow(self, native: _native.Replica) -> None:
        native.follow()

    def _tick_later(self) -> None:
        incarnation = self._incarnation

        def tick() -> None:
            if incarnation == self._incarnation:
                self._tick()

        self._world.after(self._world.between(1_000, 20_000), tick)

    def _tick(self) -> None:
        native = self.reading()
        if native is None:
            return
        native.prune(self._ledger.position)
        if self._world.happens(60) and native.sequence > 0:
            try:
                native.snapshot().write()
            except (_native.StorageFailed, Killed):
                self.end()
                return
            self.snapshots += 1
        self._tick_later()
