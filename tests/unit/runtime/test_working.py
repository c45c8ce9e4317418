"""A service's work ends with a signal, or with its own failure."""

from __future__ import annotations

import asyncio
import os
import signal

import pytest

from cse.runtime.working import work_until_stopped


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_cancels_the_work_and_waits_for_its_end(number: signal.Signals) -> None:
    ends: list[str] = []

    async def work() -> None:
        try:
            os.kill(os.getpid(), number)
            await asyncio.sleep(60)
        finally:
            await asyncio.sleep(0)
            ends.append("put away")

    await work_until_stopped(work())
    assert ends == ["put away"]


async def test_a_failure_is_raised_without_the_groups_around_it() -> None:
    async def fail() -> None:
        raise LookupError("the position is lost")

    async def work() -> None:
        async with asyncio.TaskGroup() as outer, asyncio.TaskGroup() as inner:
            outer.create_task(asyncio.sleep(60))
            inner.create_task(fail())

    with pytest.raises(LookupError, match="the position is lost"):
        await work_until_stopped(work())


async def test_work_that_ends_by_itself_is_no_failure() -> None:
    ends: list[str] = []

    async def work() -> None:
        await asyncio.sleep(0)
        ends.append("done")

    async with asyncio.timeout(10):
        await work_until_stopped(work())
    assert ends == ["done"]
