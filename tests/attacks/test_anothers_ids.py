"""Another's ids on every route that takes one: answered like ids that nobody has, and nothing changes.

The table of places is in `owned.py`; a route whose place has no row there fails without a server.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import httpx
import pytest

from tests.attacks.owned import OWNED, Naming, Owned
from tests.exchange import RunningExchange, wait_until
from tests.integration.accounts.authenticator import SoftAuthenticator
from tests.papers import APPLICATION, PNG
from tests.people import Person, without_revision

pytestmark = pytest.mark.slow

MARKET: Final = "LAB-USDC"
ORGANISATION: Final = "/api/organisations/{organisation}"
ORDER: Final = {"market": MARKET, "side": "buy", "type": "limit", "price": "0.0101", "quantity": "100"}
NOBODYS: Final = {
    Owned.SESSION: "00000000-0000-4000-8000-000000000000",
    Owned.PASSKEY: "00000000-0000-4000-8000-000000000000",
    Owned.API_KEY: "00000000-0000-4000-8000-000000000000",
    Owned.ORDER: "9007199254740000",
    Owned.CLIENT_ORDER_ID: "nobodys",
    Owned.ACCOUNT: "9007199254740000",
    Owned.NOTIFICATION: "00000000-0000-4000-8000-000000000000",
    Owned.PRICE_ALERT: "00000000-0000-4000-8000-000000000000",
    Owned.EXPORT: "00000000-0000-4000-8000-000000000000",
    Owned.DOCUMENT: "00000000-0000-4000-8000-000000000000",
    Owned.ORGANISATION: "00000000-0000-4000-8000-000000000000",
    Owned.INVITATION: "00000000-0000-4000-8000-000000000000",
    Owned.MEMBER: "00000000-0000-4000-8000-000000000000",
    Owned.APPROVAL: "00000000-0000-4000-8000-000000000000",
}
# What is marked as read when it is nobody's is nothing, and there is nothing to say of it.
SILENT: Final = (Naming("POST", "/api/notifications/read", "body.id"),)
NAMED: Final = {"name": "mine now"}
AMENDED: Final = {"quantity": "1"}
# Stands for the account of whoever sends it.
SENDERS: Final = "the sender's account"
# What goes with the id: a body that would be taken of the owner.
BODIES: Final[dict[tuple[str, str], Callable[[], dict[str, Any]]]] = {
    ("PATCH", "/api/sessions/{id}"): lambda: dict(NAMED),
    ("PATCH", "/api/security/passkeys/{id}"): lambda: dict(NAMED),
    ("PATCH", "/api/keys/{id}"): lambda: {"label": "mine now", "allowed_networks": []},
    ("PATCH", "/api/orders/{id}"): lambda: dict(AMENDED),
    ("PATCH", "/api/orders/by-client-id/{client_order_id}"): lambda: dict(AMENDED),
    ("POST", "/api/orders"): lambda: dict(ORDER),
    ("POST", "/api/orders/test"): lambda: dict(ORDER),
    ("POST", "/api/orders/batch"): lambda: {"orders": [dict(ORDER)]},
    ("POST", "/api/orders/list"): lambda: {
        "kind": "oco",
        "orders": [
            {"market": MARKET, "side": "sell", "type": "limit", "price": "9", "quantity": "1"},
            {"market": MARKET, "side": "sell", "type": "stop_loss", "stop_price": "0.001", "quantity": "1"},
        ],
    },
    ("POST", "/api/orders/cancel-batch"): lambda: {"orders": [{}]},
    ("PATCH", "/api/accounts/{account}"): lambda: dict(NAMED),
    ("POST", "/api/transfers"): lambda: {
        "from_account": SENDERS,
        "to_account": SENDERS,
        "asset": "USDC",
        "amount": "1",
    },
    ("POST", "/api/keys"): lambda: {"label": "mine", "scopes": ["trade"], "accounts": [SENDERS]},
    ("POST", "/api/orders/cancel-after"): lambda: {"timeout_ms": 60_000},
    ("POST", "/api/notifications/read"): dict,
    ("POST", "/api/faucet"): lambda: {"asset": "USDC", "amount": "1"},
    ("PATCH", ORGANISATION): lambda: dict(NAMED),
    ("POST", f"{ORGANISATION}/accounts"): lambda: dict(NAMED),
    ("PATCH", f"{ORGANISATION}/accounts/{{account}}"): lambda: dict(NAMED),
    ("POST", f"{ORGANISATION}/invitations"): lambda: {
        "email": "ada@example.com",
        "member_roles": ["owner"],
    },
    ("PATCH", f"{ORGANISATION}/members/{{member}}"): lambda: {"member_roles": ["owner"]},
    ("PATCH", f"{ORGANISATION}/policy"): lambda: {
        **dict.fromkeys(("members", "policy", "keys", "transfers"), 0),
        "version": 1,
        "limits": {},
    },
    ("POST", f"{ORGANISATION}/transfers"): lambda: {
        "from_account": SENDERS,
        "to_account": "1",
        "asset": "USDC",
        "amount": "1",
    },
    ("POST", f"{ORGANISATION}/keys"): lambda: {
        "label": "mine",
        "scopes": ["trade"],
        "public_key": "A" * 42 + "E=",
        "accounts": [SENDERS],
    },
    ("POST", f"{ORGANISATION}/requests/{{request}}/approve"): lambda: {"digest": "00"},
    ("POST", f"{ORGANISATION}/requests/{{request}}/refuse"): lambda: {"reason": "mine now"},
    ("POST", "/api/orders/replace"): lambda: {"mode": "stop_on_failure", "order": dict(ORDER)},
}


@dataclass
class Owner:
    """Somebody who has one of everything."""

    person: Person
    ids: dict[Owned, str]

    def state(self) -> list[Any]:
        """All that another must leave as it is."""
        get = self.person.get
        sessions = [(one["id"], one["name"]) for one in get("/api/sessions")["items"]]
        orders = [without_revision(order) for order in get("/api/orders", status="all")["items"]]
        accounts = get("/api/accounts")["items"]
        told = [
            one["read"] for one in notifications(self.person) if one["id"] == self.ids[Owned.NOTIFICATION]
        ]
        documents = get("/api/verification")["application"]["documents"]
        there = [
            get(f"/api/organisations/{one['id']}{rest}")
            for one in get("/api/organisations")["items"]
            for rest in ("", "/requests", "/keys")
        ]
        return [
            documents,
            sessions,
            orders,
            get("/api/keys"),
            get("/api/security")["passkeys"],
            accounts,
            told,
            get("/api/price-alerts"),
            there,
        ]


def notifications(person: Person) -> list[Any]:
    """What a person is told of, on the first page."""
    found: list[Any] = person.get("/api/notifications")["items"]
    return found


@pytest.fixture(scope="module")
def owner(exchange: RunningExchange, new_person: Callable[[], Person]) -> Owner:
    person = new_person()
    person.fund("USDC", "500")
    person.fund("USDC", "500")
    person.fund("LAB", "1")
    sub_account = person.send("POST", "/api/accounts", json={"name": "mine"}).json()["account"]
    orders = [person.limit("buy", "0.01", "100", client_order_id=f"mine-{number}") for number in range(2)]
    key = person.send("POST", "/api/keys", json={"label": "a program", "scopes": ["trade"]}).json()["key"]
    authenticator = SoftAuthenticator(f"http://localhost:{exchange.port}", "localhost")
    options = person.send("POST", "/api/security/passkeys/begin").json()["public_key"]
    body = {"credential": authenticator.make(options), "name": "my key"}
    passkey = person.send("POST", "/api/security/passkeys", json=body).json()
    there = person.send("POST", "/api/organisations", json={"name": "mine"}).json()["organisation"]["id"]
    invited = {"email": f"guest-{person.email}", "member_roles": ["viewer"]}
    asked = person.send("POST", f"/api/organisations/{there}/invitations", json=invited).json()["request"]
    (invitation,) = person.get(f"/api/organisations/{there}")["invitations"]
    (session,) = person.get("/api/sessions")["items"]
    export = person.send("POST", "/api/account/exports").json()["id"]
    wanted = {"market": MARKET, "price": "9", "direction": "at_or_above"}
    alert = person.send("POST", "/api/price-alerts", json=wanted).json()
    person.send("POST", "/api/verification/application", json=APPLICATION)
    handed_in = person.send(
        "POST",
        "/api/verification/documents?kind=identity",
        content=PNG,
        headers={"content-type": "image/png"},
    ).json()
    # They come out of the ledger, in their time.
    wait_until(lambda: len(notifications(person)) > 1, "the owner is told of nothing")
    exports = "/api/account/exports"
    wait_until(lambda: person.get(exports)["items"][0]["state"] == "ready", "the archive is not made")
    ids = {
        Owned.SESSION: session["id"],
        Owned.PASSKEY: passkey["id"],
        Owned.API_KEY: key["id"],
        Owned.ORDER: orders[0]["order"]["id"],
        Owned.CLIENT_ORDER_ID: "mine-1",
        Owned.ACCOUNT: sub_account["id"],
        Owned.NOTIFICATION: notifications(person)[-1]["id"],
        Owned.PRICE_ALERT: alert["alert"]["id"],
        Owned.EXPORT: export,
        Owned.DOCUMENT: handed_in["application"]["documents"][0]["id"],
        Owned.ORGANISATION: there,
        Owned.INVITATION: invitation["id"],
        Owned.MEMBER: person.signed_in["person"],
        Owned.APPROVAL: asked["id"],
    }
    assert all(isinstance(one, str) and one for one in ids.values())
    return Owner(person, ids)


@pytest.fixture(scope="module")
def stranger(new_person: Callable[[], Person]) -> Person:
    """Who has an organisation as well, within which another's things are looked for."""
    person = new_person()
    assert person.send("POST", "/api/organisations", json={"name": "other"}).status_code == 201
    person.fund("USDC", "1000")
    person.fund("LAB", "1000")
    return person


def put(body: dict[str, Any], place: str, value: str) -> None:
    """Writes a value to a field such as `orders[].id`."""
    first, _, rest = place.partition(".")
    if first.endswith("[]"):
        if not rest:
            body[first[:-2]] = [value]
            return
        for one in body[first[:-2]]:
            put(one, rest, value)
    elif rest:
        put(body[first], rest, value)
    else:
        body[first] = value


def ask(person: Person, naming: Naming, id_: str) -> tuple[int, Any]:
    """Status of the answer, and what of it does not name the request or the id."""
    make = BODIES.get((naming.method, naming.path))
    body = None if make is None else make()
    where, _, field = naming.place.partition(".")
    if where == "body":
        assert body is not None
        put(body, field, id_)
    for name in [name for name, value in (body or {}).items() if value == SENDERS]:
        put(body or {}, name, senders_account(person, naming))
    path = naming.path.replace(where, id_) if where.startswith("{") else naming.path
    if "{organisation}" in path:
        path = path.replace("{organisation}", path_of(person, naming).split("/")[3])
    chosen = {field: id_} if where == "query" else {}
    answer = person.send(
        naming.method, path, params=chosen, headers={"Idempotency-Key": f"for {id_}".replace(" ", "-")},
        **({} if body is None else {"json": body}),
    )  # fmt: skip
    if naming in SILENT and answer.status_code == HTTPStatus.NO_CONTENT:
        return answer.status_code, []
    found = answer.json()
    # A batch answers for each part; of something that was done there is no refusal, and the test fails.
    said = [part["refusal"] for part in found["items"]] if answer.is_success else [found]
    return answer.status_code, [problem_of(one) for one in said]


def problem_of(said: dict[str, Any]) -> tuple[str, str | None]:
    return said["code"], said.get("field")


OF_IDS: Final = [naming for naming, owned in OWNED.items() if owned is not Owned.PLACE_IN_LIST]
OF_LISTS: Final = [naming for naming, owned in OWNED.items() if owned is Owned.PLACE_IN_LIST]


@pytest.mark.parametrize("naming", OF_IDS, ids=" ".join)
def test_anothers_is_answered_like_what_nobody_has_and_stays_as_it_is(
    owner: Owner, stranger: Person, naming: Naming
) -> None:
    before, mine_before = owner.state(), stranger.state()
    owned = OWNED[naming]
    of_another, of_nobody = (ask(stranger, naming, ids[owned]) for ids in (owner.ids, NOBODYS))
    assert of_another == of_nobody
    status, codes = of_another
    assert status == 404 or all(code.endswith("_unknown") for code, _ in codes)
    assert owner.state() == before
    assert stranger.state() == mine_before


@pytest.mark.parametrize("naming", OF_LISTS, ids=" ".join)
def test_a_place_in_anothers_list_is_a_place_in_ones_own(
    owner: Owner, stranger: Person, naming: Naming
) -> None:
    theirs_path, path = (path_of(person, naming) for person in (owner.person, stranger))
    first = owner.person.get(theirs_path, limit=1)
    theirs = {str(item["id"]) for item in owner.person.get(theirs_path)["items"]}
    cursor = first.get("next_cursor") or next_cursor_of(owner.person, naming)
    if cursor is None:
        assert not first["items"], "a list of one page has no place to try"
        return
    answer: httpx.Response = stranger.send("GET", path, params={"cursor": cursor})
    assert answer.status_code == 200, answer.text
    assert not theirs & {str(item["id"]) for item in answer.json()["items"]}


def next_cursor_of(person: Person, naming: Naming) -> str | None:
    found: str | None = person.get(path_of(person, naming), limit=1)["next_cursor"]
    return found


def senders_account(person: Person, naming: Naming) -> str:
    """The sender's main account, or that of their organisation where it is about one."""
    if "{organisation}" not in naming.path:
        return str(person.signed_in["account"])
    (there,) = person.get("/api/organisations")["items"]
    return str(there["accounts"][0]["id"])


def path_of(person: Person, naming: Naming) -> str:
    """The path of a list, of the person's own organisation where it is one's."""
    if "{organisation}" not in naming.path:
        return naming.path
    (there,) = person.get("/api/organisations")["items"]
    return naming.path.replace("{organisation}", there["id"])
