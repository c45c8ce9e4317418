"""Where a reader of a channel stands, and whether the next message follows."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from cse_client.stream.messages import Incoming


class Position(NamedTuple):
    """A place in a channel. `epoch` is the journal's."""

    epoch: int
    sequence: int


class Following(Enum):
    """What a message is to a reader at a position."""

    NEXT = "next"
    KNOWN = "known"
    GAP = "gap"


def follow(position: Position | None, message: Incoming) -> Following:
    """Whether a message goes on from `position`. A snapshot always does.

    An update has everything that changed in (previous, sequence] with its present value. So one that
    begins earlier and ends later than the position is as good as the exact next, and only one that
    begins later has left something out. A sequence may stay where it is while the content changes: a
    candle closes without a trade. Epochs rise in the middle of a channel, and never fall.

    Raises:
        ValueError: its numbers are none.
    """
    if message.type == "snapshot":
        return Following.NEXT
    if position is None or message.previous is None:
        return Following.GAP
    previous, sequence = int(message.previous), int(message.sequence)
    if int(message.epoch) < position.epoch or not previous <= min(position.sequence, sequence):
        return Following.GAP
    if sequence < position.sequence or (sequence == position.sequence and previous < sequence):
        return Following.KNOWN
    return Following.NEXT
