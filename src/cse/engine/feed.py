"""The event log as followers read it: every durable group once, in order.

A follower keeps its position (the last sequence it has dealt with, and the chain there) in the same
transaction as what it made of the events, and hands it back here after a restart.
"""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Final

from cse.engine._native import EventReader, OutOfOrder
from cse.engine.models import PositionLost, groups
from cse.engine.storage import Storage

POLL_FIRST_S: Final = 0.002
POLL_LAST_S: Final = 0.02


class EventFeed:
    """Groups of a data directory, up to the durable watermark only."""

    def __init__(self, data: str | Path | Storage) -> None:
        self._reader = EventReader(str(data) if isinstance(data, Path) else data)

    @property
    def watermark(self) -> int:
        """The last durable sequence."""
        return self._reader.watermark

    def check_position(self, sequence: int, chain: int) -> None:
        """Raises `PositionLost` unless the group at `sequence` is there and ends in `chain`.

        A journal that was cut, or that is another one, is found out here, before anything is built
        on it. Sequence 0 is the beginning, whose chain is 0.
        """
        if sequence == 0:
            return
        if sequence > self.watermark:
            raise PositionLost(f"position {sequence} is beyond the journal's end at {self.watermark}")
        found = self._reader.group(sequence)
        if found is None or groups(found)[0].chain != chain:
            raise PositionLost(f"the journal holds another command at {sequence}")

    def read_bytes(self, after_sequence: int, limit: int = 4_096) -> bytes:
        """Group messages from `after_sequence + 1` on; empty when none is durable.

        Raises:
            PositionLost: `after_sequence` is beyond the journal's end.
            JournalDamaged: a group is missing or is not what was written.
        """
        try:
            return self._reader.read(after_sequence, limit)
        except OutOfOrder as error:
            raise PositionLost(str(error)) from error

    async def wait(self, after_sequence: int) -> int:
        """Returns the watermark once it is beyond `after_sequence`."""
        delay_s = POLL_FIRST_S
        while (watermark := self._reader.watermark) <= after_sequence:
            await asyncio.sleep(delay_s)
            delay_s = min(2 * delay_s, POLL_LAST_S)
        return watermark
