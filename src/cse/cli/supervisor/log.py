"""A service's output: JSON lines in a file of bounded size, readable lines on the terminal."""

from __future__ import annotations

import json
import sys
from collections import deque
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any, Final

FILE_BYTES_MAX: Final = 16 << 20
FILES_KEPT: Final = 4
TAIL_LINES: Final = 20
NAME_WIDTH: Final = 10
_SHOWN_LEVELS: Final = frozenset({"warning", "error", "critical"})
# What PostgreSQL calls fatal when it is only asked too early, or not to the end.
_EXPECTED: Final = (
    "the database system is starting up",
    "connection to client lost",
    # Valkey is told to keep nothing on disk, for which alone it would need that.
    "Memory overcommit must be enabled",
)
_SHOWN_APART: Final = frozenset(
    {"time", "timestamp", "level", "service", "event", "message", "logger", "progress"}
)


class Terminal:
    """What the person at the terminal reads.

    Args:
        everything: lines of every level, not only those that call for attention.
    """

    def __init__(self, stream: IO[str] | None = None, *, everything: bool = False) -> None:
        self._stream = stream or sys.stdout
        self._everything = everything

    def say(self, line: str) -> None:
        """Prints one line at once. A terminal that has gone away stops nobody."""
        try:
            print(line, file=self._stream, flush=True)
        except (OSError, ValueError):
            self._stream = sys.__stderr__ or self._stream

    def event(self, service: str, sentence: str) -> None:
        """Prints what happened to a service."""
        self.say(f"{datetime.now().astimezone():%H:%M:%S} {service:<{NAME_WIDTH}} {sentence}")

    def record(self, service: str, record: dict[str, Any]) -> None:
        """Prints a line that a service wrote, if its level calls for it or somebody waits for it."""
        waited_for = record.get("progress") is True
        if self._everything or waited_for or str(record.get("level", "")).lower() in _SHOWN_LEVELS:
            self.event(service, readable(record))


class ServiceLog:
    """The log of one service, in `<directory>/<name>.log`; older parts end in .1, .2 and so on."""

    def __init__(
        self, directory: Path, name: str, terminal: Terminal, *, bytes_max: int = FILE_BYTES_MAX
    ) -> None:
        directory.mkdir(parents=True, exist_ok=True)
        self.path = directory / f"{name}.log"
        self.tail: deque[str] = deque(maxlen=TAIL_LINES)
        self._name = name
        self._terminal = terminal
        self._bytes_max = bytes_max
        self._file = self.path.open("ab", buffering=0)
        self._size = self._file.tell()
        self._is_failing = False

    def write(self, line: str) -> None:
        """Keeps one line of output; a full disk loses log lines and nothing else."""
        record = as_record(line, self._name)
        self.tail.append(readable(record))
        encoded = json.dumps(record, ensure_ascii=False).encode() + b"\n"
        try:
            if self._file.closed or self._size + len(encoded) > self._bytes_max:
                self._rotate()
            self._size += self._file.write(encoded)
            self._is_failing = False
        except OSError as error:
            # Once, for the lines themselves are shown as well.
            if not self._is_failing:
                self._terminal.event(self._name, f"its log cannot be written: {error.strerror}")
            self._is_failing = True
        self._terminal.record(self._name, record)

    def close(self) -> None:
        """Closes the file."""
        self._file.close()

    def _rotate(self) -> None:
        """Begins a new file. Where that fails the file stays closed, and the next line tries again."""
        self._file.close()
        if self.path.exists():
            self._put_aside()
        self._file = self.path.open("ab", buffering=0)
        self._size = 0

    def _put_aside(self) -> None:
        for number in range(FILES_KEPT - 1, 0, -1):
            older = self._numbered(number)
            if older.exists():
                older.replace(self._numbered(number + 1))
        self.path.replace(self._numbered(1))

    def _numbered(self, number: int) -> Path:
        return self.path.with_name(f"{self.path.name}.{number}")


def as_record(line: str, service: str) -> dict[str, Any]:
    """A line as a JSON object: as it is if it is one, else as the message of a new one."""
    if line.startswith("{"):
        try:
            found = json.loads(line)
        except ValueError:
            found = None
        if isinstance(found, dict):
            return {"service": service, **found}
    now = datetime.now(UTC).isoformat(timespec="microseconds")
    return {"time": now, "level": _level_of(line), "service": service, "message": line}


def readable(record: dict[str, Any]) -> str:
    """A record in one line for a person."""
    message = str(record.get("message") or record.get("event") or "")
    details = [f"{name}={value}" for name, value in record.items() if name not in _SHOWN_APART]
    return " ".join([message, *details])


def _level_of(line: str) -> str:
    """The level of a plain line, by the words that PostgreSQL and Python write into theirs."""
    if any(words in line for words in _EXPECTED):
        return "info"
    if any(word in line for word in ("ERROR:", "FATAL:", "PANIC:", "Traceback ", "Error: ")):
        return "error"
    return "warning" if "WARNING" in line else "info"
