"""Servers of the Redis protocol: the Valkey that `./cse up` starts, and Debian's Redis."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from cse.cli.bootstrap.redis import NAME, PACKAGE, find_redis
from cse.runtime.valkey_server import ValkeyServer
from tests.exchange import as_services_user, new_directory, wait_until


class RunningStore:
    """A server that can be ended and started again; `program` in place of Valkey's."""

    def __init__(self, directory: Path, program: Path | None = None) -> None:
        self.server = ValkeyServer(directory)
        self._command = self.server.command
        if program is not None:
            self._command[0] = str(program)
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, **as_services_user())
        wait_until(lambda: (self.server.run / "valkey.sock").exists(), "the socket of the server")

    def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            (self.server.run / "valkey.sock").unlink(missing_ok=True)


@pytest.fixture(scope="module", params=["valkey", "redis"])
def store_server(request: pytest.FixtureRequest) -> Iterator[RunningStore]:
    """One of both; every test of what is kept there runs against each."""
    directory, program = new_directory(), None
    if request.param == "redis":
        found = find_redis()
        if found is None:
            pytest.skip(f"there is no Redis: apt-get install {PACKAGE}")
        program = directory / NAME
        program.symlink_to(found)
    running = RunningStore(directory, program)
    running.start()
    yield running
    running.kill()
