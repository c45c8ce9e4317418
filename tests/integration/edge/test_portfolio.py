"""A portfolio over HTTP: what trades and play money come to, in exact figures."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import UTC, datetime
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


def test_the_books_have_every_entry_with_the_balance_that_it_left(buyer: Person, sequence: str) -> None:
    entries = looked(buyer, "/api/ledger", sequence)["items"]
    held: dict[str, Decimal] = {}
    for entry in reversed(entries):
        held[entry["asset"]] = held.get(entry["asset"], Decimal(0)) + Decimal(entry["amount"])
        assert Decimal(entry["balance"]) == held[entry["asset"]]
    assert held == {
        asset: Decimal(free) + Decimal(locked) for asset, (free, locked) in buyer.balances().items()
    }
    assert [entry["kind"] for entry in entries].count("trade") == 6
    assert entries[-1] | {"kind": "faucet", "asset": "USDC", "amount": "1000", "market": None} == entries[-1]
    # By pages it is the same, and what is chosen is a part of it.
    for query, part in (
        ({}, entries),
        ({"asset": "LAB"}, [one for one in entries if one["asset"] == "LAB"]),
        ({"market": MARKET}, entries[:-1]),
        ({"kind": "trade_fee"}, [one for one in entries if one["kind"] == "trade_fee"]),
        ({"from": entries[2]["time"]}, [one for one in entries if one["time"] >= entries[2]["time"]]),
        ({"to": entries[2]["time"]}, [one for one in entries if one["time"] < entries[2]["time"]]),
    ):  # fmt: skip
        assert part
        assert pages(buyer, "/api/ledger", **query) == part
        assert table(buyer, "ledger", **query) == [
            {name: str("" if value is None else value) for name, value in one.items()} for one in part
        ]
    for query in ({"kind": "gift"}, {"from": "today"}, {"from": "9999-12-31T23:59:59-23:59"}):
        assert problem(buyer.send("GET", "/api/ledger", params=query)) == (400, "invalid_field")
        assert problem(buyer.send("GET", "/api/csv/ledger", params=query)) == (400, "invalid_field")
    assert problem(buyer.send("GET", "/api/ledger", params={"asset": "NONE"})) == (404, "asset_unknown")


def test_orders_and_fills_are_chosen_and_taken_away_whole(buyer: Person, sequence: str) -> None:
    buyer.limit("buy", "0.0101", "100", client_order_id="-1-2")
    buyer.send("DELETE", "/api/orders", params={"market": MARKET})
    looked(buyer, "/api/ledger", buyer.get("/api/balances")["sequence"])
    fills = buyer.get("/api/fills")["items"]
    orders = buyer.get("/api/orders", status="closed")["items"]
    assert len(orders) == 4
    for query, is_chosen in (
        ({}, lambda _: True),
        ({"market": MARKET, "side": "sell"}, lambda one: one["side"] == "sell"),
        ({"side": "buy", "to": fills[0]["time"]}, lambda one: one["side"] == "buy" and first(one) < fills[0]["time"]),
    ):  # fmt: skip
        for path, name, whole, more in (
            ("/api/fills", "fills", fills, {}),
            ("/api/orders", "orders", orders, {"status": "closed"}),
        ):
            part = [one for one in whole if is_chosen(one)]
            assert part
            assert pages(buyer, path, **query, **more) == part
            key = "trade_id" if name == "fills" else "id"
            assert [row[key] for row in table(buyer, name, **query)] == [one[key] for one in part]
    # What somebody chose is no formula.
    assert table(buyer, "orders")[0]["client_order_id"] == "'-1-2"
    refused = buyer.send("GET", "/api/orders", params={"side": "buy"})
    assert problem(refused) == (400, "invalid_field")


def test_a_statement_adds_up_and_is_had_as_files(buyer: Person, sequence: str) -> None:
    year = str(datetime.now(UTC).year)
    told = looked(buyer, "/api/statement", sequence, period=year, cost="fifo")
    assert (told["so_far"], told["put_in"], told["realised"]) == (True, "1000", "10")
    assert (told["opening_value"], told["from_time"]) == ("0", f"{year}-01-01T00:00:00.000000Z")
    money, lab = told["assets"]
    assert (lab["asset"], lab["opening"], lab["closing"]) == ("LAB", "0", "15")
    assert lab["movements"] == [{"kind": "trade", "came": "20", "left": "5"}]
    assert [moved["kind"] for moved in money["movements"]] == ["faucet", "trade", "trade_fee"]
    assert Decimal(money["closing"]) == Decimal(buyer.balances()["USDC"][0])
    query = {"period": year, "cost": "fifo"}
    rows = buyer.send("GET", "/api/statement/csv", params=query).text.splitlines()
    assert rows[1:3] == ["USDC,opening,,0,USDC", "USDC,came,faucet,1000,USDC"]
    assert "LAB,came,trade,20,LAB" in rows
    pdf = buyer.send("GET", "/api/statement/pdf", params=query)
    assert (pdf.headers["content-type"], pdf.content[:5]) == ("application/pdf", b"%PDF-")
    refused = buyer.send("GET", "/api/statement", params={"period": str(int(year) + 1)})
    assert problem(refused) == (400, "invalid_field")


def first(one: dict[str, Any]) -> str:
    """When a fill was, or an order closed."""
    time: str = one["time"] if "time" in one else one["updated_at"]
    return time


def pages(person: Person, path: str, **query: str) -> list[dict[str, Any]]:
    """A list to its end, by pages of two."""
    found: list[dict[str, Any]] = []
    cursor: dict[str, str] = {}
    while True:
        page = person.get(path, limit=2, **query, **cursor)
        found += page["items"]
        if page["next_cursor"] is None:
            return found
        cursor = {"cursor": page["next_cursor"]}


def table(person: Person, name: str, **query: str) -> list[dict[str, str]]:
    """What is taken away of a list."""
    answer = person.send("GET", f"/api/csv/{name}", params=query)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/csv; charset=utf-8")
    return list(csv.DictReader(answer.text.splitlines()))
