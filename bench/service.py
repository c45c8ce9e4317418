"""Starts what is measured in a data directory of its own, and stops it afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_READY_WITHIN_S = 60.0


@contextmanager
def data_directory() -> Iterator[Path]:
    """An empty directory on a real disk, removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cse-bench-", dir="/var/tmp") as directory:
        data = Path(directory)
        data.chmod(0o755)
        yield data


@contextmanager
def leader() -> Iterator[tuple[Path, Path]]:
    """A leader by itself; gives its data directory and its socket."""
    with data_directory() as data, process([sys.executable, "-P", "-m", "cse", "serve", "leader"], data):
        socket = data / "run" / "leader.sock"
        wait_for(socket)
        yield data, socket


@contextmanager
def process(command: list[str], data: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that is stopped as a supervisor would, and killed if it will not."""
    environment = {**os.environ, "CSE_DATA": str(data)}
    log = data / "bench.log"
    with log.open("ab") as out:
        child = subprocess.Popen(command, env=environment, stdout=out, stderr=out)
        try:
            yield child
        finally:
            child.send_signal(signal.SIGTERM)
            try:
                child.wait(timeout=30)
            except subprocess.TimeoutExpired:
                child.kill()
                child.wait()


def wait_for(path: Path) -> None:
    """Waits until a service has made its socket. Raises `TimeoutError` with what was logged."""
    give_up_at = time.monotonic() + _READY_WITHIN_S
    while not path.exists():
        if time.monotonic() > give_up_at:
            log = path.parent.parent / "bench.log"
            raise TimeoutError(f"{path.name} did not appear: {log.read_text()[-2_000:]}")
        time.sleep(0.05)
