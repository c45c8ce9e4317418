"""Sub-accounts: each an account of the core, with balances, orders and keys of its own."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any, Final

import httpx
import pytest

from cse.accounts.sub_accounts.service import IN_USE_MAX
from tests.exchange import RunningExchange
from tests.integration.edge.test_api_keys import Program, encoded, make
from tests.people import Person, problem

pytestmark = pytest.mark.slow

_keys: Final = itertools.count(1)


@pytest.fixture
def person(new_person: Callable[[], Person]) -> Person:
    return new_person()


def opened(person: Person, name: str) -> str:
    answer = person.send("POST", "/api/accounts", json={"name": name})
    assert answer.status_code == 201, answer.text
    account: str = answer.json()["account"]["id"]
    return account


def move(person: Person, debit: str, credit: str, amount: str, key: str | None = None) -> httpx.Response:
    body = {"from_account": debit, "to_account": credit, "asset": "USDC", "amount": amount}
    headers = {"Idempotency-Key": key or f"move-{next(_keys)}"}
    return person.send("POST", "/api/transfers", json=body, headers=headers)


def held(person: Person) -> dict[str, dict[str, str]]:
    """What each account has available, by its id."""
    return {
        one["account"]["id"]: {balance["asset"]: balance["available"] for balance in one["balances"]}
        for one in person.get("/api/accounts")["items"]
    }


def main_of(person: Person) -> str:
    account: str = person.signed_in["account"]
    return account


def test_accounts_are_opened_named_and_listed_with_what_they_have(person: Person) -> None:
    main = main_of(person)
    person.fund("USDC", "1000")
    first, second = opened(person, "Market making"), opened(person, "  Long   term ")
    assert move(person, main, first, "300").status_code == 201
    items = person.get("/api/accounts")["items"]
    assert [(one["account"]["id"], one["account"]["kind"], one["account"]["name"]) for one in items] == [
        (main, "main", None), (first, "sub", "Market making"), (second, "sub", "Long term"),
    ]  # fmt: skip
    assert held(person) == {main: {"USDC": "700"}, first: {"USDC": "300"}, second: {}}
    taken = person.send("POST", "/api/accounts", json={"name": "long TERM"})
    assert problem(taken) == (409, "account_name_taken")
    renamed = person.send("PATCH", f"/api/accounts/{second}", json={"name": "Savings"})
    assert renamed.json()["account"]["name"] == "Savings"
    assert problem(person.send("PATCH", f"/api/accounts/{main}", json={"name": "x"})) == (
        409, "account_is_main",
    )  # fmt: skip
    for name in ("", " ", "a" * 41, "a\u202eb"):
        assert problem(person.send("POST", "/api/accounts", json={"name": name})) == (400, "invalid_field")


def test_there_are_so_many_at_a_time(person: Person) -> None:
    accounts = [opened(person, f"number {number}") for number in range(IN_USE_MAX)]
    assert problem(person.send("POST", "/api/accounts", json={"name": "more"})) == (409, "account_limit")
    assert person.send("POST", f"/api/accounts/{accounts[0]}/archive").status_code == 200

    def open_one(name: str) -> int:
        return person.send("POST", "/api/accounts", json={"name": name}).status_code

    with ThreadPoolExecutor(6) as threads:
        said = list(threads.map(open_one, [f"one of {number}" for number in range(6)]))
    assert sorted(said) == [201, *[409] * 5]
    assert problem(person.send("POST", f"/api/accounts/{accounts[0]}/restore")) == (409, "account_limit")


def test_orders_and_reads_are_those_of_the_chosen_account(person: Person) -> None:
    main, sub = main_of(person), opened(person, "a strategy")
    person.fund("USDC", "1000")
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "100"}
    of_sub = {"account": sub}
    poor = person.send("POST", "/api/orders", json=order, params=of_sub)
    assert problem(poor) == (422, "insufficient_funds")
    assert move(person, main, sub, "10").status_code == 201
    placed = [
        person.send("POST", "/api/orders", json=order | {"client_order_id": "same"}, params=chosen).json()
        for chosen in ({}, of_sub, of_sub)
    ]
    of_main_id, of_sub_id, repeated = (one["order"]["id"] for one in placed)
    assert of_main_id != of_sub_id == repeated
    for chosen, mine, other in (({}, of_main_id, of_sub_id), (of_sub, of_sub_id, of_main_id)):
        assert [one["id"] for one in person.get("/api/orders", **chosen)["items"]] == [mine]
        for method in ("GET", "DELETE"):
            assert problem(person.send(method, f"/api/orders/{other}", params=chosen)) == (
                404, "order_unknown",
            )  # fmt: skip
    (of_order,) = person.get("/api/balances", account=sub)["items"]
    assert Decimal(of_order["locked"]) > 0
    assert Decimal(of_order["available"]) + Decimal(of_order["locked"]) == 10
    # What an order says of its account must be what the request is about.
    mismatched = person.send("POST", "/api/orders", json=order | {"account": main}, params=of_sub)
    assert problem(mismatched) == (404, "account_unknown")
    assert person.send("DELETE", "/api/orders", params=of_sub).json()["cancelled"] == 1
    assert len(person.get("/api/orders")["items"]) == 1


def test_what_the_core_was_asked_for_is_not_said_to_have_not_happened_while_the_replica_is_away(
    exchange: RunningExchange, person: Person
) -> None:
    main, sub = main_of(person), opened(person, "before")
    person.fund("USDC", "10")
    with exchange.stopped("replica"):
        unheard = move(person, main, sub, "4", key="unheard")
        assert problem(unheard) == (503, "outcome_unknown")
        opening = person.send("POST", "/api/accounts", json={"name": "unheard"})
        assert problem(opening) == (503, "outcome_unknown")
    assert move(person, main, sub, "4", key="unheard").status_code == 201
    balances = held(person)
    assert (balances[main], balances[sub]) == ({"USDC": "6"}, {"USDC": "4"})
    assert len(balances) == 3


def test_a_transfer_happens_once_for_each_key_and_both_accounts_tell_of_it(person: Person) -> None:
    main, sub = main_of(person), opened(person, "other")
    person.fund("USDC", "100")
    first, again = (move(person, main, sub, "40.50", key="once") for _ in range(2))
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    transfer = first.json()["transfer"]
    assert {name: transfer[name] for name in ("reason", "asset", "amount", "from_account", "to_account")} == {
        "reason": "own_accounts", "asset": "USDC", "amount": "40.5", "from_account": main, "to_account": sub,
    }  # fmt: skip
    assert problem(move(person, main, sub, "40", key="once")) == (409, "idempotency_key_conflict")
    assert held(person) == {main: {"USDC": "59.5"}, sub: {"USDC": "40.5"}}
    of_sub, of_main = (person.get("/api/transfers", account=one) for one in (sub, main))
    assert of_sub["items"] == [transfer]
    assert of_main["items"][0] == transfer
    given = of_main["items"][1]
    assert (given["reason"], given["from_account"], given["to_account"]) == ("faucet", None, main)
    page = person.get("/api/transfers", limit=1)
    rest = person.get("/api/transfers", limit=1, cursor=page["next_cursor"])
    assert [*page["items"], *rest["items"]] == of_main["items"]
    assert rest["next_cursor"] is None


def test_never_more_than_is_available_is_moved(person: Person) -> None:
    main, sub = main_of(person), opened(person, "other")
    person.fund("USDC", "100")
    person.limit("buy", "0.01", "5000")
    available = Decimal(person.balances()["USDC"][0])
    assert 0 < available <= 50
    for debit, credit, amount, said in (
        (main, sub, str(available + Decimal("0.000001")), (422, "insufficient_funds")),
        (sub, main, "0.000001", (422, "insufficient_funds")),
        (main, main, "1", (400, "invalid_field")),
        (main, sub, "0", (400, "number_out_of_range")),
        (main, sub, "-1", (400, "invalid_decimal")),
        (main, "1", "1", (404, "account_unknown")),
        ("1", main, "1", (404, "account_unknown")),
    ):
        assert problem(move(person, debit, credit, amount)) == said
    assert held(person) == {main: {"USDC": str(available)}, sub: {}}
    assert move(person, main, sub, str(available)).status_code == 201


def test_transfers_at_once_lose_nothing_and_make_nothing(person: Person) -> None:
    accounts = [main_of(person), *(opened(person, f"number {number}") for number in range(3))]
    person.fund("USDC", "100")
    ways = list(itertools.permutations(accounts, 2)) * 3
    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(lambda way: move(person, way[0], way[1], "17.000001"), ways))
        seen = list(threads.map(lambda _: held(person), range(20)))
    assert {answer.status_code for answer in answers} <= {201, 422}
    sums = [sum(Decimal(one.get("USDC", "0")) for one in found.values()) for found in seen]
    assert sums == [100] * len(seen)
    done = sum(answer.status_code == 201 for answer in answers)
    told = [len(person.get("/api/transfers", account=one, limit=500)["items"]) for one in accounts]
    assert sum(told) == 2 * done + 1


def test_transfers_beside_orders_for_all_the_money_spend_it_once(person: Person) -> None:
    main, sub = main_of(person), opened(person, "other")
    person.fund("USDC", "100")
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "9000"}

    def spend(number: int) -> httpx.Response:
        if number % 2:
            return move(person, main, sub, "90")
        return person.send("POST", "/api/orders", json=order)

    with ThreadPoolExecutor(12) as threads:
        answers = list(threads.map(spend, range(24)))
    assert sorted(answer.status_code for answer in answers) == [201, *[422] * 23]
    assert {problem(answer)[1] for answer in answers if answer.status_code == 422} == {"insufficient_funds"}
    balances = [
        one for account in (main, sub) for one in person.get("/api/balances", account=account)["items"]
    ]
    assert sum(Decimal(one["available"]) + Decimal(one["locked"]) for one in balances) == 100


def test_fifty_at_once_with_one_key_are_one_transfer(person: Person) -> None:
    main, sub = main_of(person), opened(person, "other")
    person.fund("USDC", "100")
    with ThreadPoolExecutor(16) as threads:
        answers = list(threads.map(lambda _: move(person, main, sub, "1", "one-key"), range(50)))
    assert {answer.status_code for answer in answers} <= {200, 201, 409}
    assert len({answer.json()["transfer"]["id"] for answer in answers if answer.is_success}) == 1
    assert held(person) == {main: {"USDC": "99"}, sub: {"USDC": "1"}}


def test_only_what_is_empty_is_archived_and_then_takes_nothing(person: Person) -> None:
    main, sub = main_of(person), opened(person, "for a while")
    person.fund("USDC", "100")
    move(person, main, sub, "10")
    archive, restore = f"/api/accounts/{sub}/archive", f"/api/accounts/{sub}/restore"
    assert problem(person.send("POST", archive)) == (409, "account_not_empty")
    move(person, sub, main, "10")
    archived = person.send("POST", archive)
    assert archived.json()["account"]["archived_at"] is not None
    assert person.send("POST", archive).status_code == 200
    assert problem(move(person, main, sub, "1")) == (409, "account_archived")
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "100"}
    assert problem(person.send("POST", "/api/orders", json=order, params={"account": sub})) == (
        403, "account_frozen",
    )  # fmt: skip
    # Its past can still be read, and its name is free.
    assert len(person.get("/api/transfers", account=sub)["items"]) == 2
    other = opened(person, "for a while")
    assert problem(person.send("POST", restore)) == (409, "account_name_taken")
    assert person.send("PATCH", f"/api/accounts/{other}", json={"name": "other"}).status_code == 200
    assert person.send("POST", restore).json()["account"]["archived_at"] is None
    assert move(person, main, sub, "1").status_code == 201
    assert problem(person.send("POST", f"/api/accounts/{main}/archive")) == (409, "account_is_main")


def keyed(person: Person, scopes: list[str], accounts: list[str]) -> Callable[..., httpx.Response]:
    """Sends requests signed by a new key for these accounts."""
    made = make(person, *scopes, accounts=accounts)
    assert (made["key"]["account"], made["key"]["accounts"]) == (accounts[0], accounts)
    program = Program(person.client, made)

    def send(method: str, target: str, body: Any = None, key: str = "") -> httpx.Response:
        return program.send(method, target, b"" if body is None else encoded(body), key)

    return send


def test_a_key_is_for_the_accounts_that_it_names(person: Person) -> None:
    main, first, second = main_of(person), opened(person, "first"), opened(person, "second")
    person.fund("USDC", "100")
    move(person, main, first, "10")
    send = keyed(person, ["read", "trade"], [first, second])
    assert [one["account"]["id"] for one in send("GET", "/api/accounts").json()["items"]] == [first, second]
    assert send("GET", "/api/balances").json()["items"][0]["available"] == "10"
    assert send("GET", f"/api/balances?account={second}").json()["items"] == []
    for account in (main, "1", "4000000000"):
        assert problem(send("GET", f"/api/balances?account={account}")) == (404, "account_unknown")
    body = {"from_account": first, "to_account": second, "asset": "USDC", "amount": "4"}
    assert send("POST", "/api/transfers", body, "by-key").status_code == 201
    for wrong in ({"to_account": main}, {"from_account": main}):
        assert problem(send("POST", "/api/transfers", body | wrong, "wrong")) == (404, "account_unknown")
    # Nor does it learn what somebody else has moved, by asking for it again.
    moved = {"from_account": main, "to_account": first, "asset": "USDC", "amount": "5"}
    assert move(person, main, first, "5", key="anothers").status_code == 201
    assert problem(send("POST", "/api/transfers", moved, "anothers")) == (404, "account_unknown")
    assert move(person, first, main, "5").status_code == 201
    reader = keyed(person, ["read"], [main])
    assert problem(reader("POST", "/api/transfers", body, "reads")) == (403, "scope_missing")
    assert [one["account"]["id"] for one in reader("GET", "/api/accounts").json()["items"]] == [main]
    assert held(person) == {main: {"USDC": "90"}, first: {"USDC": "6"}, second: {"USDC": "4"}}
