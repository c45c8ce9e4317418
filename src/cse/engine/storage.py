"""What the engine asks of storage.

Real directories are implemented natively and named by their path. These protocols are for other
implementations, such as a simulated disk that loses what was not synced. The native side calls
them; any exception they raise counts as a failure of storage and ends the process.
"""

from typing import Protocol


class File(Protocol):
    """An open file. Reads at the end return fewer bytes than asked for."""

    def length(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes: ...

    def write_at(self, offset: int, data: bytes) -> None:
        """Writes all of `data`; a gap before it reads as zeros."""

    def sync(self) -> None:
        """Returns once the file's content and length are durable."""

    def set_length(self, length: int) -> None:
        """Cuts the file, or extends it with zeros."""


class Directory(Protocol):
    """A flat set of named files."""

    def list(self) -> list[str]: ...

    def open(self, name: str, create: bool) -> File:
        """Opens a file; `FileNotFoundError` when it is not there and `create` is false."""

    def rename(self, old: str, new: str) -> None:
        """Gives a file another name, replacing what had it."""

    def remove(self, name: str) -> None: ...

    def sync(self) -> None:
        """Returns once names created, renamed and removed are durable."""

    def free_bytes(self) -> int: ...


class Storage(Protocol):
    """The parts of a data directory that the engine reads and writes."""

    @property
    def journal(self) -> Directory: ...

    @property
    def events(self) -> Directory: ...

    @property
    def snapshots(self) -> Directory: ...

    @property
    def run(self) -> Directory:
        """Holds the file `watermark`, which need not survive a crash of the machine."""
