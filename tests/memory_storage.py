"""The storage port in memory: what the engine's tests use where no real disk is needed."""

from __future__ import annotations

import errno


class MemoryFile:
    """`engine.storage.File` over a bytearray."""

    def __init__(self) -> None:
        self.content = bytearray()

    def length(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return bytes(self.content[offset : offset + length])

    def write_at(self, offset: int, data: bytes) -> None:
        if offset > len(self.content):
            self.content.extend(bytes(offset - len(self.content)))
        self.content[offset : offset + len(data)] = data

    def sync(self) -> None:
        """Memory is as durable as it gets."""

    def set_length(self, length: int) -> None:
        del self.content[length:]
        self.content.extend(bytes(length - len(self.content)))


class MemoryDirectory:
    """`engine.storage.Directory` over a dictionary."""

    def __init__(self) -> None:
        self.files: dict[str, MemoryFile] = {}
        self.free = 1 << 40

    def list(self) -> list[str]:
        return sorted(self.files)

    def open(self, name: str, create: bool) -> MemoryFile:
        if name not in self.files:
            if not create:
                raise FileNotFoundError(errno.ENOENT, "no such file", name)
            self.files[name] = MemoryFile()
        return self.files[name]

    def rename(self, old: str, new: str) -> None:
        self.files[new] = self.files.pop(old)

    def remove(self, name: str) -> None:
        if name not in self.files:
            raise FileNotFoundError(errno.ENOENT, "no such file", name)
        del self.files[name]

    def sync(self) -> None:
        """Memory is as durable as it gets."""

    def free_bytes(self) -> int:
        return self.free


class MemoryStorage:
    """`engine.storage.Storage` in memory."""

    def __init__(self) -> None:
        self.journal = MemoryDirectory()
        self.events = MemoryDirectory()
        self.snapshots = MemoryDirectory()
        self.run = MemoryDirectory()
