"""What every service does around its work: it works until it is told to stop, or cannot go on."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine
from typing import Any


async def work_until_stopped(work: Coroutine[Any, Any, None]) -> None:
    """Works until SIGTERM or SIGINT, then cancels the work and waits for its end.

    Raises:
        Exception: what the work failed with, taken out of the groups that tasks put failures in.
    """
    stopped = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stopped.set)
    working = asyncio.create_task(work)
    stopping = asyncio.create_task(stopped.wait())
    await asyncio.wait((working, stopping), return_when=asyncio.FIRST_COMPLETED)
    stopping.cancel()
    working.cancel()
    (outcome,) = await asyncio.gather(working, return_exceptions=True)
    if isinstance(outcome, Exception):
        raise _first_cause(outcome)


def _first_cause(error: Exception) -> Exception:
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error
