"""What a process waits for before it reads what it begins with."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from cse.streams import loading
from cse.streams.loading import CANDLES_BEHIND_MAX, candles_come_near

SEQUENCE = 10 * CANDLES_BEHIND_MAX


@pytest.fixture(autouse=True)
def looks_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(loading, "_LOOK_S", 0)
    monkeypatch.setattr(loading, "CANDLES_STILL_S", 0.05)


def looks_for(*positions: int) -> int:
    """How often it looks while the candles stand at these positions, then for ever at the last."""
    left: Iterator[int] = iter(positions)
    looks, at = 0, 0

    async def position() -> int:
        nonlocal looks, at
        looks, at = looks + 1, next(left, at)
        return at

    asyncio.run(candles_come_near(position, SEQUENCE))
    return looks


def test_candles_that_are_near_are_not_waited_for() -> None:
    assert looks_for(SEQUENCE - CANDLES_BEHIND_MAX) == 1
    # They may be ahead of what was asked for.
    assert looks_for(SEQUENCE + 1) == 1


def test_candles_that_come_nearer_are_waited_for_until_they_are_near() -> None:
    far = range(0, SEQUENCE - CANDLES_BEHIND_MAX, 1_000)
    assert looks_for(*far, SEQUENCE - CANDLES_BEHIND_MAX, 7) == len(far) + 1


def test_candles_that_stand_still_are_not_waited_for_for_ever() -> None:
    assert looks_for(0, 5, 5) > 3
