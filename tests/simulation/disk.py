"""A disk that loses what was not synced, and fails when told to.

A file has two contents: what a running process reads, and what is there after the machine lost
its power. Between them stand the writes since the last sync; a power loss keeps any of them, loses
any of them, and tears one at any byte. Names created, renamed and removed since the last sync of
their directory are kept up to some point.
"""

from __future__ import annotations

import errno
from dataclasses import dataclass, field

from tests.simulation.rot import BitRot
from tests.simulation.world import World

CAPACITY = 1 << 40
WORD = 8


class Killed(Exception):
    """The process that touched the disk dies here."""


@dataclass
class Inode:
    """One file's bytes."""

    content: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes | None) -> None:
        """Writes `data`, or with None sets the length to `offset`."""
        _apply(self.content, offset, data)
        self.pending.append((offset, data))

    def sync(self) -> None:
        for offset, data in self.pending:
            _apply(self.durable, offset, data)
        self.pending.clear()

    def lose_power(self, world: World) -> None:
        torn = False
        for offset, data in self.pending:
            if world.happens(500):
                continue
            # Storage writes an aligned word whole or not at all.
            if data and len(data) > WORD and not torn and world.happens(500):
                torn = True
                data = data[: world.between(0, len(data) - 1)]
                world.faults["write torn"] += 1
            _apply(self.durable, offset, data)
        if self.pending:
            world.faults["unsynced write lost"] += 1
        self.pending.clear()
        self.content = bytearray(self.durable)


def _apply(content: bytearray, offset: int, data: bytes | None) -> None:
    """A write to, or with None a change of length of, `content`. Zeros at the end are not kept."""
    if data is None:
        del content[offset:]
        return
    if offset > len(content):
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class SimulatedDisk:
    """Four directories on one disk, and what is wrong with it."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.full = False
        self.sync_fails = False
        self.kill_at: int | None = None
        self.rot = BitRot(world, self)
        self.journal = SimulatedDirectory(self, "journal")
        self.events = SimulatedDirectory(self, "events")
        self.snapshots = SimulatedDirectory(self, "snapshots")
        self.run = SimulatedDirectory(self, "run")

    @property
    def directories(self) -> tuple[SimulatedDirectory, ...]:
        return (self.journal, self.events, self.snapshots, self.run)

    def lose_power(self) -> None:
        """What was not synced may be gone."""
        for directory in self.directories:
            directory.lose_power()

    def touched(self) -> None:
        """Counts an operation, and kills the process that asked for it when its time has come."""
        if self.kill_at is not None:
            self.kill_at -= 1
            if self.kill_at <= 0:
                self.kill_at = None
                self.world.faults["killed within a disk operation"] += 1
                raise Killed


class SimulatedDirectory:
    """`engine.storage.Directory` over inodes."""

    def __init__(self, disk: SimulatedDisk, name: str) -> None:
        self.disk = disk
        self.name = name
        self.names: dict[str, Inode] = {}
        self._durable_names: dict[str, Inode] = {}
        self._pending: list[dict[str, Inode | None]] = []

    def list(self) -> list[str]:
        return sorted(self.names)

    def open(self, name: str, create: bool) -> SimulatedFile:
        if name not in self.names:
            if not create:
                raise FileNotFoundError(errno.ENOENT, "no such file", name)
            self.disk.touched()
            self._change({name: Inode()})
        return SimulatedFile(self, self.names[name])

    def rename(self, old: str, new: str) -> None:
        self.disk.touched()
        self._change({new: self.names[old], old: None})

    def remove(self, name: str) -> None:
        self.disk.touched()
        self._change({name: None})

    def sync(self) -> None:
        self.disk.touched()
        self._durable_names = dict(self.names)
        self._pending.clear()

    def free_bytes(self) -> int:
        return 0 if self.disk.full else CAPACITY

    def _change(self, change: dict[str, Inode | None]) -> None:
        _set_names(self.names, change)
        self._pending.append(change)

    def lose_power(self) -> None:
        world = self.disk.world
        kept = world.between(0, len(self._pending))
        for change in self._pending[:kept]:
            _set_names(self._durable_names, change)
        if kept < len(self._pending):
            world.faults["unsynced name lost"] += 1
        self._pending.clear()
        self.names = dict(self._durable_names)
        for inode in self.names.values():
            inode.lose_power(world)


def _set_names(names: dict[str, Inode], change: dict[str, Inode | None]) -> None:
    for name, inode in change.items():
        if inode is None:
            names.pop(name, None)
        else:
            names[name] = inode


class SimulatedFile:
    """`engine.storage.File` over an inode."""

    def __init__(self, directory: SimulatedDirectory, inode: Inode) -> None:
        self._directory = directory
        self._inode = inode

    def length(self) -> int:
        return len(self._inode.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return bytes(self._inode.content[offset : offset + length])

    def write_at(self, offset: int, data: bytes) -> None:
        disk = self._directory.disk
        disk.touched()
        if disk.full and offset + len(data) > len(self._inode.content):
            disk.world.faults["write on a full disk"] += 1
            raise OSError(errno.ENOSPC, "no space left on the simulated disk")
        self._inode.write(offset, bytes(data))

    def sync(self) -> None:
        disk = self._directory.disk
        disk.touched()
        if disk.sync_fails and self._directory.name == "journal":
            disk.sync_fails = False
            disk.world.faults["sync failed"] += 1
            # As on Linux: the pages count as clean from now on, though they are not on the disk.
            self._inode.pending.clear()
            raise OSError(errno.EIO, "the simulated disk failed to sync")
        self._inode.sync()

    def set_length(self, length: int) -> None:
        self._directory.disk.touched()
        missing = length - len(self._inode.content)
        if missing > 0:
            self._inode.write(len(self._inode.content), bytes(missing))
        else:
            self._inode.write(length, None)
