"""Makes a journal and an event log by a leader in this process."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence
from pathlib import Path

from cse.engine import _native
from cse.engine.wire import Request

_BATCH = 4_096


def fill(data: Path, commands: Sequence[bytes]) -> int:
    """Journals the commands, behind the leader's own first one; returns the last sequence."""
    now_us = time.time_ns() // 1_000
    leader = _native.Leader(str(data), now_us, os.getpid())
    for start in range(0, len(commands), _BATCH):
        frames = b"".join(
            Request(request_id=start + index).encode(command)
            for index, command in enumerate(commands[start : start + _BATCH])
        )
        leader.submit(1, frames)
        while (batch := leader.gather(now_us)) is not None:
            leader.write(batch)
            leader.commit(batch)
    sequence = leader.durable_sequence
    leader.close()
    return sequence
