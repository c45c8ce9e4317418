"""Organisations: several persons act for one owner of accounts, each as far as the roles go."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Final

import aiohttp
import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cse.audit.acts import Act
from cse_client.keys import Ed25519Key
from cse_client.signing import Signing
from tests.audited_routes import AUDITED
from tests.exchange import RunningExchange, wait_until
from tests.integration.edge.mailbox import await_mails
from tests.integration.edge.organisation import Fund, founded, staffed, verified
from tests.integration.edge.test_api_keys import WINDOW_MS, Program, encoded, everywhere
from tests.people import Person, problem

pytestmark = pytest.mark.slow

MARKET: Final = "LAB-USDC"
BUY: Final = {"market": MARKET, "side": "buy", "type": "limit", "price": "0.0101", "quantity": "100"}
ROLES: Final = ("viewer", "trader", "treasurer", "approver", "approver2")
NO_ROLE: Final = (403, "member_role_missing")


@pytest.fixture(scope="module")
def fund(client: httpx.Client, new_person: Callable[[], Person]) -> Fund:
    """One for all of this file: a test leaves its members and its policy as they were."""
    fund = staffed(client, new_person, *ROLES)
    given = fund.owner.send(
        "POST", "/api/faucet", params={"account": fund.main}, headers={"Idempotency-Key": fund.id},
        json={"asset": "USDC", "amount": "1000"},
    )  # fmt: skip
    assert given.status_code == 201, given.text
    assert fund.send(fund.owner, "POST", "/accounts", name="Reserve").status_code == 201
    assert fund.send(fund.owner, "PATCH", "", name="Northern Fund").status_code == 200
    reserve = fund.owner.get(fund.path)["organisation"]["accounts"][1]["id"]
    for act in ("archive", "restore"):
        assert fund.send(fund.owner, "POST", f"/accounts/{reserve}/{act}").status_code == 200
    assert fund.send(fund.owner, "PATCH", f"/accounts/{reserve}", name="Savings").status_code == 200
    return fund


@pytest.fixture(scope="module")
def stranger(new_person: Callable[[], Person]) -> Person:
    return new_person()


def available(person: Person, account: str) -> str:
    items = person.get("/api/balances", account=account)["items"]
    return next((item["available"] for item in items if item["asset"] == "USDC"), "0")


def savings_of(fund: Fund) -> str:
    accounts = fund.owner.get(fund.path)["organisation"]["accounts"]
    return next(str(one["id"]) for one in accounts if one["name"] == "Savings")


def move(fund: Fund, who: Person, amount: str, key: str) -> httpx.Response:
    return fund.send(
        who, "POST", "/transfers",
        key=key, from_account=fund.main, to_account=savings_of(fund), asset="USDC", amount=amount,
    )  # fmt: skip


def test_its_accounts_are_its_own_and_no_member_s(fund: Fund) -> None:
    owner, trader = fund.owner, fund.members["trader"]
    assert owner.signed_in["account"] != fund.main
    assert [one["id"] for one in owner.get("/api/organisations")["items"]] == [fund.id]
    (there,) = trader.get("/api/organisations")["items"]
    assert (there["roles"], there["accounts"][0]["kind"]) == (["trader"], "main")
    assert [one["account"]["kind"] for one in owner.get("/api/accounts")["items"]] == ["main"]
    assert available(trader, fund.main) == "1000"
    # Self-trade prevention is over all accounts of the organisation, whoever places.
    body = {**BUY, "side": "sell", "type": "limit"}
    assert problem(trader.send("POST", "/api/orders", json=body, params={"account": fund.main})) == (
        422, "insufficient_funds",
    )  # fmt: skip


@pytest.mark.parametrize("role", ["owner", *ROLES[:-1]])
def test_what_each_role_may(fund: Fund, role: str) -> None:
    """The same acts for each; none of them changes anything that another looks at."""
    who = fund.owner if role == "owner" else fund.members[role]
    mine = {"params": {"account": fund.main}}
    does_all = role == "owner"  # Who has made it has all roles.
    assert available(who, fund.main)
    assert who.get("/api/orders", account=fund.main)["items"] is not None
    placed = who.send("POST", "/api/orders", json=BUY, **mine)
    assert problem(placed) == NO_ROLE if role not in ("trader", "owner") else placed.status_code == 201
    cancelled = who.send("DELETE", "/api/orders", **mine)
    assert problem(cancelled) == NO_ROLE if role not in ("trader", "owner") else cancelled.is_success
    for allowed, method, rest, body in (
        ({"treasurer"}, "POST", "/transfers", {"from_account": fund.main, "to_account": fund.main,
                                               "asset": "USDC", "amount": "1"}),
        (set[str](), "POST", "/accounts", {"name": ""}),
        (set[str](), "POST", "/invitations", {"email": fund.owner.email, "member_roles": ["viewer"]}),
        (set[str](), "DELETE", "/invitations/0", {}),
        (set[str](), "PATCH", "/policy", {"version": 99, "members": 0, "policy": 0, "keys": 0,
                                          "transfers": 0, "limits": {}}),
        ({"approver"}, "GET", "/log", {}),
        ({"trader"}, "POST", "/keys", {"label": "a", "scopes": ["trade"], "accounts": ["9"],
                                       "public_key": "A" * 43 + "="}),
    ):  # fmt: skip
        answer = fund.send(who, method, rest, **body)
        refused = answer.status_code == 403 and answer.json()["code"] == "member_role_missing"
        # A body that cannot be is refused before anybody's role is looked at.
        before = answer.status_code == 400
        assert before or refused == (role not in allowed and not does_all), (rest, answer.text)


def test_a_stranger_finds_no_organisation_and_none_of_its_accounts(fund: Fund, stranger: Person) -> None:
    for method, rest, body in (
        ("GET", "", {}), ("GET", "/requests", {}), ("GET", "/keys", {}), ("GET", "/log", {}),
        ("POST", "/leave", {}), ("POST", "/accounts", {"name": "mine"}),
        ("POST", "/invitations", {"email": stranger.email, "member_roles": ["owner"]}),
        ("DELETE", f"/members/{fund.owner.signed_in['person']}", {}),
    ):  # fmt: skip
        assert problem(fund.send(stranger, method, rest, **body)) == (404, "organisation_unknown")
    for account in (fund.main, "4000000000"):
        assert problem(stranger.send("GET", "/api/balances", params={"account": account})) == (
            404, "account_unknown",
        )  # fmt: skip
        answer = stranger.send("POST", "/api/orders", json=BUY, params={"account": account})
        assert problem(answer) == (404, "account_unknown")


def test_an_invitation_is_for_whom_it_was_sent_to_and_says_nothing_of_who_that_is(
    fund: Fund, client: httpx.Client, new_person: Callable[[], Person], stranger: Person
) -> None:
    guest = new_person()
    nobody = f"nobody-{guest.email}"
    asked = [
        fund.ask(fund.owner, "POST", "/invitations", email=email, member_roles=["viewer"])
        for email in (guest.email, nobody)
    ]
    assert len({(one["state"], one["act"], frozenset(one["facts"])) for one in asked}) == 1
    await_mails(client, nobody, "/organisations#")
    body = {"json": {"token": fund.link(guest)}}
    look, accept = "/api/organisation-invitation", "/api/organisation-invitation/accept"
    assert problem(stranger.send("POST", accept, **body)) == (403, "link_of_another")
    assert problem(guest.send("POST", accept, **body)) == (403, "email_not_verified")
    verified(client, guest)
    assert guest.send("POST", look, **body).json()["name"] == "Northern Fund"
    open_ = {one["email"]: one["id"] for one in fund.owner.get(fund.path)["invitations"]}
    assert set(open_) == {guest.email, nobody}
    for invitation in open_.values():
        assert fund.send(fund.owner, "DELETE", f"/invitations/{invitation}").status_code == 204
    assert problem(guest.send("POST", accept, **body)) == (401, "link_ended")
    fund.join(guest, "viewer")
    assert problem(guest.send("POST", accept, **body)) == (401, "link_ended")
    assert fund.send(guest, "POST", "/leave").status_code == 204
    assert problem(guest.send("GET", fund.path)) == (404, "organisation_unknown")


def test_who_may_invite_no_more_has_invited_nobody(
    fund: Fund, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    second, guest = (verified(client, new_person()) for _ in range(2))
    fund.join(second, "owner")
    path = f"/members/{second.signed_in['person']}"
    fund.ask(second, "POST", "/invitations", email=guest.email, member_roles=["owner"])
    body = {"json": {"token": fund.link(guest)}}
    assert guest.send("POST", "/api/organisation-invitation", **body).status_code == 200
    assert fund.ask(fund.owner, "PATCH", path, member_roles=["trader"])["state"] == "done"
    assert fund.owner.get(fund.path)["invitations"] == []
    accepted = guest.send("POST", "/api/organisation-invitation/accept", **body)
    assert problem(accepted) == (401, "link_ended")
    assert fund.ask(fund.owner, "DELETE", path)["state"] == "done"


def test_the_last_owner_stays(client: httpx.Client, stranger: Person) -> None:
    alone = founded(client, stranger, "One Person")
    me = stranger.signed_in["person"]
    assert problem(alone.send(stranger, "POST", "/leave")) == (409, "last_owner")
    assert problem(alone.send(stranger, "DELETE", f"/members/{me}")) == (409, "last_owner")
    changed = alone.send(stranger, "PATCH", f"/members/{me}", member_roles=["viewer"])
    assert problem(changed) == (409, "last_owner")
    assert problem(alone.set_policy(stranger, members=1)) == (409, "policy_out_of_reach")
    in_the_way = stranger.get("/api/account/closing")["in_the_way"]
    assert in_the_way == ["organisations"]


def test_what_the_policy_says_takes_others_and_never_who_asks(fund: Fund) -> None:
    owner, treasurer = fund.owner, fund.members["treasurer"]
    first, second = fund.members["approver"], fund.members["approver2"]
    assert fund.set_policy(owner, transfers=2, limits={"USDC": "100.5"}).status_code == 202
    try:
        # Up to the limit within a day by one, and then not a unit more.
        done = move(fund, treasurer, "100", "first").json()["request"]
        assert (done["state"], done["needed"]) == ("done", 0)
        again = move(fund, treasurer, "100", "first").json()["request"]
        assert again["id"] == done["id"]
        assert problem(move(fund, treasurer, "99", "first")) == (409, "idempotency_key_conflict")
        assert available(treasurer, savings_of(fund)) == "100"
        asked = move(fund, treasurer, "0.6", "second").json()["request"]
        assert (asked["state"], asked["needed"]) == ("open", 2)
        assert problem(fund.approve(treasurer, asked)) == NO_ROLE
        for digest in ("00", "", "é", asked["digest"].upper()):
            other = fund.approve(first, {**asked, "digest": digest})
            assert problem(other) == (409, "version_outdated"), digest
        assert fund.approve(first, asked).json()["request"]["state"] == "open"
        # The same person twice is one.
        assert fund.approve(first, asked).json()["request"]["state"] == "open"
        assert available(treasurer, savings_of(fund)) == "100"
        found = fund.approve(second, asked).json()["request"]
        assert (found["state"], len(found["approvals"])) == ("done", 2)
        assert available(treasurer, savings_of(fund)) == "100.6"
        assert problem(fund.approve(second, asked)) == (409, "request_closed")
        # Who asks is an approver like others, but not of this: the owner has every role.
        own = move(fund, owner, "200", "third").json()["request"]
        assert problem(fund.approve(owner, own)) == (403, "own_request")
        refusal = {"reason": "too much"}
        refused = fund.send(first, "POST", f"/requests/{own['id']}/refuse", **refusal).json()["request"]
        assert (refused["state"], refused["decision_reason"]) == ("refused", "too much")
        taken_back = move(fund, treasurer, "200", "fourth").json()["request"]
        assert problem(fund.send(owner, "DELETE", f"/requests/{taken_back['id']}")) == (
            404, "approval_unknown",
        )  # fmt: skip
        assert fund.send(treasurer, "DELETE", f"/requests/{taken_back['id']}").status_code == 204
    finally:
        assert fund.set_policy(owner, transfers=0, limits={}).status_code == 202


def test_what_was_asked_for_under_another_policy_is_not_done(fund: Fund) -> None:
    owner, treasurer, first = fund.owner, fund.members["treasurer"], fund.members["approver"]
    assert fund.set_policy(owner, transfers=1).status_code == 202
    asked = move(fund, treasurer, "1", "under-one").json()["request"]
    before = available(treasurer, savings_of(fund))
    assert fund.set_policy(owner, transfers=0).status_code == 202
    assert problem(fund.approve(first, asked)) == (409, "version_outdated")
    found = next(one for one in owner.get(f"{fund.path}/requests")["items"] if one["id"] == asked["id"])
    assert found["state"] == "outdated"
    assert available(treasurer, savings_of(fund)) == before
    policy = owner.get(fund.path)["policy"]
    old = fund.send(owner, "PATCH", "/policy", **{**policy, "version": policy["version"] - 1})
    assert problem(old) == (409, "version_outdated")


def test_of_two_approvals_at_once_one_is_the_last(fund: Fund) -> None:
    owner, treasurer = fund.owner, fund.members["treasurer"]
    approvers = [fund.members["approver"], fund.members["approver2"]]
    assert fund.set_policy(owner, transfers=1).status_code == 202
    before = float(available(treasurer, savings_of(fund)))
    asked = move(fund, treasurer, "3", "at-once").json()["request"]
    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(lambda who: fund.approve(who, asked), approvers))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    assert float(available(treasurer, savings_of(fund))) == before + 3
    assert fund.set_policy(owner, transfers=0).status_code == 202


def test_who_is_no_approver_any_more_does_not_count(fund: Fund) -> None:
    owner, treasurer = fund.owner, fund.members["treasurer"]
    first, second = fund.members["approver"], fund.members["approver2"]
    assert fund.set_policy(owner, transfers=2).status_code == 202
    asked = move(fund, treasurer, "5", "counted").json()["request"]
    assert fund.approve(second, asked).status_code == 200
    path = f"/members/{second.signed_in['person']}"
    # While the policy wants two, nobody may take one of the two away; the owner is the third.
    assert fund.send(owner, "PATCH", path, member_roles=["viewer"]).status_code == 202
    found = fund.approve(first, asked).json()["request"]
    assert (found["state"], [one["counts"] for one in found["approvals"]]) == ("open", [False, True])
    assert problem(fund.approve(second, asked)) == NO_ROLE
    # At the same moment as a removal it is done or it is not, and never by who is gone.
    with ThreadPoolExecutor(2) as pool:
        removed = pool.submit(
            fund.send, owner, "PATCH", f"/members/{first.signed_in['person']}", member_roles=["viewer"]
        )
        approved = pool.submit(fund.approve, owner, asked)
    assert removed.result().status_code in (202, 409)
    state = next(one for one in owner.get(f"{fund.path}/requests")["items"] if one["id"] == asked["id"])
    counting = sum(one["counts"] for one in state["approvals"])
    assert (approved.result().json()["request"]["state"] == "done") == (state["state"] == "done")
    assert state["state"] == "done" or counting < 2
    assert fund.set_policy(owner, transfers=0).status_code == 202
    for person in (first, second):
        back = fund.send(owner, "PATCH", f"/members/{person.signed_in['person']}", member_roles=["approver"])
        assert back.status_code == 202, back.text


def test_members_and_policy_are_changed_by_as_many_as_the_policy_says(
    fund: Fund, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    owner, first = fund.owner, fund.members["approver"]
    assert fund.set_policy(owner, members=1, policy=1).status_code == 202
    guest = verified(client, new_person())
    asked = fund.ask(owner, "POST", "/invitations", email=guest.email, member_roles=["trader"])
    assert asked["state"] == "open"
    assert fund.owner.get(fund.path)["invitations"] == []
    told = next(one for one in first.get("/api/notifications")["items"] if one["kind"] == "approval_wanted")
    assert (told["facts"]["name"], told["facts"]["act"]) == ("Northern Fund", "invite")
    await_mails(client, first.email, "/organisations\n")
    assert fund.approve(first, asked).json()["request"]["state"] == "done"
    answer = guest.send("POST", "/api/organisation-invitation/accept", json={"token": fund.link(guest)})
    assert answer.status_code == 200
    back = fund.set_policy(owner, members=0, policy=0).json()["request"]
    assert back["state"] == "open"
    # Whoever asked and may not ask any more does nothing by another's approval.
    assert fund.approve(first, back).json()["request"]["state"] == "done"
    removed = fund.ask(owner, "DELETE", f"/members/{guest.signed_in['person']}")
    assert removed["state"] == "done"


def test_a_key_is_the_organisation_s_and_acts_as_its_maker_may_until_they_are_gone(
    fund: Fund, exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    owner, first = fund.owner, fund.members["approver"]
    trader = verified(client, new_person())
    fund.join(trader, "trader")
    me = f"/members/{trader.signed_in['person']}"
    assert fund.set_policy(owner, keys=1).status_code == 202
    private = Ed25519PrivateKey.generate()
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    own = base64.b64encode(private.private_bytes_raw()).decode()
    body = {"label": "a program", "public_key": public, "accounts": [fund.main]}
    assert problem(fund.send(owner, "POST", "/keys", **{**body, "accounts": ["7"]}, scopes=["read"])) == (
        404, "account_unknown",
    )  # fmt: skip
    asked = fund.ask(trader, "POST", "/keys", **body, scopes=["read", "trade"])
    assert (asked["state"], fund.owner.get(f"{fund.path}/keys")["items"]) == ("open", [])
    assert fund.approve(first, asked).json()["request"]["state"] == "done"
    assert fund.set_policy(owner, keys=0).status_code == 202
    (listed,) = fund.owner.get(f"{fund.path}/keys")["items"]
    assert (listed["key"]["scopes"], listed["own"]) == (["read", "trade"], False)
    assert trader.get("/api/keys")["items"] == []
    program = Program(client, {"key": listed["key"]}, "unused")
    program.signing = Signing(Ed25519Key(program.id, own), WINDOW_MS)
    assert everywhere(exchange, program) == {200}
    (held,) = program.send("GET", "/api/accounts").json()["items"]
    assert held["account"]["id"] == fund.main
    assert program.send("POST", "/api/orders", encoded(BUY)).status_code == 201
    assert program.send("DELETE", "/api/orders").status_code == 200
    assert problem(program.send("GET", fund.path)) == (403, "person_required")
    assert fund.send(owner, "PATCH", me, member_roles=["viewer"]).status_code == 202
    wait_until(
        lambda: problem(program.send("POST", "/api/orders", encoded(BUY))) == (403, "scope_missing"),
        "the key does no more than its maker",
    )
    assert fund.ask(owner, "DELETE", me)["state"] == "done"
    wait_until(lambda: everywhere(exchange, program) == {401}, "the key is gone with its maker")
    assert fund.owner.get(f"{fund.path}/keys")["items"] == []
    # What only reads takes nobody else, whatever the policy says; one's own is revoked at once.
    assert fund.ask(owner, "POST", "/keys", **body, scopes=["read"])["state"] == "done"
    (listed,) = fund.owner.get(f"{fund.path}/keys")["items"]
    assert problem(fund.send(first, "DELETE", f"/keys/{listed['key']['id']}")) == NO_ROLE
    assert fund.send(owner, "DELETE", f"/keys/{listed['key']['id']}").status_code == 204


def test_a_removed_member_s_sockets_end_and_every_edge_knows(
    fund: Fund, exchange: RunningExchange, client: httpx.Client, new_person: Callable[[], Person]
) -> None:
    trader = verified(client, new_person())
    fund.join(trader, "trader")
    sign_in = {
        "op": "authenticate", "id": "1", "access_token": trader.signed_in["access_token"],
        "account": fund.main,
    }  # fmt: skip

    async def listen() -> list[Any]:
        told: list[Any] = []
        async with aiohttp.ClientSession() as http:
            async with (
                http.ws_connect(f"{exchange.url}/ws/orders") as orders,
                http.ws_connect(f"{exchange.url}/ws") as streams,
            ):
                for socket in (orders, streams):
                    await socket.receive_json()
                    await socket.send_json(sign_in)
                    assert (await socket.receive_json())["op"] == "authenticated"
                await streams.send_json({"op": "subscribe", "id": "2", "channels": ["user.balances"]})
                removal = asyncio.to_thread(
                    fund.ask, fund.owner, "DELETE", f"/members/{trader.signed_in['person']}"
                )
                assert (await removal)["state"] == "done"
                for socket in (orders, streams):
                    while True:
                        message = await socket.receive(timeout=30)
                        if message.type is not aiohttp.WSMsgType.TEXT:
                            break
                        found = message.json()
                        if found.get("code") == "membership_changed":
                            told.append(found)
                            break
        return told

    assert len(asyncio.run(listen())) == 2

    def is_gone() -> bool:
        answers = [trader.send("GET", "/api/balances", params={"account": fund.main}) for _ in range(8)]
        return all(answer.status_code == 404 for answer in answers)

    wait_until(is_gone, "a removed member is unknown at every edge")


def test_all_of_it_is_in_the_log_that_owners_and_approvers_read(fund: Fund) -> None:
    found, cursor = [], None
    while True:
        after: dict[str, str] = {} if cursor is None else {"cursor": cursor}
        page = fund.members["approver"].get(f"{fund.path}/log", limit=100, **after)
        found += page["items"]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    acts = {one["act"] for one in found}
    expected = {act for route, act in AUDITED.items() if route[1].startswith("/api/organisation")}
    assert expected <= acts
    by_owner = {one["name"] for one in found if one["act"] == Act.ORGANISATION_MADE}
    assert by_owner == {"A person"}
    assert problem(fund.send(fund.members["viewer"], "GET", "/log")) == NO_ROLE
