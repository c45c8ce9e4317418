"""People who have something to trade with, clients of theirs, and a book that is left as it was found."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pyotp
import pytest

from tests.exchange import RunningExchange
from tests.integration.edge.published import ccxt_client, made_key, python_binance_client
from tests.people import Person


@pytest.fixture(scope="module")
def new_operator(exchange: RunningExchange, new_person: Callable[[], Person]) -> Callable[..., Person]:
    """Makes an operator at the exchange's own machine."""

    def new(*roles: str) -> Person:
        person = new_person()
        secret = person.send("POST", "/api/security/totp").json()["secret"]
        code = pyotp.TOTP(secret).now()
        assert person.send("POST", "/api/security/totp/confirm", json={"code": code}).status_code == 200
        chosen = [word for role in roles for word in ("--role", role)]
        # Of the e-mail it is not known yet that it is theirs.
        assert exchange.admin("operator", "add", person.email, *chosen).returncode == 1
        done = exchange.admin("operator", "add", person.signed_in["person"], *chosen)
        assert done.returncode == 0, done.stderr
        assert done.stdout == f"{person.signed_in['person']} is {', '.join(sorted(roles))}.\n"
        return person

    return new


@pytest.fixture
def trader(new_person: Callable[[], Person]) -> Person:
    """A new person with 100,000 USDC and 100,000 LAB."""
    person = new_person()
    person.fund("USDC", "100000")
    person.fund("LAB", "100000")
    return person


@pytest.fixture
def other(new_person: Callable[[], Person]) -> Person:
    """Another one like `trader`."""
    person = new_person()
    person.fund("USDC", "100000")
    person.fund("LAB", "100000")
    return person


@pytest.fixture
def quiet(trader: Person, other: Person) -> Iterator[None]:
    """Leaves the market's book as it was found."""
    yield
    for person in (trader, other):
        assert person.send("DELETE", "/api/orders").status_code == 200


@pytest.fixture
def python_binance(exchange: RunningExchange, trader: Person, quiet: None) -> Iterator[Any]:
    """python-binance with a key of the trader."""
    client = python_binance_client(exchange.url, *made_key(trader, "read", "trade"))
    yield client
    client.close_connection()


@pytest.fixture
def ccxt_binance(exchange: RunningExchange, trader: Person, quiet: None) -> Iterator[Any]:
    """ccxt with a key of the trader."""
    client = ccxt_client(exchange.url, *made_key(trader, "read", "trade"))
    yield client
    client.session.close()
