"""Robots on a running exchange: books that live, an edge that is killed, and how they leave."""

from __future__ import annotations

import stat
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from typing import Any

import httpx
import msgspec
import pytest

from cse.demo.characters import CHARACTERS
from cse.domain import demo
from cse.domain.demo import QUIET_MARKET
from tests.exchange import RunningExchange, wait_until

MARKETS = [character.market.name for character in CHARACTERS]
CREATORS = [creator.asset.symbol for creator in demo.CREATORS]
# Longer than all markets are quiet at once at any hour.
QUIET_S = 120.0
START_S = 240.0
ROBOTS = {"CSE_ROBOTS": "1", "CSE_HISTORY_DAYS": "1"}


class Looks:
    """Looks at an exchange from outside, and again while it is away."""

    def __init__(self, exchange: RunningExchange) -> None:
        self._http = httpx.Client(base_url=exchange.url, timeout=60.0)

    def close(self) -> None:
        self._http.close()

    def get(self, path: str, **query: str) -> Any:
        answer = self._http.get(path, params=query)
        return answer.json() if answer.status_code == 200 else {}

    def levels(self, market: str) -> list[int]:
        book = self.get(f"/api/orderbook/{market}", depth="100")
        return [len(book.get("bids", [])), len(book.get("asks", []))]

    def newest(self, market: str) -> int:
        trades = self.get("/api/trades", market=market, limit="1").get("items", [])
        return int(trades[0]["trade_id"]) if trades else 0

    def total(self) -> int:
        return sum(self.newest(market) for market in MARKETS)


@pytest.fixture
def start() -> Iterator[Callable[..., RunningExchange]]:
    """Starts exchanges whose past and whose robots' first orders take a while on a busy machine."""
    started: list[RunningExchange] = []

    def start(**arguments: Any) -> RunningExchange:
        running = RunningExchange(environment=ROBOTS, **arguments)
        started.append(running)
        running.launch()
        running.wait_ready(START_S)
        return running

    yield start
    for running in reversed(started):
        running.remove()


@pytest.fixture
def looking() -> Iterator[Callable[[RunningExchange], Looks]]:
    """Makes looks that are closed in the end."""
    with ExitStack() as stack:
        yield lambda exchange: stack.enter_context(closing(Looks(exchange)))


def test_robots_keep_markets_alive_and_leave_without_a_trace(
    start: Callable[..., RunningExchange], looking: Callable[[RunningExchange], Looks]
) -> None:
    exchange = start()
    looks = looking(exchange)
    for market in MARKETS:
        assert min(looks.levels(market)) >= 20, f"{market} has no book"
    before = looks.total()
    wait_until(lambda: looks.total() > before, "robots trade", QUIET_S)

    secrets = exchange.data / "secrets" / "robots.json"
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o600
    kept = secrets.read_bytes()
    person = msgspec.json.decode((exchange.data / "secrets" / "demo.json").read_bytes())
    credentials = {"email": person["email"], "password": person["password"]}
    assert httpx.post(f"{exchange.url}/api/auth/sign-in", json=credentials).status_code == 200
    assert [one["asset"] for one in looks.get("/api/creators")["items"]] == CREATORS

    # Orders that were on their way have no answer; the robots find out and go on.
    exchange.wait_restarted("edge-1", exchange.kill("edge-1"))
    killed_at = looks.total()
    wait_until(lambda: looks.total() > killed_at, "robots go on trading", QUIET_S)
    assert exchange.restarts["robots"] == 0

    # Robots that were killed find their orders again.
    exchange.wait_restarted("robots", exchange.kill("robots"))
    levels = looks.levels("LUNA-USDC")
    assert 20 <= min(levels) <= max(levels) <= 100

    assert looks.levels(QUIET_MARKET) == [0, 0]
    assert looks.newest(QUIET_MARKET) == 0
    assert exchange.stop() == 0
    assert secrets.read_bytes() == kept

    without = start(data=exchange.data, up=["--no-robots"])
    assert "robots" not in without.pids
    looks = looking(without)
    assert [looks.levels(market) for market in MARKETS] == [[0, 0]] * len(MARKETS)
    verified = without.run("verify")
    assert verified.returncode == 0, verified.stdout
