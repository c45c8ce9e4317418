"""The ledger's position: a follower whose rows and position change in one transaction."""

from __future__ import annotations

from collections import Counter

from cse.engine import _native, wire
from cse.engine.message import messages
from cse.engine.models import groups
from tests.simulation.disk import SimulatedDisk
from tests.simulation.leader_process import RESTART_US, LeaderProcess
from tests.simulation.world import World


class LedgerProcess:
    """Its `position` and `rows` stand for PostgreSQL, which keeps what was committed."""

    def __init__(self, world: World, disk: SimulatedDisk, leader: LeaderProcess) -> None:
        self._world = world
        self._disk = disk
        self._leader = leader
        self._feed: _native.EventReader | None = None
        self._incarnation = 0
        self.position = 0
        self.rows: Counter[bytes] = Counter()
        self.closed: set[int] = set()

    def start(self) -> None:
        """Waits for the leader: after a loss of power the watermark is behind until it recovers."""
        if self._feed is not None:
            return
        if self._leader.native is None:
            self.end()
            return
        try:
            self._feed = self.open_feed()
        except (_native.StorageFailed, FileNotFoundError):
            self.end()
            return
        self._later(self._read)

    def open_feed(self) -> _native.EventReader:
        return _native.EventReader(self._disk)

    def end(self) -> None:
        self._feed = None
        self._incarnation += 1
        self._world.after(self._world.between(*RESTART_US), self.start)

    def kill(self) -> None:
        if self._feed is not None:
            self._world.faults["ledger killed"] += 1
            self.end()

    def _later(self, *steps: object) -> None:
        incarnation = self._incarnation
        step, arguments = steps[0], steps[1:]
        assert callable(step)

        def unless_dead() -> None:
            if incarnation == self._incarnation:
                step(*arguments)

        self._world.after(self._world.between(500, 15_000), unless_dead)

    def _read(self) -> None:
        assert self._feed is not None
        try:
            data = self._feed.read(self.position, self._world.between(1, 64))
        except _native.StorageFailed:
            self.end()
            return
        if data:
            self._later(self._commit, data)
        else:
            self._later(self._read)

    def _commit(self, data: bytes) -> None:
        found = groups(data)
        rows = [row for group in found for row in rows_of(group.events)]
        self.store(rows, found[-1].sequence)
        self._later(self._read)

    def store(self, rows: list[bytes], position: int) -> None:
        """One transaction."""
        self.rows.update(rows)
        self.closed.update(
            wire.OrderClosed.decode(row).order_id
            for row in rows
            if row[:2] == wire.OrderClosed.KIND.to_bytes(2, "little")
        )
        self.position = position


def rows_of(events: bytes) -> list[bytes]:
    """What a ledger writes down: every event but those that only repeat a total."""
    left_out = (wire.DepthChanged.KIND, wire.BalanceChanged.KIND)
    return [
        events[offset : offset + length] for kind, offset, length in messages(events) if kind not in left_out
    ]
