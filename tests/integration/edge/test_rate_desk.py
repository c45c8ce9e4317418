"""Rates of a tier are felt on every edge, over HTTP and by the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

PATH = "/api/admin/rates"
WHY = {"reason": "a runaway program"}
TIER = 6
"""Of nobody else, so that its rates hold for nobody else."""
LOOKS = 8
"""Each over a connection of its own, and so at either edge."""
ORDER = {"market": "NONE-USDC", "side": "buy", "type": "limit", "price": "1", "quantity": "1"}


@pytest.fixture(scope="module")
def operator(new_operator: Callable[..., Person]) -> Person:
    return new_operator("market")


def set_rate(operator: Person, limit: str, at_once: int, per_second: int, tier: int = TIER) -> httpx.Response:
    body = {**WHY, "tier": tier, "limit": limit, "at_once": at_once, "per_second": per_second}
    return operator.send("POST", PATH, json=body)


def limit_of(exchange: RunningExchange, person: Person, name: str) -> dict[str, Any]:
    """A limit of somebody's, as whichever edge answers sees it."""
    answer = httpx.get(f"{exchange.url}/api/limits", headers=person.headers, timeout=60)
    [found] = [limit for limit in answer.json()["items"] if limit["limit"] == name]
    return dict(found)


def both_say(exchange: RunningExchange, person: Person, name: str, at_once: int) -> None:
    wait_until(
        lambda: all(limit_of(exchange, person, name)["at_once"] == at_once for _ in range(LOOKS)),
        f"both edges give {at_once} {name}",
    )


def test_a_rate_is_felt_on_every_edge_and_a_raise_fills_nothing(
    exchange: RunningExchange, operator: Person, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    answer = set_rate(operator, "orders", 500, 5)
    assert answer.status_code == 200, answer.text
    own = {"tier": TIER, "limit": "orders", "at_once": 500, "per_second": 5}
    assert own in answer.json()["items"]
    assert own in operator.get(PATH)["items"]
    # It is of nobody yet.
    assert limit_of(exchange, person, "orders")["at_once"] == 50_000
    done = exchange.run("admin", "account", "tier", person.email, str(TIER))
    assert done.returncode == 0, done.stderr
    both_say(exchange, person, "orders", 500)
    placed = person.send("POST", "/api/orders", json=ORDER)
    assert placed.headers["ratelimit-policy"] == '"orders";q=500;w=100'
    taken = person.send("POST", "/api/orders/batch", json={"orders": [ORDER] * 20})
    assert taken.status_code == 200
    assert limit_of(exchange, person, "orders")["left"] < 500

    done = exchange.run("admin", "rates", "unset", "orders", "--tier", str(TIER), "--reason", "it is mended")
    assert done.returncode == 0, done.stderr
    both_say(exchange, person, "orders", 50_000)
    assert limit_of(exchange, person, "orders")["left"] < 50_000 / 2
    done = exchange.run("admin", "history", "--of", "rates")
    assert f"tier={TIER}, limit=orders, at_once=500" in done.stdout
    assert "none of its own" in done.stdout


def test_nobody_is_locked_out_by_it(exchange: RunningExchange, operator: Person, trader: Person) -> None:
    for limit, at_once, per_second in (("cancels", 1, 1), ("requests", 999, 20), ("orders", 50_000, 67)):
        assert problem(set_rate(operator, limit, at_once, per_second)) == (400, "invalid_field")
    fewer = set_rate(operator, "cancels", 2_000, 20)
    assert problem(fewer) == (400, "invalid_field")
    assert "fewer cancels than orders" in fewer.text
    assert problem(set_rate(operator, "address_requests", 5_000, 100)) == (400, "invalid_field")
    assert problem(set_rate(operator, "orders", 0, 0, tier=0)) == (400, "invalid_field")
    assert problem(set_rate(trader, "requests", 5_000, 100)) == (404, "not_found")
    assert problem(operator.send("POST", PATH, json={"limit": "orders"})) == (400, "missing_field")
    unfit = exchange.run(
        "admin", "rates", "set", "cancels", "--at-once", "1", "--per-second", "1", "--reason", "a slip"
    )
    assert unfit.returncode == 1
    assert "2000 to 1000000" in unfit.stderr
    shown = exchange.run("admin", "rates", "show").stdout
    assert "tier 0 cancels: 100000 at once, 132 a second" in shown
