"""Operators over HTTP: signing in by two steps, and an address that for everybody else is none."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import httpx
import pyotp
import pytest

from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

TEXTS = {"en": "Charts are slow.", "ar": "المخططات بطيئة."}


@pytest.fixture(scope="module")
def operator(exchange: RunningExchange, client: httpx.Client) -> Person:
    """The demo's operator, signed in as the file in the data directory allows."""
    file = exchange.data / "secrets" / "demo-operator.json"
    wait_until(lambda: file.exists() and json.loads(file.read_text())["ready"], "the demo's operator")
    kept = json.loads(file.read_text())
    body = {"email": kept["email"], "password": kept["password"]}
    asked = client.post("/api/auth/sign-in", json=body)
    assert problem(asked) == (401, "second_factor_required")
    # The code of this step was the one that made the authenticator count.
    totp = pyotp.TOTP(kept["totp_secret"])
    code = totp.generate_otp(totp.timecode(datetime.now(UTC)) + 1)
    answer = {"challenge": asked.json()["challenge"], "code": code}
    signed_in = client.post("/api/auth/sign-in/code", json=answer)
    assert signed_in.status_code == 200, signed_in.text
    return Person(client, kept["email"], signed_in.json())


@pytest.fixture
def incident(operator: Person) -> Iterator[dict[str, Any]]:
    """An incident that everybody is told of."""
    told = operator.send("POST", "/api/admin/incidents", json={"severity": "degraded", "texts": TEXTS})
    assert told.status_code == 201, told.text
    yield told.json()
    operator.send("DELETE", "/api/admin/incidents/current")


def test_the_demos_operator_has_every_right(operator: Person) -> None:
    found = operator.get("/api/admin/self")
    assert found["roles"] == ["head", "reviewer"]
    assert {"freeze", "unfreeze", "set_operators", "review_verifications"} <= set(found["rights"])
    listed = {one["email"]: one["roles"] for one in operator.get("/api/admin/operators")["items"]}
    assert listed[operator.email] == ["head", "reviewer"]


def test_every_service_is_seen_with_how_far_it_is(operator: Person) -> None:
    def seen() -> dict[str, dict[str, Any]]:
        return {one["name"]: one for one in operator.get("/api/admin/overview")["services"]}

    services = seen()
    assert {"postgres", "leader", "replica", "ledger", "edge-1", "edge-2", "gateway"} <= set(services)
    for name in ("leader", "replica", "edge-1", "streams-1"):
        assert (services[name]["state"], services[name]["ready"]) == ("ready", True), services[name]
        assert services[name]["memory_bytes"] > 0
    assert int(services["leader"]["sequence"]) > 0
    # Both listen at one socket, and the gateway keeps to the connection that it has.
    edges = ("edge-1", "edge-2")
    wait_until(
        lambda: any(seen()[name]["errors"] is not None for name in edges), "an edge has counted its errors"
    )
    followers = ("replica", "ledger", "marketdata", "streams-1")
    wait_until(lambda: {seen()[name]["lag"] for name in followers} == {0}, "all are as far as the leader")
    # What it has loaded of the ledger says nothing of how far it is itself.
    assert {seen()[name]["sequence"] for name in edges} == {None}
    queues = {one["name"]: one for one in operator.get("/api/admin/overview")["queues"]}
    assert {"outbox.accounts", "outbox.desk", "mail", "audit", "requests"} <= set(queues)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/api/admin/self"),
        ("GET", "/api/admin/operators"),
        ("POST", "/api/admin/incidents"),
        ("DELETE", "/api/admin/incidents/current"),
    ],
)
def test_for_everybody_else_there_is_no_such_address(
    new_person: Callable[[], Person], method: str, path: str
) -> None:
    person = new_person()
    body = {"json": {"severity": "notice", "texts": {"en": "x"}}} if method == "POST" else {}
    refused = person.send(method, path, **body)
    unknown = person.send("GET", "/api/no-such-address")
    assert problem(refused) == problem(unknown) == (404, "not_found")
    assert {**refused.json(), "instance": ""} == {**unknown.json(), "instance": ""}


def test_everybody_is_told_of_an_incident_until_it_is_over(
    client: httpx.Client, operator: Person, incident: dict[str, Any]
) -> None:
    wait_until(lambda: told(client) == incident, "the incident is told on every edge")
    assert (incident["severity"], incident["texts"], incident["ended_at"]) == ("degraded", TEXTS, None)
    ended = operator.send("DELETE", "/api/admin/incidents/current")
    assert ended.status_code == 204
    wait_until(lambda: told(client) is None, "nothing is told any more")
    assert problem(operator.send("DELETE", "/api/admin/incidents/current")) == (404, "not_found")
    (last, *_) = operator.get("/api/admin/incidents")["items"]
    assert (last["id"], last["ended_at"] is None) == (incident["id"], False)


def test_the_machine_tells_of_an_incident_and_shows_how_services_are(
    exchange: RunningExchange, client: httpx.Client
) -> None:
    begun = exchange.admin("incident", "begin", "notice", "--en", "Mails are late.")
    assert begun.stdout.endswith(" until now  notice  Mails are late.\n"), begun.stderr
    wait_until(lambda: (told(client) or {}).get("texts") == {"en": "Mails are late."}, "it is told")
    assert exchange.admin("incident", "end").stdout == "It is over.\n"
    assert exchange.admin("incident", "end").stdout == "No incident goes on.\n"
    assert "notice  Mails are late." in exchange.admin("incident", "list").stdout
    overview = exchange.admin("overview").stdout
    assert re.search(r"^leader +ready; at \d+, 0 behind;", overview, re.MULTILINE)
    assert "\noutbox.desk        0 wait" in overview


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"severity": "worse", "texts": TEXTS}, "invalid_field"),
        ({"severity": "notice", "texts": {"ar": "x"}}, "missing_field"),
        ({"severity": "notice", "texts": {"en": ""}}, "invalid_field"),
        ({"severity": "notice", "texts": {"en": "x" * 281}}, "invalid_field"),
        ({"severity": "notice", "texts": {"en": "a\x00b"}}, "invalid_field"),
        ({"severity": "notice", "texts": {"en": "x", "ar": "a\nb"}}, "invalid_field"),
        ({"severity": "notice", "texts": TEXTS, "id": "1"}, "unknown_field"),
    ],
)
def test_an_incident_that_says_nothing_clear_is_refused(
    operator: Person, body: dict[str, Any], code: str
) -> None:
    assert problem(operator.send("POST", "/api/admin/incidents", json=body)) == (400, code)


def told(client: httpx.Client) -> dict[str, Any] | None:
    found = client.get("/api/incident")
    assert found.status_code == 200
    incident: dict[str, Any] | None = found.json()["incident"]
    return incident
