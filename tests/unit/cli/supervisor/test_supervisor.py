"""Services start in order, are restarted, and are stopped in reverse; none is left behind."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cse.cli.supervisor.child import FIRST_TRIES
from cse.cli.supervisor.log import Terminal
from cse.cli.supervisor.service import Service, Standing, State
from cse.cli.supervisor.supervisor import StartFailed, Supervisor

# Writes a line when it starts and one when it is told to stop.
_OBEDIENT = """
import signal, sys, time
def stop(*_):
    open({journal!r}, "a").write("-{name}\\n")
    sys.exit(0)
signal.signal(signal.SIGTERM, stop)
open({journal!r}, "a").write("+{name}\\n")
print("{name} is here", flush=True)
time.sleep(60)
"""


class Bench:
    """Makes placeholder services and a supervisor for them."""

    def __init__(self, directory: Path) -> None:
        self.journal = directory / "journal"
        self.logs = directory / "logs"
        self.screen = StringIO()
        self.seen: list[list[Standing]] = []

    @property
    def written(self) -> list[str]:
        return self.journal.read_text().split() if self.journal.exists() else []

    def obedient(self, name: str, *after: str) -> Service:
        async def ready() -> bool:
            return f"+{name}" in self.written

        code = _OBEDIENT.format(journal=str(self.journal), name=name)
        return Service(name, (sys.executable, "-c", code), after, ready)

    def running(
        self, name: str, code: str, *after: str, once: bool = False, optional: bool = False
    ) -> Service:
        command = (sys.executable, "-c", textwrap.dedent(code))
        return Service(name, command, after, once=once, optional=optional)

    def supervisor(self, *services: Service) -> Supervisor:
        return Supervisor(services, self.logs, Terminal(self.screen), self.seen.append)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


async def until(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    async with asyncio.timeout(timeout_s):
        while not condition():
            await asyncio.sleep(0.01)


async def test_a_service_starts_after_those_it_comes_after_and_stops_before_them(bench: Bench) -> None:
    supervisor = bench.supervisor(bench.obedient("a"), bench.obedient("b", "a"), bench.obedient("c", "b"))
    supervisor.start()
    await supervisor.wait_ready()
    assert [one.state for one in supervisor.standings] == [State.READY] * 3
    await supervisor.stop()
    assert bench.written == ["+a", "+b", "+c", "-c", "-b", "-a"]
    assert [one.state for one in supervisor.standings] == [State.STOPPED] * 3
    assert all(one.pid is None for one in supervisor.standings)


async def test_a_killed_service_is_started_again(bench: Bench) -> None:
    supervisor = bench.supervisor(bench.obedient("a"))
    supervisor.start()
    await supervisor.wait_ready()
    first = supervisor.standings[0].pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: supervisor.standings[0].pid not in (first, None) and bench.written == ["+a", "+a"])
    assert supervisor.standings[0].restarts == 1
    await supervisor.stop()
    assert "ended (killed by SIGKILL)" in bench.screen.getvalue()


async def test_a_service_that_never_becomes_ready_fails_the_start_with_the_end_of_its_log(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cse.cli.supervisor.child.BACK_OFF_LAST_S", 0.01)

    async def never() -> bool:
        return False

    code = "import os; print('the disk is on fire', flush=True); os._exit(3)"
    broken = Service("broken", (sys.executable, "-c", code), ("gate",), never)
    supervisor = bench.supervisor(bench.obedient("gate"), broken)
    supervisor.start()
    with pytest.raises(StartFailed, match=r"broken does not start \(exit status 3\)(?s:.)*on fire"):
        await supervisor.wait_ready()
    await supervisor.stop()
    assert [one.state for one in supervisor.standings] == [State.STOPPED, State.FAILED]
    assert supervisor.standings[1].restarts == FIRST_TRIES - 1


async def test_a_service_that_does_its_work_once_is_done_and_is_not_started_again(bench: Bench) -> None:
    supervisor = bench.supervisor(
        bench.running("once", "print('done')", once=True), bench.obedient("a", "once")
    )
    supervisor.start()
    await supervisor.wait_ready()
    assert [one.state for one in supervisor.standings] == [State.DONE, State.READY]
    await supervisor.stop()
    assert supervisor.standings[0] == Standing("once", State.DONE, None, 0)


async def test_a_service_that_is_not_needed_fails_alone(bench: Bench) -> None:
    useless = bench.running("useless", "raise SystemExit(3)", optional=True, once=True)
    supervisor = bench.supervisor(bench.obedient("a"), useless, bench.obedient("b", "useless"))
    supervisor.start()
    await supervisor.wait_ready()
    assert [one.state for one in supervisor.standings] == [State.READY, State.FAILED, State.READY]
    assert "given up" in bench.screen.getvalue()
    await supervisor.stop()


async def test_nobody_waits_for_a_service_that_is_not_needed(bench: Bench) -> None:
    async def never() -> bool:
        return False

    robots = replace(bench.running("robots", "import time; time.sleep(60)", optional=True), ready=never)
    supervisor = bench.supervisor(bench.obedient("a"), robots)
    supervisor.start()
    await supervisor.wait_ready()
    assert supervisor.standings[0].state == State.READY
    assert supervisor.standings[1].state in (State.WAITING, State.STARTING)
    await supervisor.stop()


async def test_progress_is_shown_to_who_waits(bench: Bench) -> None:
    code = """
    print('{"level": "info", "event": "half done", "progress": true}', flush=True)
    print('{"level": "info", "event": "a detail"}', flush=True)
    """
    supervisor = bench.supervisor(bench.running("history", code, once=True))
    supervisor.start()
    await supervisor.wait_ready()
    assert "half done" in bench.screen.getvalue()
    assert "a detail" not in bench.screen.getvalue()
    await supervisor.stop()


async def test_a_service_that_ignores_the_request_to_stop_is_killed(bench: Bench) -> None:
    stubborn = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(60)"
    service = bench.running("stubborn", stubborn)
    supervisor = bench.supervisor(
        Service(service.name, service.command, stop_timeout_s=0.2),
    )
    supervisor.start()
    await supervisor.wait_ready()
    await until(lambda: supervisor.standings[0].pid is not None)
    await asyncio.sleep(0.2)
    pid = supervisor.standings[0].pid
    assert pid is not None
    await supervisor.stop()
    assert not Path(f"/proc/{pid}").exists()


async def test_stopping_while_services_still_start_leaves_no_process(bench: Bench) -> None:
    supervisor = bench.supervisor(bench.obedient("a"), bench.obedient("b", "a"))
    supervisor.start()
    await asyncio.sleep(0)
    await supervisor.stop()
    assert all(one.pid is None for one in supervisor.standings)
    assert [line for line in bench.written if line == "+b"] == []


async def test_what_a_service_prints_is_kept_as_json_lines(bench: Bench) -> None:
    code = """
        import time
        print('{"event": "opened", "level": "info", "sequence": 7}', flush=True)
        print("plain words", flush=True)
        time.sleep(60)
    """
    supervisor = bench.supervisor(bench.running("speaker", code))
    supervisor.start()
    log = bench.logs / "speaker.log"
    await until(lambda: log.exists() and log.read_text().count("\n") == 2)
    await supervisor.stop()
    first, second = map(json.loads, log.read_text().splitlines())
    assert first == {"service": "speaker", "event": "opened", "level": "info", "sequence": 7}
    assert (second["service"], second["message"], second["level"]) == ("speaker", "plain words", "info")


def test_a_supervisor_killed_outright_leaves_no_orphan(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    code = f"""
        import asyncio, sys
        from pathlib import Path
        from cse.cli.supervisor.log import Terminal
        from cse.cli.supervisor.service import Service
        from cse.cli.supervisor.supervisor import Supervisor

        sleeper = (sys.executable, "-c", "import time; time.sleep(60)")

        def note(standings):
            Path({str(pids)!r}).write_text(" ".join(str(one.pid) for one in standings if one.pid))

        async def run():
            supervisor = Supervisor(
                [Service("a", sleeper), Service("b", sleeper)], Path({str(tmp_path)!r}), Terminal(), note
            )
            supervisor.start()
            await asyncio.sleep(60)

        asyncio.run(run())
    """
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    parent = subprocess.Popen([sys.executable, "-c", textwrap.dedent(code)], env=environment)
    try:
        _wait(lambda: pids.exists() and len(pids.read_text().split()) == 2)
        # Long enough for both to have become what they are to be.
        children = [int(pid) for pid in pids.read_text().split()]
        _wait(
            lambda: all(b"time.sleep" in _command(pid) and b"launch" not in _command(pid) for pid in children)
        )
    finally:
        parent.kill()
        parent.wait()
    _wait(lambda: not any(_alive(pid) for pid in children))


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _alive(pid: int) -> bool:
    try:
        # A zombie that nobody has reaped yet does not live.
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait(condition: Callable[[], bool], timeout_s: float = 60.0) -> None:
    deadline = time.monotonic() + timeout_s
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


async def test_a_process_that_cannot_be_made_is_tried_again(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = asyncio.create_subprocess_exec
    refusals = iter([OSError("no more processes")] * 2)

    async def make_later(*arguments: Any, **options: Any) -> asyncio.subprocess.Process:
        for refusal in refusals:
            raise refusal
        return await make(*arguments, **options)

    monkeypatch.setattr(asyncio, "create_subprocess_exec", make_later)
    supervisor = bench.supervisor(bench.obedient("a"))
    supervisor.start()
    async with asyncio.timeout(20.0):
        await supervisor.wait_ready()
    assert supervisor.standings[0].restarts == 2
    assert "no more processes" in (bench.logs / "a.log").read_text()
    await supervisor.stop()


async def test_a_service_that_was_ready_is_not_away_for_long(bench: Bench) -> None:
    async def ready() -> bool:
        return True

    service = Service("a", (sys.executable, "-c", "import time; time.sleep(0.3)"), (), ready)
    supervisor = bench.supervisor(service)
    supervisor.start()
    await until(lambda: supervisor.standings[0].restarts == 6, 20.0)
    await supervisor.stop()
    pauses = [
        line.rpartition("again in ")[2] for line in bench.screen.getvalue().splitlines() if "again in" in line
    ]
    assert pauses == ["0.1 s", "0.2 s", "0.4 s", "0.8 s", "1.0 s", "1.0 s"]
