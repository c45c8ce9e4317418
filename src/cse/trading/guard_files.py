"""What is to be cancelled when a connection ends, kept where the end of a process does not reach.

Every process that may hold guards has a directory of its own below `DATA/guards`. In it a locked file
says that the process lives, for the kernel gives the lock back with it, whatever ended it; beside it
stands one file for each guard:

    guards/<process>/lock
    guards/<process>/<guard>.json   its connection is there, or was a moment ago
    guards/<process>/<guard>.held   it is being written anew
    guards/<process>/<guard>.due    its orders are being cancelled
    guards/<process>/<guard>.spent  they were, by another process, for this one did nothing for too long

A guard changes hands, and becomes due, by the renaming of its file. That happens once, whoever tries it
at the same time.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import msgspec

_LOCK: Final = "lock"
_STALLED: Final = "stalled"
_ARMED: Final = ".json"
_HELD: Final = ".held"
_DUE: Final = ".due"
_SPENT: Final = ".spent"
_STATES: Final = (_ARMED, _HELD, _DUE, _SPENT)
# A guard that moves while all directories are looked at is missed, but not by so many looks in a row.
_LOOKS: Final = 3
_NAME_BYTES: Final = 16


class Guard(msgspec.Struct, frozen=True):
    """Whose orders are to be cancelled, and where.

    Attributes:
        account: in the core.
        markets: by their ids in the core, or None for all.
        grace_ms: so long after the end of its connection it may still be resumed.
    """

    account: int
    markets: list[int] | None
    grace_ms: Annotated[int, msgspec.Meta(ge=0)]


_ENCODE: Final = msgspec.json.Encoder().encode
_DECODE: Final = msgspec.json.Decoder(Guard).decode


def new_name() -> str:
    """A name for a guard that nobody guesses."""
    return secrets.token_hex(_NAME_BYTES)


class GuardFiles:
    """The guards of one process, and a look at those of the others.

    Raises:
        OSError: the disk does not do what is asked of it.
    """

    def __init__(self, guards: Path) -> None:
        self._guards = guards
        self.own = guards / secrets.token_hex(_NAME_BYTES)
        self._lock = -1

    def open(self) -> None:
        """Makes this process's directory. It gets its name when its lock is held already."""
        self._guards.mkdir(mode=0o700, parents=True, exist_ok=True)
        made = self._guards / f".{self.own.name}"
        made.mkdir(mode=0o700)
        self._lock = os.open(made / _LOCK, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        made.rename(self.own)

    def close(self) -> None:
        """Gives the lock back. What is left is for who looks next; where nothing is, nothing stays."""
        if self._lock < 0:
            return
        with contextlib.suppress(OSError):
            if not any(True for _ in _guards_in(self.own)):
                _remove_directory(self.own)
        os.close(self._lock)
        self._lock = -1

    def sign_of_life(self) -> None:
        """Shows the others that this process is not only there, but does something."""
        os.utime(self._lock)

    # Of this process

    def prepare(self, guard: Guard) -> Path:
        """Writes down what a guard will say, durably, for `put` or `take`; it is none yet."""
        new = self.own / f"{new_name()}.new"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_ENCODE(guard))
            file.flush()
            os.fsync(file.fileno())
        return new

    def put(self, new: Path, name: str) -> None:
        """Makes a guard of what was prepared, under a name that nobody has had."""
        new.rename(self.own / f"{name}{_ARMED}")

    def take(self, found: Path, new: Path) -> bool:
        """Takes a guard over from whomever has it, and has it say what was prepared.

        False where it is gone from there, or cannot be had: then nothing has changed.
        """
        held = self.own / f"{found.stem}{_HELD}"
        # Nobody takes it away from here before it says something else: there would be two of them.
        if found.suffix != _ARMED or not _moved(found, held):
            return False
        new.rename(self.own / found.name)
        held.unlink()
        return True

    def find_own(self, name: str) -> Path:
        """Where a guard of this process is, unless it has changed hands or is due."""
        return self.own / f"{name}{_ARMED}"

    def sync(self) -> None:
        """Makes durable what was put, taken or dropped."""
        descriptor = os.open(self.own, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def holds(self, name: str) -> bool:
        """Whether a guard is still this process's, and not due."""
        return self.find_own(name).exists() or self.is_spent(name)

    def read_own(self, name: str) -> Guard | None:
        """A guard of this process, due or not; None where it has changed hands."""
        return _read(self.own / f"{name}{_ARMED}") or _read(self.own / f"{name}{_DUE}")

    def make_due(self, name: str) -> Guard | None:
        """Begins with a guard, once more with a spent one; None where it has changed hands, or somebody has
        begun."""
        due = self.own / f"{name}{_DUE}"
        for state in (_ARMED, _SPENT):
            if _moved(self.own / f"{name}{state}", due):
                return _read(due)
        return None

    def drop(self, name: str) -> None:
        """Forgets a guard of this process, in whatever state it is."""
        for state in _STATES:
            (self.own / f"{name}{state}").unlink(missing_ok=True)

    # Of others

    def find(self, name: str, account: int) -> Path | None:
        """The file of a guard that is an account's, with whomever it is."""
        for _ in range(_LOOKS):
            for directory in self._directories():
                for state in _STATES:
                    path = directory / f"{name}{state}"
                    found = _read(path)
                    if found is not None:
                        return path if found.account == account else None
        return None

    def take_spent(self, found: Path) -> bool:
        """Takes over what is left of a guard that is spent, so that nobody cancels for it once more."""
        return found.suffix == _SPENT and _moved(found, self.own / found.name)

    def others(self) -> list[Path]:
        """The directories of other processes, of those that are dead too."""
        return [directory for directory in self._directories() if directory != self.own]

    def adopt(self, directory: Path) -> dict[str, bool] | None:
        """Takes over what a dead process has left: names, and whether they were due. None if it lives."""
        try:
            lock = os.open(directory / _LOCK, os.O_RDWR | os.O_CLOEXEC)
        except FileNotFoundError:
            # Somebody else has just done it.
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(lock)
            return None
        try:
            left = {}
            for path in _guards_in(directory):
                is_due = path.suffix in (_DUE, _SPENT)
                if path.suffix == _HELD and path.stem in left:
                    # It was written anew already.
                    continue
                # It may be resumed in this moment.
                if _moved(path, self.own / f"{path.stem}{_DUE if is_due else _ARMED}"):
                    left[path.stem] = is_due
            _remove_directory(directory)
        except FileNotFoundError:
            # Another process had it before, and has removed it.
            return None
        finally:
            os.close(lock)
        if left:
            self.sync()
        return left

    def life(self, directory: Path) -> int:
        """What changes with each sign of life of a process."""
        return (directory / _LOCK).stat().st_mtime_ns

    def note_stalled(self, directory: Path) -> dict[str, Guard]:
        """Tells a process that it was found stalled; its guards that are not due."""
        with contextlib.suppress(FileNotFoundError):
            (directory / _STALLED).touch()
            found = {path.stem: _read(path) for path in _guards_in(directory) if path.suffix == _ARMED}
            return {name: guard for name, guard in found.items() if guard is not None}
        return {}

    def relieve(self, directory: Path, name: str) -> bool:
        """Begins with a guard of a stalled process; False where it has changed hands, or that goes on."""
        return _is_stalled(directory) and _moved(directory / f"{name}{_ARMED}", self.own / f"{name}{_DUE}")

    def give_back(self, directory: Path, name: str) -> bool:
        """The orders of a guard of a stalled process are cancelled; its own process will see it as spent.

        False where that goes on already, or is dead, and may have sent orders meanwhile: then the guard is
        this process's, and due again.
        """
        due, spent = self.own / f"{name}{_DUE}", directory / f"{name}{_SPENT}"
        if not _moved(due, spent):
            return False
        # Who goes on takes the mark away before it looks for what is spent.
        return _is_stalled(directory) or not _moved(spent, due)

    def is_spent(self, name: str) -> bool:
        """Whether orders of a guard of this process were cancelled while it was stalled."""
        return (self.own / f"{name}{_SPENT}").exists()

    def was_stalled(self) -> bool:
        """Whether somebody has found this process stalled since it was asked last."""
        try:
            (self.own / _STALLED).unlink()
        except FileNotFoundError:
            return False
        return True

    def _directories(self) -> list[Path]:
        return [entry for entry in self._guards.iterdir() if not entry.name.startswith(".")]


def _guards_in(directory: Path) -> Iterator[Path]:
    return (path for path in list(directory.iterdir()) if path.suffix in _STATES)


def _is_stalled(directory: Path) -> bool:
    return (directory / _STALLED).exists()


def _moved(path: Path, to: Path) -> bool:
    """Renames a file; False where it, or the directory to which it should go, is not there any more."""
    try:
        path.rename(to)
    except FileNotFoundError:
        return False
    return True


def _remove_directory(directory: Path) -> None:
    for path in list(directory.iterdir()):
        path.unlink(missing_ok=True)
    directory.rmdir()


def _read(path: Path) -> Guard | None:
    try:
        return _DECODE(path.read_bytes())
    except FileNotFoundError:
        return None
