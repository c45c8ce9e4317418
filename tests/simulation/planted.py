"""Bugs planted on purpose. The simulator is worth its time if it finds each of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from xxhash import xxh3_64_intdigest

from cse.engine import _native, wire
from tests.simulation.clients import Line
from tests.simulation.disk import SimulatedDirectory, SimulatedDisk, SimulatedFile
from tests.simulation.ledger_process import LedgerProcess
from tests.simulation.replica_process import ReplicaProcess
from tests.simulation.rot import BitRot
from tests.simulation.run import Run
from tests.simulation.world import World

FIRST_INDEX = f"{1:020}.index"
SEQUENCE_AT = 16
CHECKSUM = slice(16, 24)
"""Of a snapshot; it covers what follows."""


class _JournalUnsynced(SimulatedFile):
    def sync(self) -> None:
        """Says that it has synced."""


class _LyingDirectory(SimulatedDirectory):
    def open(self, name: str, create: bool) -> SimulatedFile:
        super().open(name, create)
        return _JournalUnsynced(self, self.names[name])


class AnswersBeforeSync(SimulatedDisk):
    """Answers go out though the journal was never synced."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.journal = _LyingDirectory(self, "journal")


class _Unsummed(BitRot):
    """What flips in a snapshot is not told by its checksum."""

    def strike_snapshot(self) -> None:
        before = len(self.snapshots)
        super().strike_snapshot()
        for flip in self.snapshots[before:]:
            for content in (flip.inode.content, flip.inode.durable):
                content[CHECKSUM] = xxh3_64_intdigest(content[CHECKSUM.stop :]).to_bytes(8, "little")


class TakesAnySnapshot(SimulatedDisk):
    """A start takes a snapshot whatever has become of it."""

    def __init__(self, world: World) -> None:
        super().__init__(world)
        self.rot = _Unsummed(world, self)


class _EagerWatermark(SimulatedFile):
    """Says that all is durable that stands in the event log."""

    def read_at(self, offset: int, length: int) -> bytes:
        data = bytearray(super().read_at(offset, length))
        index = self._directory.disk.events.open(FIRST_INDEX, create=False)
        data[SEQUENCE_AT : SEQUENCE_AT + 8] = (index.length() // 8).to_bytes(8, "little")
        return bytes(data)


class _EagerRun(SimulatedDirectory):
    def __init__(self, run: SimulatedDirectory) -> None:
        super().__init__(run.disk, run.name)
        self.names = run.names

    def open(self, name: str, create: bool) -> SimulatedFile:
        super().open(name, create)
        return _EagerWatermark(self, self.names[name])


class ReadsPastWatermark(LedgerProcess):
    """Writes down what the leader has carried out, whether or not it is durable."""

    def open_feed(self) -> _native.EventReader:
        eager = SimulatedDisk(self._world)
        eager.journal, eager.events = self._disk.journal, self._disk.events
        eager.run = _EagerRun(self._disk.run)
        return _native.EventReader(eager)


class PositionOutsideTransaction(LedgerProcess):
    """Rows are committed first and the position a moment later."""

    def store(self, rows: list[bytes], position: int) -> None:
        super().store(rows, self.position)
        self._later(partial(setattr, self, "position", position))


class ServesStale(ReplicaProcess):
    """Answers with what it has, whatever is durable meanwhile."""

    def follow(self, native: _native.Replica) -> None:
        if self._world.happens(100) or native.sequence == 0:
            native.follow()


class RepeatsUnderAnotherId(Line):
    """A client that takes a time-out for a failure and orders anew."""

    def again(self) -> bytes:
        kind = int.from_bytes(self.command[:2], "little")
        if kind != wire.PlaceOrder.KIND:
            return self.command
        order = wire.PlaceOrder.decode(self.command)
        return order._replace(client_order_id=order.client_order_id + "x").encode()


PLANTED: dict[str, Callable[[int], Run]] = {
    "answers before the sync": partial(Run, disk=AnswersBeforeSync),
    "ledger reads past the watermark": partial(Run, ledger=ReadsPastWatermark),
    "position outside the transaction": partial(Run, ledger=PositionOutsideTransaction),
    "a snapshot is taken whatever has become of it": partial(Run, disk=TakesAnySnapshot),
    "replica serves stale state": partial(Run, replica=ServesStale),
    "client repeats under another id": partial(Run, line=RepeatsUnderAnotherId),
}
