"""Two edges on one socket give what one would, whatever dies meanwhile."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

import httpx

from tests.exchange import RunningExchange, wait_until

ORDER = {"market": "NONE-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "1"}
BATCH = {"orders": [ORDER] * 20}
BATCHES = 30
TAKEN = BATCHES * len(BATCH["orders"])


class Trader:
    """Somebody whose every request goes over a connection of its own, and so to either edge."""

    def __init__(self, exchange: RunningExchange) -> None:
        self.url = exchange.url
        body = {
            "email": f"rates-{os.getpid()}@example.com",
            "password": "a long pass phrase",
            "display_name": "Rates",
        }
        signed_up = httpx.post(f"{self.url}/api/auth/sign-up", json=body, timeout=60)
        assert signed_up.status_code == 201, signed_up.text
        self.headers = {"Authorization": f"Bearer {signed_up.json()['access_token']}"}

    def send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        return httpx.request(method, self.url + path, headers=self.headers, timeout=60, **arguments)

    def orders(self) -> dict[str, Any]:
        """The limit on orders, as whichever edge answers sees it."""
        answer = self.send("GET", "/api/limits")
        assert answer.status_code == 200, answer.text
        limits: list[dict[str, Any]] = answer.json()["items"]
        [found] = [limit for limit in limits if limit["limit"] == "orders"]
        return found


def kill(exchange: RunningExchange, service: str) -> None:
    """Ends a process, and waits until its successor is ready."""
    before = exchange.pids[service]
    os.kill(before, signal.SIGKILL)
    wait_until(
        lambda: exchange.pids.get(service, before) != before and exchange.is_ready, f"another {service}", 60
    )


def test_edges_share_a_rate_and_keep_it(exchange: RunningExchange) -> None:
    trader = Trader(exchange)
    began_s = time.monotonic()
    for _ in range(BATCHES):
        assert trader.send("POST", "/api/orders/batch", json=BATCH).status_code == 200

    def is_missing() -> bool:
        """Whether all that was taken is missing, but for what has come back since."""
        limit = trader.orders()
        back = limit["per_second"] * (time.monotonic() - began_s)
        return bool(limit["left"] <= limit["at_once"] - TAKEN + back + 1)

    def both_say_so(what: str) -> None:
        wait_until(lambda: all(is_missing() for _ in range(8)), f"the orders that were taken {what}")

    both_say_so("at both edges")
    kill(exchange, "edge-2")
    both_say_so("after a new edge has come")
    # It is missed by nobody, and hears what was taken from the edges.
    kill(exchange, "valkey")
    placed = trader.send("POST", "/api/orders", json=ORDER)
    assert (placed.status_code, placed.json()["code"]) == (404, "market_unknown")
    assert placed.headers["ratelimit"].startswith('"orders";r=')
    assert "ratelimit-policy" in placed.headers
    both_say_so("after Valkey has forgotten it")
