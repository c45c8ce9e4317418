"""The one form of every message that carries data."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

import msgspec

from cse.runtime.http.times import format_time
from cse.streams.frames import text_frame

SNAPSHOT: Final = "snapshot"
UPDATE: Final = "update"

_ENCODER: Final = msgspec.json.Encoder()


class Stamp(NamedTuple):
    """Where the journal stands: all that is told reflects it up to here, and nothing behind."""

    epoch: int
    sequence: int
    time_us: int


class Envelope(msgspec.Struct, frozen=True):
    """What a client gets; `previous` is the sequence of the message before, None in a snapshot."""

    channel: str
    type: Literal["snapshot", "update"]
    epoch: str
    previous: str | None
    sequence: str
    journal_sequence: str
    time: str
    data: object


def snapshot_frame(channel: str, stamp: Stamp, sequence: int, data: object) -> bytes:
    """The whole state of a channel."""
    return _frame(channel, SNAPSHOT, stamp, None, sequence, data)


def update_frame(channel: str, stamp: Stamp, previous: int, sequence: int, data: object) -> bytes:
    """All that changed behind `previous`, up to `sequence`."""
    return _frame(channel, UPDATE, stamp, str(previous), sequence, data)


def _frame(
    channel: str,
    kind: Literal["snapshot", "update"],
    stamp: Stamp,
    previous: str | None,
    sequence: int,
    data: object,
) -> bytes:
    return text_frame(
        _ENCODER.encode(
            Envelope(
                channel,
                kind,
                str(stamp.epoch),
                previous,
                str(sequence),
                str(stamp.sequence),
                format_time(stamp.time_us),
                data,
            )
        )
    )


def piece(value: object) -> msgspec.Raw:
    """A value encoded once, to be put into any number of messages."""
    return msgspec.Raw(_ENCODER.encode(value))
