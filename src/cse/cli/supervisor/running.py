"""The one supervisor of a data directory: its lock, and what others may know of it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from cse.cli.supervisor.service import Standing

LOCK: Final = "supervisor.lock"
STATE: Final = "supervisor.json"
POLL_S: Final = 0.05


class AlreadyRunning(RuntimeError):
    """Another supervisor has this data directory."""


@contextmanager
def sole_supervisor(run: Path) -> Iterator[None]:
    """Holds the lock of a data directory, whose `run` this is, while the block lasts.

    Raises:
        AlreadyRunning: someone else holds it.
    """
    run.mkdir(parents=True, exist_ok=True)
    with (run / LOCK).open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise _already_running(run) from None
        try:
            yield
        finally:
            (run / STATE).unlink(missing_ok=True)


def refuse_second(run: Path) -> None:
    """Looks without making anything.

    Raises:
        AlreadyRunning: a supervisor has the data directory.
    """
    if is_running(run):
        raise _already_running(run)


def _already_running(run: Path) -> AlreadyRunning:
    state = read_state(run) or {}
    where = f" at {state['url']} (process {state['pid']})" if state else ""
    return AlreadyRunning(f"The exchange on {run.parent} already runs{where}.")


def is_running(run: Path) -> bool:
    """Whether a supervisor holds the lock."""
    try:
        with (run / LOCK).open() as lock:
            fcntl.flock(lock, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    return False


def write_state(run: Path, url: str, started_at: str, standings: Sequence[Standing]) -> None:
    """Publishes how the services are, in one piece."""
    state = {
        "pid": os.getpid(),
        "url": url,
        "started_at": started_at,
        "services": [
            {"name": one.name, "state": one.state, "pid": one.pid, "restarts": one.restarts}
            for one in standings
        ],
    }
    fresh = run / f"{STATE}.new"
    # A full disk must not stop what runs; the state is then as it was.
    with suppress(OSError):
        fresh.write_text(json.dumps(state, indent=1) + "\n")
        fresh.replace(run / STATE)


def read_state(run: Path) -> dict[str, Any] | None:
    """What the supervisor last published, or None."""
    try:
        found: dict[str, Any] = json.loads((run / STATE).read_text())
    except (FileNotFoundError, ValueError):
        return None
    return found


def stop_running(run: Path, timeout_s: float) -> bool:
    """Asks the supervisor to stop; whether it was gone within the time."""
    state = read_state(run)
    if state is not None:
        with suppress(ProcessLookupError):
            os.kill(int(state["pid"]), signal.SIGTERM)
    deadline = time.monotonic() + timeout_s
    while is_running(run):
        if time.monotonic() > deadline:
            return False
        time.sleep(POLL_S)
    return True
