"""Calls about one of a person's accounts say which in their query, and no others do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cse_client import CseClient, HmacKey
from cse_client.accounts import about_account, is_about_account, without_account
from tests.unit.client.scripted import Recorded, answer

API = json.loads((Path(__file__).parents[3] / "clients" / "openapi.json").read_text())


def test_the_requests_that_are_about_an_account_are_those_of_the_description() -> None:
    # An operator names anybody's account there, and never acts for one.
    own = {path: found for path, found in API["paths"].items() if not path.startswith("/api/admin/")}
    for path, operations in own.items():
        for method, operation in operations.items():
            named = {(one["name"], one["in"]) for one in operation["parameters"]}
            found = is_about_account(method.upper(), re.sub(r"\{\w+\}", "5", path))
            assert found == (("account", "query") in named), (method, path)


@pytest.mark.parametrize(
    ("method", "target", "account", "said"),
    [
        ("GET", "/api/orders", "21", "/api/orders?account=21"),
        ("GET", "/api/orders?status=open", "21", "/api/orders?status=open&account=21"),
        ("DELETE", "/api/orders/by-client-id/a%2Fb", "21", "/api/orders/by-client-id/a%2Fb?account=21"),
        ("GET", "/api/orders", None, "/api/orders"),
        ("GET", "/api/markets", "21", "/api/markets"),
        ("POST", "/api/transfers", "21", "/api/transfers"),
    ],
)
def test_a_target_says_which_account_it_is_about(
    method: str, target: str, account: str | None, said: str
) -> None:
    assert about_account(method, target, account) == said
    assert without_account(said) == (account if said != target else None, target)


async def test_clients_of_several_accounts_share_all_but_that() -> None:
    nothing: dict[str, Any] = {"items": [], "organisations": [], "next_cursor": None, "sequence": "9"}
    transport = Recorded(answer(nothing))
    main = CseClient("http://x", transport=transport, key=HmacKey("k", "s"))
    other = main.for_account("21")
    assert (main.account, other.account, other.signing) == (None, "21", main.signing)
    await other.balances()
    await main.balances()
    await other.accounts()
    await other.transfers(limit=5)
    assert transport.asked == [
        ("GET", "/api/balances?account=21"),
        ("GET", "/api/balances"),
        ("GET", "/api/accounts"),
        ("GET", "/api/transfers?limit=5&account=21"),
    ]
