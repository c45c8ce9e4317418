"""Accounts of an organisation are named, archived and restored; an operator freezes all of them."""

from __future__ import annotations

import itertools
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.exchange import RunningExchange
from tests.integration.edge.organisation import Fund, staffed
from tests.people import Person, problem

pytestmark = pytest.mark.slow

BUY: Final = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.0101", "quantity": "100"}
FROZEN: Final = (403, "account_frozen")
_keys: Final = itertools.count(1)


@pytest.fixture(scope="module")
def fund(client: httpx.Client, new_person: Callable[[], Person]) -> Fund:
    """An organisation with a trader and with money on its main account."""
    fund = staffed(client, new_person, "trader")
    given = fund.owner.send(
        "POST", "/api/faucet", params={"account": fund.main}, headers={"Idempotency-Key": fund.id},
        json={"asset": "USDC", "amount": "1000"},
    )  # fmt: skip
    assert given.status_code == 201, given.text
    return fund


def accounts(fund: Fund) -> dict[str | None, dict[str, Any]]:
    """Those of the organisation by their names."""
    return {one["name"]: one for one in fund.owner.get(fund.path)["organisation"]["accounts"]}


def opened(fund: Fund, name: str) -> str:
    assert fund.send(fund.owner, "POST", "/accounts", name=name).status_code == 201
    return str(accounts(fund)[name]["id"])


def move(fund: Fund, debit: str, credit: str) -> httpx.Response:
    body = {"from_account": debit, "to_account": credit, "asset": "USDC", "amount": "1"}
    return fund.send(fund.owner, "POST", "/transfers", key=f"move-{next(_keys)}", **body)


def buy(who: Person, account: str) -> httpx.Response:
    return who.send("POST", "/api/orders", json=BUY, params={"account": account})


def archive(fund: Fund, account: str) -> httpx.Response:
    return fund.send(fund.owner, "POST", f"/accounts/{account}/archive")


def restore(fund: Fund, account: str) -> httpx.Response:
    return fund.send(fund.owner, "POST", f"/accounts/{account}/restore")


def test_an_owner_names_the_organisation_and_its_accounts(fund: Fund) -> None:
    trader, account = fund.members["trader"], opened(fund, "First")
    assert fund.send(fund.owner, "PATCH", "", name="  Southern   Fund ").is_success
    assert [one["name"] for one in trader.get("/api/organisations")["items"]] == ["Southern Fund"]
    assert fund.send(fund.owner, "PATCH", f"/accounts/{account}", name="Second").is_success
    assert set(accounts(fund)) == {None, "Second"}
    for path, name, refusal in (
        ("", "", (400, "invalid_field")),
        (f"/accounts/{account}", "x" * 41, (400, "invalid_field")),
        (f"/accounts/{fund.main}", "Main", (409, "account_is_main")),
        (f"/accounts/{fund.owner.signed_in['account']}", "Mine", (404, "account_unknown")),
    ):
        assert problem(fund.send(fund.owner, "PATCH", path, name=name)) == refusal
    opened(fund, "Third")
    taken = fund.send(fund.owner, "PATCH", f"/accounts/{account}", name="THIRD")
    assert problem(taken) == (409, "account_name_taken")
    for path in ("", f"/accounts/{account}"):
        assert problem(fund.send(trader, "PATCH", path, name="Ours")) == (403, "member_role_missing")
    for act in ("archive", "restore"):
        refused = fund.send(trader, "POST", f"/accounts/{account}/{act}")
        assert problem(refused) == (403, "member_role_missing")


def test_an_archived_account_takes_part_in_nothing_until_it_is_restored(fund: Fund) -> None:
    trader, account = fund.members["trader"], opened(fund, "Closed")
    assert problem(archive(fund, fund.main)) == (409, "account_is_main")
    assert move(fund, fund.main, account).is_success
    assert problem(archive(fund, account)) == (409, "account_not_empty")
    assert move(fund, account, fund.main).is_success
    assert archive(fund, account).is_success
    assert archive(fund, account).is_success
    assert accounts(fund)["Closed"]["archived_at"] is not None
    assert problem(buy(trader, account)) == FROZEN
    assert problem(move(fund, fund.main, account)) == (404, "account_unknown")
    public = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    key = {"label": "a", "scopes": ["read"], "accounts": [account], "public_key": b64encode(public).decode()}
    assert problem(fund.send(fund.owner, "POST", "/keys", **key)) == (404, "account_unknown")
    # Its name is free, and it comes back under one that is.
    opened(fund, "Closed")
    assert problem(restore(fund, account)) == (409, "account_name_taken")
    assert fund.send(fund.owner, "PATCH", f"/accounts/{account}", name="Opened").is_success
    assert restore(fund, account).is_success
    assert accounts(fund)["Opened"]["archived_at"] is None
    assert move(fund, fund.main, account).is_success
    assert problem(buy(trader, account)) == (422, "insufficient_funds")


def test_money_that_comes_while_an_account_is_archived_is_not_lost(fund: Fund) -> None:
    account = opened(fund, "Contested")
    for _ in range(3):
        with ThreadPoolExecutor(2) as pool:
            moving = pool.submit(move, fund, fund.main, account)
            archiving = pool.submit(archive, fund, account)
        moved, archived = moving.result(), archiving.result()
        # Not both: what is archived is empty.
        assert [moved.is_success, archived.is_success].count(True) == 1, (moved.text, archived.text)
        assert (accounts(fund)["Contested"]["archived_at"] is None) == moved.is_success
        undone = move(fund, account, fund.main) if moved.is_success else restore(fund, account)
        assert undone.is_success, undone.text


def test_of_a_frozen_organisation_no_member_places_or_moves_anything(
    fund: Fund, exchange: RunningExchange
) -> None:
    owner, trader = fund.owner, fund.members["trader"]
    account, archived = opened(fund, "Other"), opened(fund, "Away")
    assert archive(fund, archived).is_success
    resting = buy(trader, fund.main)
    assert resting.status_code == 201, resting.text
    listed = exchange.run("admin", "organisation", "list", trader.email)
    assert f"{fund.id}  " in listed.stdout
    why = ("--reason", "an enquiry")
    frozen = exchange.run("admin", "organisation", "freeze", fund.id, *why)
    assert frozen.returncode == 0, frozen.stdout + frozen.stderr
    try:
        for who in (owner, trader):
            assert problem(buy(who, fund.main)) == FROZEN
            assert who.get("/api/orders", account=fund.main)["items"] == []
            assert who.get(fund.path)["organisation"]["frozen"]
        assert problem(move(fund, fund.main, account)) == FROZEN
        for refused in (
            fund.send(owner, "POST", "/accounts", name="Escape"),
            restore(fund, archived),
            archive(fund, account),
        ):
            assert problem(refused) == FROZEN
        # Members are nobody's but their own: what they have beside it goes on.
        assert problem(trader.send("POST", "/api/orders", json=BUY)) == (422, "insufficient_funds")
    finally:
        free = exchange.run("admin", "organisation", "unfreeze", fund.id, *why)
    assert free.returncode == 0, free.stdout + free.stderr
    assert not owner.get(fund.path)["organisation"]["frozen"]
    assert buy(trader, fund.main).status_code == 201
    assert trader.send("DELETE", "/api/orders", params={"account": fund.main}).is_success
    assert problem(buy(trader, archived)) == FROZEN
    items = owner.get(f"{fund.path}/log")["items"]
    done = [one for one in items if one["act"].endswith("frozen")]
    assert [(one["act"], one["person"]) for one in done] == [
        ("organisation.unfrozen", None), ("organisation.frozen", None),
    ]  # fmt: skip
    # Why is for operators alone.
    assert not any("reason" in one["details"] for one in done)
    unknown = exchange.run("admin", "organisation", "freeze", "00000000-0000-4000-8000-000000000000", *why)
    assert unknown.returncode != 0
