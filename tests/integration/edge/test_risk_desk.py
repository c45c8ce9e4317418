"""Limits of a tier refuse, patterns are told to operators alone; over HTTP and by the command line."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

WHY = {"reason": "a runaway program"}
PATH = "/api/admin/markets/LAB-USDC/risk"
TIER = 7
"""Of nobody else, so that the limits hold for nobody else."""


@pytest.fixture(scope="module")
def operator(new_operator: Callable[..., Person]) -> Person:
    return new_operator("market")


@pytest.fixture
def limited(exchange: RunningExchange, trader: Person) -> Person:
    """Somebody in that tier."""
    done = exchange.admin("account", "tier", trader.email, str(TIER))
    assert done.returncode == 0, done.stderr
    return trader


def set_limits(operator: Person, seen: dict[str, Any], **limits: Any) -> list[dict[str, Any]]:
    answer = operator.send("POST", PATH, json={**WHY, "tier": TIER, **limits, "seen": seen})
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = [one for one in answer.json()["items"] if one["tier"] == TIER]
    return found


def test_limits_refuse_and_flags_are_told_to_operators_alone(
    exchange: RunningExchange, operator: Person, limited: Person
) -> None:
    none = {"max_notional_per_minute": "0", "flag_notional_per_minute": "0"}
    (own,) = set_limits(operator, none, max_notional_per_minute="100", flag_notional_per_minute="50")
    body = {**WHY, "tier": TIER, "max_notional_per_minute": "1", "seen": none}
    late = operator.send("POST", PATH, json=body)
    assert problem(late) == (409, "version_outdated")
    assert late.json()["now"] == "max_notional_per_minute=100"
    assert (own["max_notional_per_minute"], own["max_quantity"]) == ("100", "0")
    answer = limited.limit("buy", "0.5", "120")
    assert "flag" not in str(answer).lower()
    body = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.5", "quantity": "100"}
    refused = limited.send("POST", "/api/orders", json=body)
    assert problem(refused) == (422, "notional_rate_reached")
    assert "at most 100 USDC" in refused.text
    assert "from 2" in refused.text
    assert limited.send("DELETE", "/api/orders").status_code == 200

    account = limited.signed_in["account"]

    def flags() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = operator.get("/api/admin/flags", account=account)["items"]
        return items

    wait_until(lambda: len(flags()) == 1, "the ledger has the flag")
    (flag,) = flags()
    assert (flag["pattern"], flag["counted"], flag["bound"], flag["fills"]) == ("notional", "60", "50", None)
    assert (
        operator.get("/api/admin/flags", account=account, market="LAB-USDC", limit=1)["next_cursor"] is None
    )
    for path in ("/api/orders?status=closed", "/api/security/events"):
        assert "flag" not in limited.client.get(path, headers=limited.headers).text.lower()
    assert problem(limited.send("GET", "/api/admin/flags")) == (404, "not_found")
    assert problem(operator.send("GET", "/api/admin/flags", params={"cursor": "x"})) == (
        400,
        "invalid_cursor",
    )
    printed = exchange.admin("flags", "--account", account)
    assert f"account {account} LAB-USDC notional: 60" in printed.stdout

    held = {"max_notional_per_minute": "100", "flag_notional_per_minute": "50"}
    assert set_limits(operator, held, **none) == []
    done = exchange.admin("audit", "export", "--act", "market.risk_set")
    assert done.stdout.count("max_notional_per_minute=100") == 2


def test_the_command_line_sets_and_shows(exchange: RunningExchange) -> None:
    done = exchange.admin("risk", "set", "LAB-USDC", "--tier", "8", "--max-open-orders", "3")
    assert "max_open_orders 3" in done.stdout, done.stderr
    assert "LAB-USDC tier 8: max_open_orders 3" in exchange.admin("risk", "show").stdout
    unfit = exchange.admin("risk", "set", "LAB-USDC", "--tier", "8", "--flag-far-ppm", "5")
    assert unfit.returncode == 1
    assert "flag_far_orders" in unfit.stderr
    gone = exchange.admin("risk", "set", "LAB-USDC", "--tier", "8", "--max-open-orders", "0")
    assert "none of its own" in gone.stdout
