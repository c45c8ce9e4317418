"""Kills without number while another program trades and keeps its own log of what it was told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.e2e.person import Person
from tests.exchange import RunningExchange, wait_until

ROOT = Path(__file__).parents[2]


class Log:
    """What the loading program wrote down."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def lines(self, kind: str) -> list[list[str]]:
        words = (line.split() for line in self._path.read_text().splitlines())
        return [found[1:] for found in words if found[0] == kind]

    def wait_for_more(self, count: int) -> None:
        """Returns once so many more orders were acknowledged."""
        wanted = self._count_told() + count
        wait_until(lambda: self._count_told() >= wanted, "orders are taken again")

    def _count_told(self) -> int:
        return self._path.read_text().count("\ntold ")


@pytest.fixture(scope="module")
def killed() -> Iterator[RunningExchange]:
    """The exchange whose services are killed, one test's after the other's."""
    exchange = RunningExchange()
    try:
        yield exchange.start()
    finally:
        exchange.remove()


@contextmanager
def load(exchange: RunningExchange, person: Person, path: Path) -> Iterator[Log]:
    """Runs the loading program while the block lasts."""
    program = [sys.executable, "-m", "tests.e2e.load", exchange.url, person.access_token, str(path)]
    path.touch()
    with subprocess.Popen(program, cwd=ROOT) as process:
        try:
            yield Log(path)
        finally:
            process.terminate()
        assert process.wait(60) == 0, Log(path).lines("refused")


def check_acknowledged(exchange: RunningExchange, person: Person, log: Log) -> None:
    """Each order that was sent is there once, under the id that was told, and the books agree."""
    wait_until(person.is_answered, "the edge has found the replica again")
    told = dict(log.lines("told"))
    assert set(told) == {sent for (sent,) in log.lines("sent")}
    assert person.orders_by_client_id("all") == told
    check_books(exchange)


def check_books(exchange: RunningExchange, *what: str) -> None:
    verified = exchange.run("verify", *what)
    assert verified.returncode == 0, verified.stdout + verified.stderr


def kill_again_and_again(exchange: RunningExchange, service: str, times: int, tmp_path: Path) -> None:
    with Person(exchange.url) as person:
        person.take("USDC", "1000000")
        before = exchange.restarts[service]
        with load(exchange, person, tmp_path / "log") as log:
            for _ in range(times):
                log.wait_for_more(10)
                old = exchange.kill(service)
                exchange.wait_restarted(service, old)
            # It goes on: orders are acknowledged after the last kill, too.
            log.wait_for_more(10)
        assert exchange.restarts[service] == before + times
        check_acknowledged(exchange, person, log)


def test_the_leader_is_killed_10_times_under_load(killed: RunningExchange, tmp_path: Path) -> None:
    kill_again_and_again(killed, "leader", 10, tmp_path)


@pytest.mark.long
@pytest.mark.parametrize("service", ["leader", "ledger"])
def test_a_service_is_killed_200_times_under_load(
    start_exchange: Callable[..., RunningExchange], tmp_path: Path, service: str
) -> None:
    kill_again_and_again(start_exchange(), service, 200, tmp_path)


@pytest.mark.parametrize("service", ["replica", "ledger", "edge-1", "gateway", "postgres"])
def test_a_service_is_killed_under_load(killed: RunningExchange, tmp_path: Path, service: str) -> None:
    kill_again_and_again(killed, service, 2, tmp_path)


@pytest.mark.parametrize("away_s", [15.0, pytest.param(60.0, marks=pytest.mark.long)])
def test_trading_goes_on_while_postgresql_is_away(
    killed: RunningExchange, tmp_path: Path, away_s: float
) -> None:
    with Person(killed.url) as person:
        person.take("USDC", "1000000")
        with load(killed, person, tmp_path / "log") as log:
            log.wait_for_more(10)
            stopped = postgres_processes(killed)
            for pid in stopped:
                os.kill(pid, signal.SIGSTOP)
            try:
                until = time.monotonic() + away_s
                while time.monotonic() < until:
                    log.wait_for_more(50)
                    time.sleep(1.0)
            finally:
                for pid in stopped:
                    os.kill(pid, signal.SIGCONT)
            log.wait_for_more(10)
        check_acknowledged(killed, person, log)


def test_the_audit_log_is_whole_after_all_of_this(killed: RunningExchange) -> None:
    check_books(killed, "--audit")


def postgres_processes(exchange: RunningExchange) -> list[int]:
    """The server and what it has started for its connections."""
    server = exchange.pids["postgres"]
    children = Path(f"/proc/{server}/task/{server}/children").read_text().split()
    return [server, *map(int, children)]
