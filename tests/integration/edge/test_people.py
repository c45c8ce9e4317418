"""What operators see of people and do about them, over HTTP on two edges."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import aiohttp
import httpx
import pytest

from tests.exchange import RunningExchange, wait_until
from tests.integration.edge.test_api_keys import Program, make
from tests.people import PASSWORD, Person, problem

TIMEOUT_S = 90.0
WHY = {"reason": "a stolen phone"}


@pytest.fixture(scope="module")
def operator(new_operator: Callable[..., Person]) -> Person:
    return new_operator("head")


def path_of(person: Person, more: str = "") -> str:
    return f"/api/admin/people/{person.signed_in['person']}{more}"


def sign_in(person: Person) -> httpx.Response:
    return person.client.post("/api/auth/sign-in", json={"email": person.email, "password": PASSWORD})


def test_people_are_found_by_email_account_and_id(operator: Person, new_person: Callable[[], Person]) -> None:
    person = new_person()
    for sought in (person.email[:-4].upper(), person.signed_in["account"], person.signed_in["person"]):
        found = operator.get("/api/admin/people", sought=sought)["items"]
        assert [one["email"] for one in found if one["email"] == person.email] == [person.email]
    assert operator.get("/api/admin/people", sought="person%")["items"] == []
    assert problem(operator.send("GET", "/api/admin/people", params={"sought": "pe"})) == (
        400,
        "invalid_field",
    )


def looks(exchange: RunningExchange, person: Person) -> int:
    """How many looks at a person are recorded."""
    done = exchange.admin("audit", "export", "--act", "person.viewed")
    return done.stdout.count(person.signed_in["person"])


def test_each_look_at_a_person_is_recorded(
    exchange: RunningExchange, operator: Person, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    operator.get(path_of(person))
    assert looks(exchange, person) == 1
    operator.get(path_of(person, "/timeline"))
    assert looks(exchange, person) == 2


def test_a_person_is_shown_with_their_past(operator: Person, trader: Person) -> None:
    placed = trader.limit("buy", "0.5", "100")["order"]["id"]
    assert trader.send("DELETE", f"/api/orders/{placed}").status_code == 200
    detail = operator.get(path_of(trader))
    assert detail["person"]["email"] == trader.email
    assert (detail["methods"], detail["sessions"], detail["roles"]) == (["password"], 1, [])
    assert {one["asset"]: one["available"] for one in detail["balances"]}["LAB"] == "100000"

    def past() -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = []
        cursor: dict[str, str] = {}
        while True:
            page = operator.get(path_of(trader, "/timeline"), limit=2, **cursor)
            items += page["items"]
            if page["next_cursor"] is None:
                return items
            cursor = {"cursor": page["next_cursor"]}

    wait_until(lambda: any(one["order"] for one in past()), "the order is in the ledger")
    items = past()
    kinds = ["order" if one["order"] else "transfer" if one["transfer"] else "event" for one in items]
    assert kinds.index("order") < kinds.index("transfer")
    assert len({one["reference"] for one in items}) == len(items)
    assert [one["order"]["id"] for one in items if one["order"]] == [placed]
    transfers = [one["transfer"] for one in items if one["transfer"]]
    assert {(one["asset"], one["amount"], one["reason"]) for one in transfers} == {
        ("USDC", "100000", "faucet"),
        ("LAB", "100000", "faucet"),
    }
    acts = [one["event"]["act"] for one in items if one["event"]]
    assert acts.count("faucet.given") == 2
    assert {"person.added", "session.begun"} <= set(acts)
    # That it was looked at is recorded, and not told to whom it was about.
    own = trader.get("/api/security/events")["items"]
    assert not {"person.viewed", "people.searched"} & {one["act"] for one in own}


@pytest.mark.parametrize("cursor", ["", "x", "__", "a_1.1_", "_1.x_", f"_{1 << 63}.1_", "_1_1.1"])
def test_a_cursor_of_nobodys_is_refused_or_the_beginning(
    operator: Person, new_person: Callable[[], Person], cursor: str
) -> None:
    answer = operator.send("GET", path_of(new_person(), "/timeline"), params={"cursor": cursor})
    if cursor == "__":
        assert answer.status_code == 200
    else:
        assert problem(answer) == (400, "invalid_cursor")


async def test_a_freeze_is_felt_by_every_request_and_open_socket(
    exchange: RunningExchange, operator: Person, trader: Person, new_operator: Callable[..., Person]
) -> None:
    program = Program(trader.client, make(trader, "read", "trade"))
    assert program.send("GET", "/api/balances").status_code == 200
    trader.limit("buy", "0.5", "100")
    async with aiohttp.ClientSession() as http:
        sockets = [await http.ws_connect(f"{exchange.url}{path}") for path in ("/ws/orders", "/ws")]
        for socket in sockets:
            await socket.send_json(
                {"op": "authenticate", "id": "1", "access_token": trader.signed_in["access_token"]}
            )
            await told(socket, lambda said: said.get("op") == "authenticated")
        await sockets[1].send_json({"op": "subscribe", "id": "2", "channels": ["user.orders"]})
        await told(sockets[1], lambda said: said.get("op") == "subscribed")
        body = {**WHY, "open_orders": "cancel"}
        frozen = await asyncio.to_thread(operator.send, "POST", path_of(trader, "/freeze"), json=body)
        assert frozen.status_code == 200, frozen.text
        for socket in sockets:
            await told(socket, lambda said: said.get("code") == "session_ended")
    detail = frozen.json()
    assert (detail["account_frozen"], detail["open_orders"], detail["sessions"]) == (True, 0, 0)
    assert (detail["frozen_reason"], detail["person"]["frozen_since"] is None) == (WHY["reason"], False)
    for _ in range(4):
        assert problem(trader.send("GET", "/api/balances")) == (401, "not_authenticated")

    def is_refused() -> bool:
        return program.send("GET", "/api/balances").status_code == 401

    wait_until(is_refused, "no process takes the key")
    assert problem(sign_in(trader)) == (403, "sign_in_frozen")

    asked = operator.send("POST", path_of(trader, "/unfreeze"), json=WHY)
    assert asked.status_code == 202, asked.text
    assert problem(sign_in(trader)) == (403, "sign_in_frozen")
    approve = f"/api/admin/requests/{asked.json()['id']}/approve"
    assert problem(operator.send("POST", approve)) == (403, "own_request")
    # What was asked for before there was another reason is not about that one.
    other, worse = new_operator("security"), {"reason": "money of others", "open_orders": "cancel"}
    assert operator.send("POST", path_of(trader, "/freeze"), json=worse).status_code == 200
    assert problem(other.send("POST", approve)) == (409, "version_outdated")
    assert problem(sign_in(trader)) == (403, "sign_in_frozen")
    asked = operator.send("POST", path_of(trader, "/unfreeze"), json=WHY)
    approve = f"/api/admin/requests/{asked.json()['id']}/approve"
    assert other.send("POST", approve).json()["state"] == "approved"
    freed = operator.get(path_of(trader))
    assert (freed["account_frozen"], freed["person"]["frozen_since"]) == (False, None)
    again = Person(trader.client, trader.email, sign_in(trader).json())
    again.limit("buy", "0.5", "100")
    assert program.send("DELETE", "/api/orders").status_code == 200
    # Who was frozen sees that, and neither why nor from where.
    own = [one for one in again.get("/api/security/events")["items"] if one["actor"] == "operator"]
    assert {one["act"] for one in own} == {"person.frozen", "person.unfrozen", "session.ended"}
    assert all(one["address"] is None and "reason" not in one["details"] for one in own)


def test_orders_of_a_frozen_person_are_kept_where_that_is_asked(operator: Person, trader: Person) -> None:
    trader.limit("buy", "0.5", "100")
    body = {**WHY, "open_orders": "keep"}
    assert operator.send("POST", path_of(trader, "/freeze"), json=body).json()["open_orders"] == 1


def test_nobody_freezes_themselves_and_support_no_operator(
    operator: Person, new_operator: Callable[..., Person], new_person: Callable[[], Person]
) -> None:
    support = new_operator("support", "market")
    for act, body in (("/freeze", WHY), ("/unfreeze", WHY), ("/fee-tier", {"tier": 1})):
        assert problem(operator.send("POST", path_of(operator, act), json=body)) == (403, "not_to_oneself")
    assert problem(support.send("POST", path_of(operator, "/freeze"), json=WHY)) == (403, "role_missing")
    person = new_person()
    assert support.send("POST", path_of(person, "/freeze"), json=WHY).status_code == 200
    assert problem(support.send("POST", path_of(person, "/unfreeze"), json=WHY)) == (403, "role_missing")
    unknown = "/api/admin/people/00000000-0000-7000-8000-000000000000/freeze"
    assert problem(support.send("POST", unknown, json=WHY)) == (404, "not_found")


def test_to_who_has_closed_their_account_nothing_is_done(
    operator: Person, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    assert operator.get(path_of(person))["person"]["closed_since"] is None
    assert person.send("POST", "/api/account/closing").status_code == 204
    assert operator.get(path_of(person))["person"]["closed_since"] is not None
    for act, body in (("/freeze", WHY), ("/unfreeze", WHY), ("/fee-tier", {"tier": 1})):
        assert problem(operator.send("POST", path_of(person, act), json=body)) == (404, "account_unknown")


def test_all_accounts_of_a_person_are_seen_and_put_into_a_fee_tier(
    exchange: RunningExchange, operator: Person, new_person: Callable[[], Person]
) -> None:
    person = new_person()
    person.fund("USDC", "10")
    sub = person.send("POST", "/api/accounts", json={"name": "aside"}).json()["account"]["id"]
    body = {"from_account": person.signed_in["account"], "to_account": sub, "asset": "USDC", "amount": "9"}
    moved = person.send("POST", "/api/transfers", json=body, headers={"Idempotency-Key": "aside"})
    assert moved.status_code == 201, moved.text
    order = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.01", "quantity": "100"}
    assert person.send("POST", "/api/orders", json=order, params={"account": sub}).status_code == 201
    detail = operator.get(path_of(person))
    (held,) = detail["balances"]
    assert Decimal(held["available"]) + Decimal(held["locked"]) == 10
    assert detail["open_orders"] == 1
    assert operator.send("POST", path_of(person, "/fee-tier"), json={"tier": 3}).json()["fee_tier"] == 3
    later = person.send("POST", "/api/accounts", json={"name": "later"}).json()["account"]["id"]
    assert [person.get("/api/fees", account=one)["tier"] for one in (sub, later)] == [3, 3]
    assert exchange.admin("account", "tier", person.email, "4").returncode == 0
    assert [person.get("/api/fees", account=one)["tier"] for one in (sub, later)] == [4, 4]
    assert problem(operator.send("POST", path_of(person, "/fee-tier"), json={"tier": -1}))[0] == 400


async def told(socket: aiohttp.ClientWebSocketResponse, wanted: Callable[[dict[str, Any]], bool]) -> None:
    """Returns once the socket has said what is wanted."""
    async with asyncio.timeout(TIMEOUT_S):
        async for message in socket:
            if message.type is aiohttp.WSMsgType.TEXT and wanted(json.loads(message.data)):
                return
    raise AssertionError("the socket closed without a word of it")


def test_the_machine_looks_at_people_and_each_look_is_recorded(
    exchange: RunningExchange, operator: Person, trader: Person
) -> None:
    person, account = trader.signed_in["person"], trader.signed_in["account"]
    found = exchange.admin("account", "find", account)
    assert found.stdout == f"{person}  {trader.email}  account {account}\n", found.stderr
    shown = exchange.admin("account", "show", trader.email).stdout
    assert {"LAB  100000 available, 0 locked", "fee tier 0; signs in by password"} <= set(shown.splitlines())
    wait_until(lambda: "faucet" in str(operator.get(path_of(trader, "/timeline"), limit=1)), "it is there")
    page = exchange.admin("account", "timeline", person, "--limit", "1").stdout.splitlines()
    more = page[-1].removeprefix("There is more: ").split()
    rest = exchange.admin("account", "timeline", person, *more).stdout
    assert "person.added by visitor" in rest
    assert page[0] not in rest
    looked = operator.get("/api/admin/audit", act="person.viewed", subject=person)["items"]
    assert sum(one["actor_name"] != operator.signed_in["person"] for one in looked) == 3
    assert exchange.admin("account", "show", "nobody@example.com").returncode == 1
