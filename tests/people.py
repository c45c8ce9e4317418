"""People of a running exchange, as programs that use the public API alone."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from tests.exchange import RunningExchange

PASSWORD = "a long pass phrase"
_numbers = itertools.count(1)


@dataclass
class Person:
    """One who has signed up, and holds a token."""

    client: httpx.Client
    email: str
    signed_in: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.signed_in['access_token']}"}

    def send(self, method: str, path: str, **arguments: Any) -> httpx.Response:
        headers = self.headers | arguments.pop("headers", {})
        return self.client.request(method, path, headers=headers, **arguments)

    def get(self, path: str, **parameters: Any) -> Any:
        response = self.send("GET", path, params=parameters)
        assert response.status_code == 200, response.text
        return response.json()

    def fund(self, asset: str, amount: str) -> None:
        key = f"{self.email}-{next(_numbers)}"
        response = self.send(
            "POST", "/api/faucet", json={"asset": asset, "amount": amount}, headers={"Idempotency-Key": key}
        )
        assert response.status_code == 201, response.text

    def place(self, **order: Any) -> httpx.Response:
        return self.send("POST", "/api/orders", json=order)

    def limit(self, side: str, price: str, quantity: str, **order: Any) -> dict[str, Any]:
        """Places a limit order that must be taken; returns the whole answer."""
        market = order.pop("market", "LAB-USDC")
        response = self.place(market=market, side=side, type="limit", price=price, quantity=quantity, **order)
        assert response.status_code == 201, response.text
        answer: dict[str, Any] = response.json()
        return answer

    def balances(self) -> dict[str, tuple[str, str]]:
        items = self.get("/api/balances")["items"]
        return {item["asset"]: (item["available"], item["locked"]) for item in items}

    def state(self) -> tuple[Any, ...]:
        """What a refused request must leave as it was."""
        return (
            self.balances(),
            [without_revision(order) for order in self.get("/api/orders", status="all")["items"]],
            self.get("/api/fills")["items"],
        )


def without_revision(order: dict[str, Any]) -> dict[str, Any]:
    """An order but for as of when it was read."""
    return {name: value for name, value in order.items() if name != "revision"}


@pytest.fixture(scope="session")
def client(exchange: RunningExchange) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=exchange.url, timeout=60) as client:
        yield client


@pytest.fixture(scope="session")
def new_person(client: httpx.Client) -> Callable[[], Person]:
    """Signs a new person up."""

    def new() -> Person:
        email = f"person-{os.getpid()}-{next(_numbers)}@example.com"
        body = {"email": email, "password": PASSWORD, "display_name": "A person"}
        response = client.post("/api/auth/sign-up", json=body)
        assert response.status_code == 201, response.text
        return Person(client, email, response.json())

    return new


def problem(response: httpx.Response) -> tuple[int, str]:
    """Status and code of a refusal, which must be well formed."""
    assert response.headers["content-type"] == "application/problem+json", response.text
    found = response.json()
    assert found["status"] == response.status_code
    assert found["detail"]
    assert "{" not in found["detail"], found["detail"]
    assert "cse-sequence" in response.headers
    return response.status_code, found["code"]
