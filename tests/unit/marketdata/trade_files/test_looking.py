"""Files are written once the ledger has what the journal has, and what fails is tried again."""

from __future__ import annotations

import asyncio
import contextlib
from types import SimpleNamespace
from typing import Any

import pytest
import structlog

from cse.marketdata.trade_files import looking
from cse.marketdata.trade_files.looking import write_trade_files


class Rooms:
    """The ledger and the files, in one."""

    def __init__(self) -> None:
        self.positions = [5, 6, 7, 9]
        self.failures: list[Exception] = []
        self.written: list[int] = []
        self.at = 0
        self.enough = asyncio.Event()

    async def position(self) -> int:
        self.at = self.positions.pop(0) if len(self.positions) > 1 else self.positions[0]
        return self.at

    async def read(self) -> int:
        return self.at

    async def write(self, markets: Any) -> None:
        if self.failures:
            raise self.failures.pop()
        self.written.append(self.at)
        if len(self.written) == 2:
            self.enough.set()


@pytest.mark.parametrize("failures", [[], [OSError("the disk is full"), TimeoutError("it is slow")]])
async def test_it_waits_and_goes_on(monkeypatch: pytest.MonkeyPatch, failures: list[Exception]) -> None:
    monkeypatch.setattr(looking, "LOOK_S", 0.001)
    monkeypatch.setattr(looking, "BEHIND_S", 0.001)
    rooms = Rooms()
    rooms.failures = list(failures)
    rooms_: Any = rooms
    listing: Any = SimpleNamespace(read=rooms.read, markets={})
    task = asyncio.create_task(write_trade_files(rooms_, listing, rooms_, lambda: 7, structlog.get_logger()))
    async with asyncio.timeout(30):
        await rooms.enough.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert rooms.written[0] >= 7
    assert rooms.failures == []
