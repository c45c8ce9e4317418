"""A data directory whose journal and event log the native leader has written."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path

from cse.engine import wire
from cse.engine._native import Leader
from tests.ledger.scenario import Command, Life

# Small, so that a short life fills several.
SEGMENT_BYTES = 1 << 17


def write_journal(data: Path, commands: list[Command]) -> None:
    """Has leaders carry out commands, those of one time in one record; stops cleanly at the end.

    `StartEpoch` is what a leader says by itself when it takes over.
    """
    (data / "run").mkdir(parents=True, exist_ok=True)
    leader: Leader | None = None
    for (time_us, starts), together in groupby(commands, lambda command: (command.time_us, command.starts)):
        if starts:
            for _ in together:
                if leader is not None:
                    leader.close()
                # The one before must be gone, for it locks the directory.
                leader = None
                leader = Leader(str(data), time_us, os.getpid(), segment_bytes=SEGMENT_BYTES)
            continue
        assert leader is not None
        for command in together:
            leader.submit(1, wire.Request(command.sequence).encode(command.message))
        batch = leader.gather(time_us)
        assert batch is not None
        leader.write(batch)
        leader.commit(batch)
    if leader is not None:
        leader.close()


def journalled_life(data: Path, seed: int, count: int) -> Life:
    """An exchange that has lived in a data directory."""
    life = Life(seed)
    life.go_on(count)
    write_journal(data, life.commands)
    return life
