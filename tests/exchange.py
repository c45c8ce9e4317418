"""A whole exchange for tests: the real supervisor on a data directory of its own and a free port."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from io import StringIO
from pathlib import Path
from typing import Any
from unittest.mock import patch

from cse.cli.admin import main as admin
from cse.cli.bootstrap import account
from cse.runtime.configuration import Configuration
from cse.runtime.postgres import owner_url

# They tell what never happens from what a busy machine does late.
START_TIMEOUT_S = 180.0
STOP_TIMEOUT_S = 120.0
WAIT_TIMEOUT_S = 90.0
POLL_S = 0.05


def as_services_user() -> dict[str, Any]:
    """Arguments for `subprocess`: as root, run as the user that services run as."""
    if os.geteuid() != 0:
        return {}
    user = account.find() or account.create()
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": [], "umask": 0o077}


def new_directory() -> Path:
    """An empty directory that the services' user owns, with a path short enough for sockets."""
    directory = Path(tempfile.mkdtemp(prefix="cse-"))
    if os.geteuid() == 0:
        user = account.find() or account.create()
        os.chown(directory, user.pw_uid, user.pw_gid)
    return directory


def free_port() -> int:
    """A port of 127.0.0.1 on which nobody listens now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_until(condition: Callable[[], bool], what: str, timeout_s: float = WAIT_TIMEOUT_S) -> None:
    """Returns once the condition holds; fails the test with `what` was awaited."""
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, f"not within {timeout_s:.0f} s: {what}"
        time.sleep(POLL_S)


def is_alive(pid: int) -> bool:
    """Whether a process runs; a zombie does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def admin_status(arguments: Sequence[str]) -> int:
    """Carries out a line of `cse admin`; its exit status."""
    try:
        return admin(arguments)
    except SystemExit as refused:
        return int(refused.code or 0)


class RunningExchange:
    """`cse up` in a process of its own. Made once and started as often as wanted.

    Args:
        data: the data directory; by default a new one, removed by `remove`.
        port: by default a free one, kept from start to start.
        edges: how many HTTP processes share the port.
        environment: variables beyond the test's own; robots and history only come by these.
        up: further options of `cse up`.
    """

    def __init__(
        self,
        data: Path | None = None,
        port: int | None = None,
        edges: int = 1,
        environment: Mapping[str, str] | None = None,
        up: Sequence[str] = (),
    ) -> None:
        self._directory = new_directory() if data is None else data.parent
        self._owned = data is None
        self.data = self._directory / "data" if data is None else data
        self.port = port or free_port()
        self.edges = edges
        self._environment = {"CSE_ROBOTS": "0", "CSE_HISTORY_DAYS": "0", **(environment or {})}
        self._up = tuple(up)
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def edges_socket(self) -> Path:
        """Where the edges answer, past the gateway."""
        return self.data / "run" / "edge.sock"

    @property
    def supervisor(self) -> subprocess.Popen[bytes]:
        """The supervisor's process."""
        assert self._process is not None, "it was not started"
        return self._process

    @property
    def state(self) -> dict[str, Any]:
        """What the supervisor last published; empty before it did."""
        try:
            found: dict[str, Any] = json.loads((self.data / "run" / "supervisor.json").read_text())
        except (OSError, ValueError):
            return {}
        return found

    @property
    def pids(self) -> dict[str, int]:
        """The process of each service that runs now."""
        services = self.state.get("services", [])
        return {service["name"]: service["pid"] for service in services if service["pid"]}

    @property
    def restarts(self) -> dict[str, int]:
        """How often each service was started again."""
        return {service["name"]: service["restarts"] for service in self.state.get("services", [])}

    @property
    def is_ready(self) -> bool:
        """Whether every service is."""
        services = self.state.get("services", [])
        return bool(services) and all(one["state"] in ("ready", "done") for one in services)

    @property
    def output(self) -> str:
        """What the supervisor wrote to its terminal, over all its starts."""
        return self._log.read_text() if self._log.exists() else ""

    def start(self) -> RunningExchange:
        """Starts it and returns once it is ready."""
        self.launch()
        self.wait_ready()
        return self

    def launch(self) -> None:
        """Starts it and returns at once."""
        options = ["--port", str(self.port), "--edges", str(self.edges), *self._up]
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command("up", *options), stdout=log, stderr=log, **self._options()
            )

    def wait_ready(self, timeout_s: float = START_TIMEOUT_S) -> None:
        """Returns once every service is ready; fails if the supervisor ends instead."""

        def ready() -> bool:
            assert self.supervisor.poll() is None, f"the exchange did not start:\n{self.output}"
            return self.state.get("pid") == self.supervisor.pid and self.is_ready

        wait_until(ready, "the exchange is ready", timeout_s)

    def run(self, *arguments: str, timeout_s: float = 120.0) -> subprocess.CompletedProcess[str]:
        """Runs another command of `cse` on the same data directory, as the services' user."""
        return subprocess.run(
            self._command(*arguments),
            capture_output=True,
            text=True,
            timeout=timeout_s,
            check=False,
            **self._options(),
        )

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """What `cse admin` does with a line, here and now: its start is nearly all that it takes.

        Tests of the command itself have it started, by `run`.
        """
        # Of an embedded server it would be asked whether it runs, which is refused to root.
        url = owner_url(Configuration(self.data))
        environment: dict[str, str] = self._options()["env"] | {"DATABASE_URL": url}
        with (
            ThreadPoolExecutor(1) as thread,
            patch.dict(os.environ, environment),
            redirect_stdout(StringIO()) as output,
            redirect_stderr(StringIO()) as errors,
        ):
            # In a thread of its own, for a test may have a loop of events that runs.
            status = thread.submit(admin_status, [*arguments, "--data", str(self.data)]).result()
        return subprocess.CompletedProcess(arguments, status, output.getvalue(), errors.getvalue())

    def kill(self, service: str, number: signal.Signals = signal.SIGKILL) -> int:
        """Sends a signal to a service; returns the process that had it."""
        pid = self.pids[service]
        os.kill(pid, number)
        return pid

    def wait_restarted(self, service: str, old: int, timeout_s: float = START_TIMEOUT_S) -> None:
        """Returns once a service runs and is ready as another process than `old`."""
        wait_until(
            lambda: self.pids.get(service, old) != old and self.is_ready, f"{service} is back", timeout_s
        )

    def wait_all_restarted(self, old: Mapping[str, int]) -> None:
        """Returns once each of these services runs and is ready as another process."""
        for name, pid in old.items():
            self.wait_restarted(name, pid)

    def kill_all(self, kind: str, number: signal.Signals = signal.SIGKILL) -> dict[str, int]:
        """Sends a signal to all processes of a kind, such as `edge`; returns the process each was."""
        return {name: self.kill(name, number) for name in self._of_kind(kind)}

    def restart(self, kind: str, number: signal.Signals = signal.SIGKILL) -> None:
        """Ends all processes of a kind; returns once as many are ready again."""
        self.wait_all_restarted(self.kill_all(kind, number))

    @contextmanager
    def stopped(self, kind: str) -> Iterator[None]:
        """While it lasts, the processes of a kind are there and do nothing; what is sent them waits."""
        found = list(self._of_kind(kind).values())
        for pid in found:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in found:
                # Who was killed meanwhile is another process now.
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGCONT)

    def stop(self, number: signal.Signals = signal.SIGINT) -> int:
        """Stops it as Ctrl-C does; returns the supervisor's exit status."""
        if self.supervisor.poll() is None:
            self.supervisor.send_signal(number)
        return self.supervisor.wait(STOP_TIMEOUT_S)

    def kill_supervisor(self) -> None:
        """Kills the supervisor outright."""
        self.supervisor.kill()
        self.supervisor.wait()

    def remove(self) -> None:
        """Stops it, if it runs, and removes what it made."""
        if self._process is not None:
            self.stop()
        if self._owned:
            shutil.rmtree(self._directory, ignore_errors=True)
        self._log.unlink(missing_ok=True)

    def _of_kind(self, kind: str) -> dict[str, int]:
        """The processes of a service, or of all that share its name before a number."""
        return {name: pid for name, pid in self.pids.items() if kind in (name, name.rpartition("-")[0])}

    @property
    def _log(self) -> Path:
        # Outside the data directory, which must be empty at the first start.
        return self.data.with_name(f"{self.data.name}.terminal")

    def _command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-P", "-m", "cse", *arguments, "--data", str(self.data)]

    def _options(self) -> dict[str, Any]:
        environment = {**os.environ, **self._environment, "CSE_DATA": str(self.data)}
        return {"env": environment, "cwd": "/", "stdin": subprocess.DEVNULL, **as_services_user()}
