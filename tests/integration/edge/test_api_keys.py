"""API keys over HTTP: what a signature opens, what it never opens, and that its end is felt."""

from __future__ import annotations

import base64
import json
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from cse_client.keys import Ed25519Key, HmacKey
from cse_client.signing import Signing
from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

ROOT = Path(__file__).parents[3]
# A busy machine takes its time.
WINDOW_MS = 30_000
ORDER = {"market": "LAB-USDC", "side": "buy", "type": "limit", "price": "0.5", "quantity": "100"}


class Program:
    """One who holds a key and nothing else."""

    def __init__(self, client: httpx.Client, made: dict[str, Any], secret: str | None = None) -> None:
        self.client = client
        self.id: str = made["key"]["id"]
        self.signing = Signing(HmacKey(self.id, secret or made["secret"]), WINDOW_MS)

    def request(
        self, method: str, target: str, body: bytes = b"", idempotency_key: str = ""
    ) -> httpx.Request:
        headers = self.signing.headers(method, target, idempotency_key, body)
        if body:
            headers["content-type"] = "application/json"
        if idempotency_key:
            headers["idempotency-key"] = idempotency_key
        return self.client.build_request(method, target, content=body, headers=headers)

    def send(self, method: str, target: str, body: bytes = b"", key: str = "") -> httpx.Response:
        return self.client.send(self.request(method, target, body, key))


def encoded(body: object) -> bytes:
    return httpx.Request("POST", "http://x", json=body).content


def make(person: Person, *scopes: str, **fields: Any) -> dict[str, Any]:
    body = {"label": "a program", "scopes": scopes} | fields
    response = person.send("POST", "/api/keys", json=body)
    assert response.status_code == 201, response.text
    made: dict[str, Any] = response.json()
    return made


def everywhere(exchange: RunningExchange, program: Program, target: str = "/api/balances") -> set[int]:
    """What new connections, which go to whichever edge takes them, answer."""
    found = set()
    for _ in range(12):
        with httpx.Client(base_url=exchange.url) as client:
            found.add(client.send(program.request("GET", target)).status_code)
    return found


@pytest.fixture
def program(client: httpx.Client, trader: Person) -> Program:
    """A program that may read and trade for the trader."""
    return Program(client, make(trader, "read", "trade"))


def test_a_key_is_its_person_within_its_scopes(
    client: httpx.Client, trader: Person, program: Program
) -> None:
    assert program.send("GET", "/api/balances").json()["items"] == trader.get("/api/balances")["items"]
    placed = program.send("POST", "/api/orders", encoded(ORDER))
    assert placed.status_code == 201, placed.text
    order = placed.json()["order"]["id"]
    assert program.send("GET", "/api/orders?market=LAB-USDC&status=open").json()["items"][0]["id"] == order
    assert program.send("DELETE", f"/api/orders/{order}").status_code == 200
    reader = Program(client, make(trader, "read"))
    assert problem(reader.send("POST", "/api/orders", encoded(ORDER))) == (403, "scope_missing")
    assert problem(Program(client, make(trader, "trade")).send("GET", "/api/fills")) == (403, "scope_missing")


def test_a_key_makes_no_keys_and_ends_no_session(trader: Person, program: Program) -> None:
    body = encoded({"label": "another", "scopes": ["read"]})
    for method, target, sent in (
        ("POST", "/api/keys", body),
        ("GET", "/api/keys", b""),
        ("PATCH", f"/api/keys/{program.id}", encoded({"label": "other"})),
        ("DELETE", f"/api/keys/{program.id}", b""),
        ("POST", "/api/auth/sign-out", b""),
    ):
        assert problem(program.send(method, target, sent)) == (403, "person_required")
    assert [key["label"] for key in trader.get("/api/keys")["items"]] == ["a program"]
    # What the trader was given is told in the ledger's time.
    (told,) = [one for one in trader.get("/api/notifications")["items"] if one["topic"] == "security"]
    assert (told["kind"], told["facts"]["change"]) == ("credential_changed", "api_key_made")
    assert told["count"] == 1


def test_a_key_of_ones_own_signs_too_and_nothing_secret_is_kept(client: httpx.Client, trader: Person) -> None:
    private = Ed25519PrivateKey.generate()
    public = base64.b64encode(private.public_key().public_bytes_raw()).decode()
    made = make(trader, "read", algorithm="ed25519", public_key=public)
    assert (made["secret"], made["key"]["public_key"]) == (None, public)
    program = Program(client, made, "none")
    # What everybody knows signs nothing.
    for known in (public, public.encode().hex()):
        assert problem(Program(client, made, known).send("GET", "/api/balances")) == (
            401,
            "signature_invalid",
        )
    own = base64.b64encode(private.private_bytes_raw()).decode()
    program.signing = Signing(Ed25519Key(made["key"]["id"], own), WINDOW_MS)
    assert program.send("GET", "/api/balances").status_code == 200


def test_a_request_is_good_once_on_whichever_edge(exchange: RunningExchange, program: Program) -> None:
    request = program.request("POST", "/api/orders", encoded(ORDER))
    answers = []
    for _ in range(12):
        with httpx.Client(base_url=exchange.url) as client:
            answers.append(client.send(request))
    assert sorted(answer.status_code for answer in answers) == [201] + [401] * 11
    repeated = [answer for answer in answers if answer.status_code == 401]
    assert {problem(answer)[1] for answer in repeated} == {"signature_repeated"}
    # The first one came to something, so money has to be looked at.
    assert {answer.json()["money"] for answer in repeated} == {"unknown"}
    assert program.send("DELETE", "/api/orders").status_code == 200


def test_nothing_that_is_signed_can_be_another(
    client: httpx.Client, trader: Person, program: Program
) -> None:
    before = trader.state()
    other = make(trader, "read", "trade")["key"]["id"]
    request = program.request("POST", "/api/orders", encoded(ORDER), "one")
    dearer = encoded(ORDER | {"price": "5.0"})
    changes: list[dict[str, Any]] = [
        {"content": dearer},
        {"url": "/api/orders?account=1"},
        {"url": "/api/orders/replace"},
        {"headers": {"idempotency-key": "two"}},
        {"headers": {"cse-window": "20000"}},
        {"headers": {"cse-timestamp": str(int(request.headers["cse-timestamp"]) + 1)}},
        {"headers": {"cse-key": other}},
        {"headers": {"cse-signature": base64.b64encode(bytes(32)).decode()}},
        {"headers": {"authorization": "Bearer none"}},
    ]
    for change in changes:
        headers = {name: value for name, value in request.headers.items() if name != "content-length"}
        sent = client.build_request(
            change.get("method", "POST"),
            change.get("url", "/api/orders"),
            content=change.get("content", request.content),
            headers=headers | change.get("headers", {}),
        )
        assert client.send(sent).status_code in (401, 404), change
    assert trader.state() == before
    # And the request itself is as good as it was.
    assert client.send(request).status_code == 201
    assert program.send("DELETE", "/api/orders").status_code == 200


def test_a_clock_that_is_off_is_told_the_time(program: Program) -> None:
    signing = program.signing

    def signing_off_by(off_s: int) -> Signing:
        return Signing(signing.key, now=lambda: time.time() + off_s)

    for off_s in (-60, 60):
        program.signing = signing_off_by(off_s)
        refused = program.send("GET", "/api/balances")
        assert problem(refused) == (401, "timestamp_outside_window")
        told_us = int(refused.headers["cse-time"])
        assert str(told_us) in refused.json()["detail"]
        program.signing.note_time(told_us)
        assert program.send("GET", "/api/balances").status_code == 200


def test_a_key_that_is_revoked_is_refused_everywhere_within_a_second(
    exchange: RunningExchange, trader: Person, program: Program
) -> None:
    assert everywhere(exchange, program) == {200}
    assert trader.send("DELETE", f"/api/keys/{program.id}").status_code == 204
    time.sleep(1)
    assert everywhere(exchange, program) == {401}
    assert problem(program.send("POST", "/api/orders", encoded(ORDER))) == (401, "signature_invalid")
    assert trader.get("/api/keys")["items"] == []
    assert trader.get(f"/api/keys/{program.id}")["key"]["revoked_at"] is not None
    # Once more does no harm, and it is not to be had back.
    assert trader.send("DELETE", f"/api/keys/{program.id}").status_code == 204
    again = trader.send("PATCH", f"/api/keys/{program.id}", json={"label": "back"})
    assert problem(again) == (401, "api_key_ended")


def test_networks_and_end_are_changed_for_all_edges(
    exchange: RunningExchange, trader: Person, program: Program
) -> None:
    path = f"/api/keys/{program.id}"
    assert everywhere(exchange, program) == {200}
    changed = trader.send("PATCH", path, json={"allowed_networks": ["198.51.100.0/24"], "label": "far away"})
    key = changed.json()["key"]
    assert (key["label"], key["allowed_networks"]) == ("far away", ["198.51.100.0/24"])
    time.sleep(1)
    assert everywhere(exchange, program) == {403}
    refused = program.request("GET", "/api/balances")
    # A stranger does not choose where he comes from.
    refused.headers["x-forwarded-for"] = "198.51.100.7"
    assert problem(program.client.send(refused)) == (403, "address_not_allowed")
    soon = datetime.now(UTC) + timedelta(seconds=3)
    ends = {"allowed_networks": ["127.0.0.0/8", "::1"], "expires_at": soon.isoformat(timespec="seconds")}
    assert trader.send("PATCH", path, json=ends).status_code == 200
    wait_until(lambda: everywhere(exchange, program) == {401}, "it ends")
    assert problem(program.send("GET", "/api/balances")) == (401, "api_key_ended")


def test_a_key_says_what_it_may_do_and_where_its_limits_stand(program: Program, trader: Person) -> None:
    found = program.send("GET", "/api/keys/self").json()
    assert (found["key"]["id"], found["key"]["scopes"]) == (program.id, ["read", "trade"])
    assert found["key"]["account"] == trader.signed_in["account"]
    assert found["address"] == "127.0.0.1"
    limits = {limit["limit"]: limit for limit in found["limits"]}
    assert set(limits) == {"key_requests", "requests", "orders", "cancels"}
    assert all(0 < limit["left"] <= limit["at_once"] for limit in limits.values())
    assert "secret" not in str(found)
    assert problem(trader.send("GET", "/api/keys/self")) == (403, "api_key_required")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"scopes": []}, "scopes"),
        ({"scopes": ["admin"]}, "scopes"),
        ({"scopes": ["withdraw"]}, "allowed_networks"),
        ({"label": " "}, "label"),
        ({"label": "x" * 41}, "label"),
        ({"label": "a\u202eb"}, "label"),
        ({"allowed_networks": ["10.0.0.1/8"]}, "allowed_networks"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "expires_at"),
        ({"algorithm": "none"}, "algorithm"),
        ({"public_key": "AAAA"}, "public_key"),
        ({"algorithm": "ed25519"}, "public_key"),
        ({"person": "1"}, "person"),
        ({"account": "1"}, "account"),
        ({"secret": "mine"}, "secret"),
    ],
)
def test_keys_that_are_not_made(trader: Person, changed: dict[str, Any], field: str) -> None:
    body = {"label": "a program", "scopes": ["read"]} | changed
    response = trader.send("POST", "/api/keys", json=body)
    assert problem(response)[0] == 400
    assert response.json()["field"] == field
    assert trader.get("/api/keys")["items"] == []


@pytest.mark.parametrize("field", ["scopes", "account", "algorithm", "public_key", "revoked_at", "id"])
def test_nothing_else_of_a_key_can_be_changed(trader: Person, program: Program, field: str) -> None:
    before = trader.get(f"/api/keys/{program.id}")
    response = trader.send("PATCH", f"/api/keys/{program.id}", json={field: ["read", "trade", "withdraw"]})
    assert problem(response) == (400, "unknown_field")
    assert trader.get(f"/api/keys/{program.id}") == before


def test_anothers_keys_are_not_there(trader: Person, other: Person, program: Program) -> None:
    path = f"/api/keys/{program.id}"
    for method, arguments in (("GET", {}), ("PATCH", {"json": {"label": "mine"}}), ("DELETE", {})):
        assert problem(other.send(method, path, **arguments)) == (404, "api_key_unknown")
    assert program.send("GET", "/api/balances").status_code == 200
    assert problem(trader.send("GET", "/api/keys/no-id")) == (404, "api_key_unknown")


def test_there_are_so_many_keys_at_most(new_person: Callable[[], Person]) -> None:
    person = new_person()
    made = [make(person, "read")["key"]["id"] for _ in range(20)]
    refused = person.send("POST", "/api/keys", json={"label": "one more", "scopes": ["read"]})
    assert problem(refused) == (409, "api_key_limit")
    assert person.send("DELETE", f"/api/keys/{made[0]}").status_code == 204
    assert [key["id"] for key in person.get("/api/keys")["items"]] == made[:0:-1]
    make(person, "read")


def test_what_is_too_long_is_refused_before_anybody_is_looked_for(program: Program) -> None:
    assert problem(program.send("POST", "/api/orders", b"[" + b" " * 16_384)) == (413, "body_too_large")
    huge = program.request("GET", "/api/balances")
    huge.headers["cse-signature"] = "A" * 8_000
    assert problem(program.client.send(huge)) == (400, "invalid_field")


@pytest.mark.parametrize("injected", [b"\n", b"\r\n ", b"\r", b"\x00", b", ", b"\t"])
def test_a_line_within_a_header_stands_for_no_other(
    exchange: RunningExchange, program: Program, injected: bytes
) -> None:
    """The text has a line for each field, so no field may bring one of its own."""
    headers = program.request("GET", "/api/balances").headers
    timestamp = headers["cse-timestamp"].encode()
    lines = [
        b"GET /api/balances HTTP/1.1",
        b"host: here",
        b"connection: close",
        b"cse-key: " + headers["cse-key"].encode(),
        b"cse-timestamp: " + timestamp + injected + b"GET",
        b"cse-signature: " + headers["cse-signature"].encode(),
    ]
    with socket.create_connection(("127.0.0.1", exchange.port), timeout=60) as connection:
        connection.sendall(b"\r\n".join(lines) + b"\r\n\r\n")
        assert connection.makefile("rb").readline().split()[1] in (b"400", b"401")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the paper's lines need openssl")
def test_the_paper_signs_with_a_shell_alone(exchange: RunningExchange, program: Program) -> None:
    """The lines of docs/api.md as they stand there."""
    _, _, section = (ROOT / "docs" / "api.md").read_text().partition("\n### Signing\n")
    (lines,) = re.findall(r"^```sh\n(.*?)^```", section.partition("\n## ")[0], re.MULTILINE | re.DOTALL)
    assert isinstance(program.signing.key, HmacKey)
    done = subprocess.run(
        ["bash", "-c", lines],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={
            "PATH": "/usr/bin:/bin",
            "API": exchange.url,
            "KEY": program.id,
            "SECRET": program.signing.key.secret,
        },
    )
    listed, placed = done.stdout.splitlines()
    assert json.loads(listed)["items"] == [], done.stderr
    assert json.loads(placed)["order"]["status"] == "open", done.stderr
    assert program.send("DELETE", "/api/orders").status_code == 200


def test_the_last_use_is_noted_to_the_minute(trader: Person, program: Program) -> None:
    assert trader.get(f"/api/keys/{program.id}")["key"]["last_used_at"] is None
    assert program.send("GET", "/api/balances").status_code == 200

    def is_noted() -> bool:
        key = trader.get(f"/api/keys/{program.id}")["key"]
        return key["last_used_from"] == "127.0.0.1" and str(key["last_used_at"]).endswith(":00.000000Z")

    wait_until(is_noted, "the use is noted", timeout_s=60)
