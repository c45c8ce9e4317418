"""Several edges behind one socket are one exchange."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager

from tests.e2e.person import Person
from tests.exchange import RunningExchange

MARKET = "LAB-USDC"


@contextmanager
def paused(pid: int) -> Iterator[None]:
    """Stops a process, so that the other edge takes every new connection."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_what_one_edge_acknowledged_the_other_knows_at_once(exchange: RunningExchange) -> None:
    # Past the gateway, which keeps connections to both edges and would choose itself.
    with Person(exchange.url, exchange.edges_socket) as person:
        person.take("USDC", "1000")
        first, second = exchange.pids["edge-1"], exchange.pids["edge-2"]
        for number in range(10):
            with paused(second):
                person.reconnect()
                order = person.place(MARKET, "buy", "0.1", "10", client_order_id=f"edge-{number}")["order"]
            with paused(first):
                person.reconnect()
                assert person.order(order["id"])["status"] == "open"
                assert len(person.open_orders()) == number + 1
