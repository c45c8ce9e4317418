"""Play money: each key gives once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from tests.people import Person, problem


@pytest.fixture
def person(new_person: Callable[[], Person]) -> Person:
    return new_person()


def ask(person: Person, key: str | None, asset: str = "USDC", amount: Any = "100") -> httpx.Response:
    headers = {} if key is None else {"Idempotency-Key": key}
    return person.send("POST", "/api/faucet", json={"asset": asset, "amount": amount}, headers=headers)


def test_a_key_gives_once_and_always_answers_the_same(
    person: Person, new_person: Callable[[], Person]
) -> None:
    first = ask(person, "K")
    assert first.status_code == 201
    for amount in ("100", "100.00"):
        again = ask(person, "K", amount=amount)
        assert (again.status_code, again.text) == (201, first.text)
    assert problem(ask(person, "K", amount="200")) == (409, "idempotency_key_conflict")
    assert problem(ask(person, "K", asset="LAB")) == (409, "idempotency_key_conflict")
    assert person.balances() == {"USDC": ("100", "0")}
    another = new_person()
    assert ask(another, "K", amount="7").status_code == 201
    assert another.balances() == {"USDC": ("7", "0")}


def test_fifty_at_once_with_one_key_give_once(person: Person) -> None:
    with ThreadPoolExecutor(50) as threads:
        answers = list(threads.map(lambda _: ask(person, "K2"), range(50)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.text for answer in answers}) == 1
    assert person.balances() == {"USDC": ("100", "0")}


def test_a_day_has_a_limit_and_a_refused_key_may_be_used_again(person: Person) -> None:
    assert ask(person, "a", "BTC", "60").status_code == 201
    refused = ask(person, "b", "BTC", "40.00000001")
    assert problem(refused) == (429, "faucet_limit")
    assert "100 of BTC" in refused.json()["detail"]
    assert ask(person, "b", "BTC", "40").status_code == 201
    assert problem(ask(person, "c", "BTC", "0.00000001")) == (429, "faucet_limit")
    assert problem(ask(person, "d", "USDC", "1000000.000001")) == (429, "faucet_limit")
    assert person.balances() == {"BTC": ("100", "0")}


@pytest.mark.parametrize(
    ("asset", "amount", "status", "code"),
    [
        ("NOPE", "1", 404, "asset_unknown"),
        ("usdc", "1", 404, "asset_unknown"),
        ("USDC", "0", 400, "number_out_of_range"),
        ("USDC", "-1", 400, "invalid_decimal"),
        ("USDC", 1, 400, "invalid_decimal"),
        ("USDC", "0.0000001", 400, "too_many_decimals"),
        ("USDC", "9" * 30, 400, "number_out_of_range"),
    ],
)
def test_what_is_refused_gives_nothing(
    person: Person, asset: str, amount: Any, status: int, code: str
) -> None:
    assert problem(ask(person, "K", asset, amount)) == (status, code)
    assert person.balances() == {}


@pytest.mark.parametrize("key", [None, "", "a b", "x" * 65])
def test_a_key_is_needed(person: Person, key: str | None) -> None:
    assert problem(ask(person, key)) == (400, "idempotency_key_missing")
