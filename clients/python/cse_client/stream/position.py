"""Where a reader of a channel stands, and whether the next message follows."""

from __future__ import annotations

from typing import Literal, NamedTuple

from cse_client.stream.messages import Incoming


class Position(NamedTuple):
    """A place in a channel. `epoch` is the journal's."""

    epoch: int
    sequence: int


def follow(position: Position | None, message: Incoming) -> Position | Literal["known", "gap"]:
    """Where a message leads to from `position`; a snapshot always leads somewhere.

    An update has everything that changed in (previous, sequence] with its present value. So one that
    begins earlier and ends later than the position is as good as the exact next, and only one that
    begins later has left something out. A sequence may stay where it is while the content changes: a
    candle closes without a trade. Epochs rise in the middle of a channel and break nothing; the newest
    one that was seen belongs to the position.

    Raises:
        ValueError: its numbers are none.
    """
    there = Position(int(message.epoch), int(message.sequence))
    if message.type == "snapshot":
        return there
    if position is None or message.previous is None:
        return "gap"
    previous, sequence = int(message.previous), there.sequence
    if previous > min(position.sequence, sequence):
        return "gap"
    if sequence < position.sequence or (sequence == position.sequence and previous < sequence):
        return "known"
    return Position(max(position.epoch, there.epoch), sequence)
