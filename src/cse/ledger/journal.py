"""Reads a journal whole, for a proof: apart from the leader's own reader, and trusting nothing."""

from __future__ import annotations

import mmap
from collections.abc import Iterator
from pathlib import Path
from struct import Struct
from typing import Final, NamedTuple

import xxhash

from cse.engine import wire

MAGIC: Final = b"CSEJRNL0"
_SUMMED: Final = Struct("<8sQQ")


class JournalBroken(Exception):
    """A journal is not what was written; the message names file, offset and sequence."""


class Found(NamedTuple):
    """A record and where it stands. Its own checksum has not been looked at."""

    place: str
    head: wire.Record
    message: bytes


def records(journal: Path, through_sequence: int) -> Iterator[Found]:
    """The records from the first on, up to the one that holds `through_sequence`.

    Raises:
        JournalBroken: a record that must be there is missing, or does not follow the one before.
    """
    next_sequence, checksum = 1, 0
    while next_sequence <= through_sequence:
        path = journal / f"{next_sequence:020}.journal"
        found_any = False
        for found in _segment(path, next_sequence, checksum):
            yield found
            found_any = True
            checksum = found.head.checksum
            next_sequence = found.head.first_sequence + found.head.count
            if next_sequence > through_sequence:
                return
        if not found_any:
            raise JournalBroken(f"{path.name}: no record with sequence {next_sequence}")


def _segment(path: Path, sequence: int, checksum: int) -> Iterator[Found]:
    """The records of one segment, up to the zeros behind the last."""
    if not path.exists():
        raise JournalBroken(f"{path.name} is missing: the journal ends at sequence {sequence - 1}")
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        _check_segment(path.name, content[: wire.JournalSegment.WIDTH], sequence, checksum)
        offset = wire.JournalSegment.WIDTH
        while content[offset : offset + wire.HEADER_WIDTH].strip(b"\0"):
            place = f"{path.name} at offset {offset}, sequence {sequence}"
            length = int.from_bytes(content[offset + 4 : offset + 8], "little")
            message = content[offset : offset + length]
            try:
                head = wire.Record.decode(message)
            except wire.Malformed as error:
                raise JournalBroken(f"{place}: {error}") from error
            if head.first_sequence != sequence or head.previous_checksum != checksum:
                raise JournalBroken(f"{place}: the record does not follow the one before")
            yield Found(place, head, message)
            sequence += head.count
            checksum = head.checksum
            offset += length


def _check_segment(name: str, header: bytes, sequence: int, checksum: int) -> None:
    summed = xxhash.xxh3_64_intdigest(_SUMMED.pack(MAGIC, sequence, checksum))
    if header != wire.JournalSegment(MAGIC, sequence, checksum, summed).encode():
        raise JournalBroken(f"{name}: the segment's header is broken")
