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
        self.times_us: list[int] = []
        self.clock_us = 0
        self.at = 0
        self.enough = asyncio.Event()

    def wall_us(self) -> int:
        return self.clock_us

    async def position(self) -> int:
        # Time passes while the ledger is waited for.
        self.clock_us += 1_000
        self.at = self.positions.pop(0) if len(self.positions) > 1 else self.positions[0]
        return self.at

    async def read(self) -> int:
        return self.at

    async def write(self, markets: Any, now_us: int) -> None:
        if self.failures:
            raise self.failures.pop()
        self.written.append(self.at)
        self.times_us.append(now_us)
        if len(self.written) == 2:
            self.enough.set()


@pytest.mark.parametrize(
    "failures", [[], [OSError("the disk is full"), TimeoutError("it is slow"), ValueError("not a day")]]
)
async def test_it_waits_and_goes_on(monkeypatch: pytest.MonkeyPatch, failures: list[Exception]) -> None:
    monkeypatch.setattr(looking, "LOOK_S", 0.001)
    monkeypatch.setattr(looking, "BEHIND_S", 0.001)
    rooms = Rooms()
    rooms.failures = list(failures)
    rooms_: Any = rooms
    listing: Any = SimpleNamespace(read=rooms.read, markets={})
    task = asyncio.create_task(
        write_trade_files(rooms_, listing, rooms_, lambda: 7, rooms.wall_us, structlog.get_logger())
    )
    async with asyncio.timeout(30):
        await rooms.enough.wait()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    assert rooms.written[0] >= 7
    assert rooms.failures == []
    if not failures:
        # As of before it waited three times: what happened meanwhile may not be in the ledger.
        assert rooms.times_us[0] == 0
