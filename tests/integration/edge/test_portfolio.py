"""A portfolio over HTTP: what trades and play money come to, in exact figures."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import httpx
import pytest

from tests.exchange import wait_until
from tests.people import Person, problem

pytestmark = pytest.mark.slow

MARKET = "LAB-USDC"


def looked(person: Person, path: str, sequence: str, **query: str) -> dict[str, Any]:
    """What a path shows that is as new as a sequence at least."""
    answers: list[httpx.Response] = []

    def is_visible() -> bool:
        headers = {"CSE-Min-Sequence": sequence}
        answers.append(person.send("GET", path, params=query, headers=headers))
        return answers[-1].status_code != 503

    wait_until(is_visible, f"{path} at {sequence}")
    assert answers[-1].status_code == 200, answers[-1].text
    found: dict[str, Any] = answers[-1].json()
    return found


@pytest.fixture
def sequence(new_person: Callable[[], Person], other: Person, buyer: Person) -> str:
    """Buys 10 at 2 and 10 at 3, and sells 5 at 4: where that is in the journal."""
    for price in ("2", "3"):
        other.limit("sell", price, "10")
        buyer.limit("buy", price, "10")
    other.limit("buy", "4", "5")
    sold: str = buyer.limit("sell", "4", "5")["sequence"]
    return sold


@pytest.fixture
def buyer(new_person: Callable[[], Person]) -> Person:
    person = new_person()
    person.fund("USDC", "1000")
    return person


def test_a_portfolio_is_exact_by_each_method(buyer: Person, sequence: str) -> None:
    fees = sum(Decimal(fill["fee"]) for fill in buyer.get("/api/fills", market=MARKET)["items"])
    for method, cost, average, realised in (
        ("average", "37.5", "2.5", "7.5"), ("fifo", "40", "2.66666667", "10"), ("lifo", "35", "2.33333333", "5"),
    ):  # fmt: skip
        found = looked(buyer, "/api/portfolio", sequence, cost=method)
        lab, money = found["positions"]
        assert (lab["asset"], lab["amount"], lab["cost"], lab["realised"]) == ("LAB", "15", cost, realised)
        assert Decimal(lab["average_cost"]) == pytest.approx(Decimal(average), abs=Decimal("0.000001"))
        assert Decimal(lab["fees"]) == fees
        # Others trade on the market too, so the last price is what it says.
        assert Decimal(lab["value"]) == 15 * Decimal(lab["last_price"])
        assert Decimal(lab["unrealised"]) == Decimal(lab["value"]) - Decimal(cost)
        assert Decimal(money["amount"]) == 1000 - 50 + 20 - fees
        assert found["put_in"] == "1000"
        assert Decimal(found["value"]) == Decimal(lab["value"]) + Decimal(money["amount"])
        gain = Decimal(found["unrealised"]) + Decimal(found["realised"]) - Decimal(found["fees"])
        assert Decimal(found["gain"]) == gain == Decimal(found["value"]) - 1000
        assert lab["share_ppm"] + money["share_ppm"] == pytest.approx(1_000_000, abs=1)


def test_a_history_leaves_deposits_out(buyer: Person, sequence: str) -> None:
    buyer.fund("USDC", "500")
    now = looked(buyer, "/api/portfolio", buyer.get("/api/balances")["sequence"])
    for period in ("1d", "1w", "1m", "1y", "all"):
        found = looked(buyer, "/api/portfolio/value", now["sequence"], period=period)
        assert [flow["amount"] for flow in found["flows"]] == ["1000", "500"]
        assert Decimal(found["gain"]) == Decimal(found["points"][-1]["value"]) - 1500
        assert found["points"][0]["value"] == "0"
        assert found["points"][-1]["put_in"] == "1500"
        assert Decimal(found["gain"]) == Decimal(now["gain"])
        assert found["drawdown"]["ppm"] <= 0 >= found["drawdown_now_ppm"]


def test_an_empty_account_has_nothing(new_person: Callable[[], Person]) -> None:
    person = new_person()
    found = person.get("/api/portfolio")
    assert (found["positions"], found["value"], found["gain"], found["since"]) == ([], "0", "0", None)
    assert person.get("/api/portfolio/value")["return_ppm"] == 0
    assert problem(person.send("GET", "/api/portfolio", params={"cost": "hifo"})) == (400, "invalid_field")
