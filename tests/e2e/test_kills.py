"""Any process may be killed under load: it comes back, and no acknowledged order is forgotten."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import httpx
import pytest

from tests.e2e.person import Person
from tests.exchange import RunningExchange, wait_until

MARKET = "LAB-USDC"


class Load:
    """Places small orders without pause and notes which were acknowledged."""

    def __init__(self, person: Person) -> None:
        self._person = person
        self._stop = threading.Event()
        self.acknowledged: dict[str, str] = {}
        self.unknown = 0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Places orders while the block lasts."""
        thread = threading.Thread(target=self._place_orders)
        thread.start()
        try:
            yield
        finally:
            self._stop.set()
            thread.join()

    def _place_orders(self) -> None:
        number = 0
        while not self._stop.is_set():
            number += 1
            client_order_id = f"load-{number}"
            order = {"market": MARKET, "side": "buy", "price": "0.01", "quantity": "100"}
            try:
                answer = self._person.post_order(client_order_id=client_order_id, **order)
            except httpx.HTTPError:
                self.unknown += 1
                continue
            if answer.status_code in (200, 201):
                self.acknowledged[client_order_id] = answer.json()["order"]["id"]
            elif answer.status_code == 429:
                self._stop.wait(0.05)
            else:
                assert answer.status_code >= 500, answer.text
                self.unknown += 1
                self._stop.wait(0.02)


@pytest.mark.parametrize("service", ["leader", "replica", "ledger", "edge-1", "gateway", "postgres"])
def test_a_killed_service_comes_back_and_no_acknowledged_order_is_lost(
    start_exchange: Callable[..., RunningExchange], service: str
) -> None:
    exchange = start_exchange()
    with Person(exchange.url) as person:
        person.take("USDC", "1000000")
        load = Load(person)
        with load.running():
            for _ in range(2):
                before = len(load.acknowledged)
                old = exchange.kill(service)
                exchange.wait_restarted(service, old)
                # It goes on: orders are acknowledged after the kill, too.
                _wait_for_more(load, before)
        found = {}
        cursor: str | None = None
        while True:
            query = {"status": "open", "limit": "200", **({"cursor": cursor} if cursor else {})}
            page = person.get("/api/orders", **query)
            found.update({order["client_order_id"]: order["id"] for order in page["items"]})
            cursor = page["next_cursor"]
            if cursor is None:
                break
        assert load.acknowledged.items() <= found.items()
        assert exchange.restarts[service] == 2
    for what in ((), ("--audit",)):
        verified = exchange.run("verify", *what)
        assert verified.returncode == 0, verified.stdout + verified.stderr


def _wait_for_more(load: Load, before: int) -> None:
    wait_until(lambda: len(load.acknowledged) > before + 3, "orders are taken again")
