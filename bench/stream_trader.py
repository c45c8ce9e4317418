"""Somebody who changes a book at a rate, at the leader's own door."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.connection import Connection
from bench.workloads import place
from cse.cli.replay import operator
from cse.engine import wire
from cse.engine.client import LeaderClient

MARKET = "BTC-USDC"
_PASSWORD = "correct horse battery staple 7"


class Trader:
    """Who trades. `access_token` is good for their own channels."""

    def __init__(self, data: Path, url: str) -> None:
        operator.list_market(MARKET, data)
        email = "bench@example.com"
        with Connection(url) as connection:
            person = {"email": email, "password": _PASSWORD, "display_name": "Bench"}
            answer = connection.request("POST", "/api/auth/sign-up", json.dumps(person).encode())
            token: str = json.loads(answer.body)["access_token"]
            operator.credit(email, "BTC", "100000", data)
            order = {"market": MARKET, "side": "sell", "type": "limit", "price": "500.00", "quantity": "1"}
            placed = connection.request("POST", "/api/orders", json.dumps(order).encode(), token)
            self.access_token = token
            self._account = int(json.loads(placed.body)["order"]["account"])
            markets = json.loads(connection.request("GET", "/api/markets").body)["items"]
        self._market = 1 + [market["market"] for market in markets].index(MARKET)
        self._socket = data / "run" / "leader.sock"

    @contextmanager
    def trading(self, per_s: float) -> Iterator[None]:
        """Places so many orders a second as long as the context lasts."""
        stop = threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(self._trade(per_s, stop)))
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    async def _trade(self, per_s: float, stop: threading.Event) -> None:
        async with LeaderClient(self._socket) as leader:
            await leader.wait_connected(10)
            began_s, sent = time.perf_counter(), 0
            answers: set[asyncio.Task[object]] = set()
            while not stop.is_set():
                while sent < (time.perf_counter() - began_s) * per_s:
                    task = asyncio.create_task(leader.submit(self._order(sent)))
                    answers.add(task)
                    task.add_done_callback(answers.discard)
                    sent += 1
                await asyncio.sleep(min(0.001, 1 / per_s))
            await asyncio.gather(*answers)
            await leader.submit(wire.CancelAllOrders(self._account, self._market, 0).encode())

    def _order(self, number: int) -> bytes:
        """An order on one of a few hundred levels."""
        return place(self._account, wire.Side.SELL, 50_000 + number % 300, 100, self._market)
