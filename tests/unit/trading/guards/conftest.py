"""Two processes that look on each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.unit.trading.guards.processes import (
    THREADS,
    Clock,
    Leader,
    Process,
)


@pytest.fixture(autouse=True)
def threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is settled includes threads."""
    THREADS.at_work = 0
    monkeypatch.setattr(asyncio, "to_thread", THREADS.run)


@pytest.fixture
def leader() -> Leader:
    return Leader()


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def here(tmp_path: Path, leader: Leader, clock: Clock) -> AsyncIterator[Process]:
    process = Process(tmp_path, leader, clock)
    yield process
    await process.guards.close()


@pytest.fixture
async def there(tmp_path: Path, leader: Leader, clock: Clock) -> AsyncIterator[Process]:
    process = Process(tmp_path, leader, clock)
    yield process
    await process.guards.close()
