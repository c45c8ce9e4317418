"""An archive that is made piece by piece, in memory that does not grow with it."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from typing import IO, Final, Self

import msgspec

from cse.runtime.exporting import Row, Subject
from cse.runtime.spreadsheets import lines

_JSON: Final = msgspec.json.Encoder()


class _Sink:
    """What the archive is written into, and taken out of: nobody goes back in it."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, data: bytes, /) -> int:
        self.written += data
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it."""

    def close(self) -> None:
        """Nor to let go of."""


class Archive:
    """A ZIP of one file for each subject, and a list of them at its end."""

    def __init__(self) -> None:
        self._sink = _Sink()
        self._zip = zipfile.ZipFile(self._sink, "w", zipfile.ZIP_DEFLATED)
        self._files: list[dict[str, object]] = []
        self._file: IO[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        """Lets go of it, whole or not."""
        if self._file is not None:
            self._file.close()
        self._zip.close()

    @property
    def waiting(self) -> int:
        """How many bytes can be taken out."""
        return len(self._sink.written)

    def begin(self, subject: Subject) -> None:
        """Begins the file of a subject."""
        name = f"{subject.name}.{subject.form}"
        self._files.append({"file": name, "rows": 0})
        self._file = self._zip.open(name, "w", force_zip64=True)
        if subject.columns:
            self._file.write(lines([subject.columns]))

    def add(self, subject: Subject, rows: Sequence[Row]) -> None:
        """Adds rows to the file that was begun."""
        assert self._file is not None
        if subject.columns:
            written = lines([[_text(row[column]) for column in subject.columns] for row in rows])
        else:
            written = b"".join(_JSON.encode(row) + b"\n" for row in rows)
        self._file.write(written)
        count = self._files[-1]["rows"]
        assert isinstance(count, int)
        self._files[-1]["rows"] = count + len(rows)

    def end(self) -> None:
        """Ends the file that was begun."""
        assert self._file is not None
        self._file.close()

    def close(self, made_at: str) -> None:
        """Writes what there is in it, and ends the archive."""
        listed = msgspec.json.format(_JSON.encode({"made_at": made_at, "files": self._files}), indent=2)
        self._zip.writestr("contents.json", listed)
        self._zip.close()

    def take(self, most: int) -> bytes:
        """Takes the next bytes out, `most` of them or what there is."""
        taken = bytes(self._sink.written[:most])
        del self._sink.written[:most]
        return taken


def _text(value: object) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else _JSON.encode(value).decode()
