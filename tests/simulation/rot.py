"""Bits that flip on a disk at rest, and the copy from which they are put right.

Nothing in the exchange repairs damage: it says where it is and stops, and somebody brings the segment
back from a copy. A snapshot that is damaged is passed over for an older one, or for the journal alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from cse.engine.message import HEADER

if TYPE_CHECKING:
    from tests.simulation.disk import Inode, SimulatedDirectory, SimulatedDisk
    from tests.simulation.world import World

SEGMENT_HEADER_BYTES = 64
SNAPSHOT = ".snapshot"


@dataclass(frozen=True)
class Flip:
    """A bit of a file that is another than was written."""

    directory: SimulatedDirectory
    name: str
    inode: Inode
    offset: int
    bit: int

    @property
    def is_there(self) -> bool:
        """Whether the file still is, under its name."""
        return self.directory.names.get(self.name) is self.inode

    def turn(self) -> None:
        for content in (self.inode.content, self.inode.durable):
            content[self.offset] ^= 1 << self.bit


class BitRot:
    """What has flipped on one disk and was not yet put right."""

    def __init__(self, world: World, disk: SimulatedDisk) -> None:
        self._world = world
        self._disk = disk
        self.journal: list[Flip] = []
        self.snapshots: list[Flip] = []

    def strike_journal(self) -> None:
        """Flips a bit of a durable record that another durable one follows: what no crash explains."""
        records = list(self._parts())[:-1]
        if records and not self.journal:
            name, inode, start, length = self._world.chance.choice(records)
            flip = self._flip(self._disk.journal, name, inode, start, start + length)
            self.journal.append(flip)
            self._world.faults["bit flipped in the journal"] += 1

    def strike_snapshot(self) -> None:
        """Flips a bit of a snapshot that is whole and durable."""
        directory = self._disk.snapshots
        there = [
            (name, inode)
            for name, inode in sorted(directory.names.items())
            if name.endswith(SNAPSHOT) and name[0].isdigit() and not inode.pending
        ]
        if there:
            name, inode = there[-1]
            flip = self._flip(directory, name, inode, 0, len(inode.content))
            if flip in self.snapshots:
                # The same bit again: it is as it was written.
                self.snapshots.remove(flip)
            else:
                self.snapshots.append(flip)
            self._world.faults["bit flipped in a snapshot"] += 1

    def _flip(self, directory: SimulatedDirectory, name: str, inode: Inode, start: int, end: int) -> Flip:
        world = self._world
        flip = Flip(directory, name, inode, world.between(start, end - 1), world.between(0, 7))
        flip.turn()
        return flip

    def _parts(self) -> Iterator[tuple[str, Inode, int, int]]:
        """Name, file, offset and length of each header and record, in their order, where all is durable."""
        segments = sorted(name for name in self._disk.journal.names if name.endswith(".journal"))
        inodes = [self._disk.journal.names[name] for name in segments]
        if any(inode.pending for inode in inodes):
            return
        for name, inode in zip(segments, inodes, strict=True):
            yield name, inode, 0, SEGMENT_HEADER_BYTES
            offset = SEGMENT_HEADER_BYTES
            while offset + HEADER.size <= len(inode.content):
                _, _, length = HEADER.unpack_from(inode.content, offset)
                if not HEADER.size <= length <= len(inode.content) - offset:
                    break
                yield name, inode, offset, length
                offset += length

    def put_right(self, error: Exception) -> None:
        """Somebody was told of damage, and brings the segment back from a copy.

        Raises:
            Exception: `error`, where it does not name a file in which a bit had flipped.
        """
        named = [flip for flip in self.journal if flip.name in str(error)]
        if not named:
            raise error
        for flip in named:
            flip.turn()
            self.journal.remove(flip)
            self._world.faults["damage put right from a copy"] += 1

    def is_rotten(self, snapshot_sequence: int) -> bool:
        """Whether the snapshot of a sequence is one in which a bit has flipped."""
        name = f"{snapshot_sequence:020}{SNAPSHOT}"
        return any(flip.name == name and flip.is_there for flip in self.snapshots)
