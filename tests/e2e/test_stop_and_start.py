"""Ctrl-C leaves nothing behind, and the next start finds everything where it was."""

from __future__ import annotations

import shutil
import signal
import socket
from collections.abc import Callable

import pytest

from tests.e2e.person import Person
from tests.exchange import RunningExchange, is_alive, wait_until

MARKET = "LAB-USDC"
SERVICES = ("postgres", "leader", "replica", "ledger", "marketdata", "streams-1", "edge-1", "gateway")


def is_refused(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


def test_down_stops_it_and_the_next_start_finds_every_balance_and_order(
    start_exchange: Callable[..., RunningExchange],
) -> None:
    exchange = start_exchange()
    with Person(exchange.url) as person:
        person.take("USDC", "1000")
        for number in range(5):
            person.place(MARKET, "buy", f"0.{number + 1}", "100", client_order_id=f"order-{number}")
        before = person.balances(), person.open_orders()
        status = exchange.run("status")
        assert status.returncode == 0, status.stdout + status.stderr
        assert [name for name in SERVICES if name not in status.stdout] == []

        pids = [exchange.supervisor.pid, *exchange.pids.values()]
        done = exchange.run("down")
        assert (done.returncode, done.stdout.strip()) == (0, "Stopped.")
        assert exchange.supervisor.wait(5) == 0
        assert not any(map(is_alive, pids))
        assert is_refused(exchange.port)
        assert exchange.run("status").returncode == 3
        assert exchange.run("down").returncode == 0

        exchange.start()
        person.reconnect()
        assert (person.balances(), person.open_orders()) == before
        person.sign_in()
        assert len(person.open_orders()) == 5


def test_a_second_start_on_the_same_data_is_refused(exchange: RunningExchange) -> None:
    second = exchange.run("up", "--port", "1")
    assert second.returncode == 1
    assert f"already runs at {exchange.url} (process {exchange.supervisor.pid})" in second.stderr


def test_a_busy_port_is_named(exchange: RunningExchange) -> None:
    other = RunningExchange(port=exchange.port)
    try:
        refused = other.run("up", "--port", str(exchange.port))
        assert refused.returncode == 1
        assert f"Port {exchange.port} of 127.0.0.1 is in use" in refused.stderr
        assert not other.data.exists()
    finally:
        other.remove()


def test_data_of_another_format_and_other_peoples_files_are_left_alone() -> None:
    other = RunningExchange()
    try:
        other.data.mkdir()
        if (owner := other.data.parent.owner()) != other.data.owner():
            shutil.chown(other.data, owner)
        (other.data / "format").write_text("7\n")
        refused = other.run("up", "--port", str(other.port))
        assert (refused.returncode, "has data format 7" in refused.stderr) == (1, True)
        (other.data / "format").unlink()
        (other.data / "letters.txt").write_text("private")
        refused = other.run("up", "--port", str(other.port))
        assert (refused.returncode, "holds no exchange" in refused.stderr) == (1, True)
    finally:
        other.remove()


@pytest.mark.long
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGHUP])
def test_other_requests_to_stop_are_as_clean(
    start_exchange: Callable[..., RunningExchange], number: signal.Signals
) -> None:
    exchange = start_exchange()
    pids = list(exchange.pids.values())
    assert exchange.stop(number) == 0
    assert not any(map(is_alive, pids))


def test_a_supervisor_killed_outright_leaves_nothing_and_the_next_start_works(
    start_exchange: Callable[..., RunningExchange],
) -> None:
    exchange = start_exchange(edges=2)
    with Person(exchange.url) as person:
        person.take("USDC", "10")
        pids = list(exchange.pids.values())
        exchange.kill_supervisor()
        wait_until(lambda: not any(map(is_alive, pids)), "every service is gone")
        wait_until(lambda: is_refused(exchange.port), "the port is free")
        exchange.start()
        person.reconnect()
        assert person.balances()["USDC"][0] == 10
        pids = list(exchange.pids.values())
        assert exchange.stop(signal.SIGTERM) == 0
        assert not any(map(is_alive, pids))
