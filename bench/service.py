"""Starts what is measured in a data directory of its own, and stops it afterwards."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from bench.connection import Connection, ConnectionLost
from bench.processes import free_port
from cse.runtime.large_pages import large_pages

_READY_WITHIN_S = 120.0
_LOG = "bench.log"
_OK = 200


@contextmanager
def data_directory() -> Iterator[Path]:
    """A data directory to be made, on a real disk; it and what stands beside it are removed afterwards."""
    with tempfile.TemporaryDirectory(prefix="cse-bench-", dir="/var/tmp") as directory:
        Path(directory).chmod(0o755)
        yield Path(directory) / "data"


@contextmanager
def leader() -> Iterator[tuple[Path, Path]]:
    """A leader by itself; gives its data directory and its socket."""
    command = [sys.executable, "-P", "-m", "cse", "serve", "leader"]
    with data_directory() as data, process(command, data, environment=large_pages(os.environ)):
        address = data / "run" / "leader.sock"
        wait_for(address)
        yield data, address


@contextmanager
def exchange(*, demo: bool = False, pages: bool = False) -> Iterator[tuple[Path, str]]:
    """A whole exchange, with the demo's markets, past and robots or with none of that.

    With `pages` it serves the web app, and of the demo it has the markets alone.

    Gives its data directory and its address.
    """
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    with data_directory() as data:
        script = str(Path(__file__).parent.parent / "cse")
        command = [script, "up", "--data", str(data), "--port", str(port), *([] if demo else ["--no-demo"])]
        # Otherwise without the web app, which nothing shows and which would have to be built.
        environment = {"CSE_ROBOTS": "0", "CSE_HISTORY_DAYS": "0"} if pages else {"CSE_WEB": ""}
        with process(command, data, environment=environment) as child:
            _wait_until_ready(url, child, data.parent)
            yield data, url


def _wait_until_ready(url: str, child: subprocess.Popen[bytes], directory: Path) -> None:
    give_up_at = time.monotonic() + _READY_WITHIN_S
    with Connection(url) as connection:
        while True:
            try:
                if connection.request("GET", "/api/health").status == _OK:
                    return
            except ConnectionLost:
                pass
            if child.poll() is not None or time.monotonic() > give_up_at:
                raise TimeoutError(f"no exchange came up: {(directory / _LOG).read_text()[-2_000:]}")
            time.sleep(0.1)


@contextmanager
def process(
    command: list[str],
    data: Path,
    python_path: Sequence[Path] = (),
    environment: Mapping[str, str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A child process that is stopped as a supervisor would, and killed if it will not."""
    paths = [*map(str, python_path), os.environ.get("PYTHONPATH", "")]
    own = {"CSE_DATA": str(data), "PYTHONPATH": os.pathsep.join(filter(None, paths)), **(environment or {})}
    log = data.parent / _LOG
    with log.open("ab") as out:
        child = subprocess.Popen(command, env={**os.environ, **own}, stdout=out, stderr=out)
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
            log = path.parent.parent.parent / _LOG
            raise TimeoutError(f"{path.name} did not appear: {log.read_text()[-2_000:]}")
        time.sleep(0.05)
