"""What waits and has failed, and what was set when, as operators see it over HTTP and at the machine."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from psycopg.types.json import Jsonb

from cse.runtime import postgres
from cse.runtime.configuration import Configuration
from tests.exchange import RunningExchange, wait_until
from tests.people import Person, problem

WHY = {"reason": "the server is back"}


@pytest.fixture(scope="module")
def operator(new_operator: Callable[..., Person]) -> Person:
    return new_operator("security", "market")


@pytest.fixture
def new_mail(exchange: RunningExchange) -> Callable[..., str]:
    """Puts a mail into the queue that was tried in vain."""

    def new(kind: str, outcome: str | None, *, over: bool = True) -> str:
        mail = str(uuid4())
        with postgres.connect(Configuration(exchange.data), "cse_accounts") as connection:
            connection.execute(
                """
                INSERT INTO accounts.mail_queue (id, kind, recipient, facts, give_up_at, tries, next_try_at,
                    ended_at, outcome, last_failure)
                VALUES (%s, %s, 'somebody@example.com', %s, now() + make_interval(hours => %s), 3,
                    now() + interval '1 day', CASE WHEN %s::text IS NULL THEN NULL ELSE now() END, %s,
                    '550 no somebody@example.com here')
                """,
                (mail, kind, Jsonb({"at": "2030-01-01T00:00:00Z", "address": "203.0.113.1"}),
                 -1 if over else 1, outcome, outcome),
            )  # fmt: skip
        return mail

    return new


def mails(operator: Person) -> dict[str, dict[str, Any]]:
    return {one["id"]: one for one in operator.get("/api/admin/jobs")["mails"]}


def act(operator: Person, mail: str, what: str) -> Any:
    return operator.send("POST", f"/api/admin/jobs/mails/{mail}/{what}", json=WHY)


def test_a_mail_that_failed_is_sent_once_it_is_tried_again(
    operator: Person, new_mail: Callable[..., str]
) -> None:
    mail = new_mail("password_changed", "refused")
    found = mails(operator)[mail]
    assert (found["state"], found["tries"], found["recipient"]) == ("refused", 3, "s***@example.com")
    assert found["last_failure"] == "550 no s***@example.com here"
    assert act(operator, mail, "retry").status_code == 204
    wait_until(lambda: mail not in mails(operator), "the mailbox has taken it")
    assert problem(act(operator, mail, "retry")) == (404, "not_found")
    (event, *_) = operator.get("/api/admin/audit", subject=mail)["items"]
    assert (event["act"], event["details"]) == ("mail.retried", WHY)


def test_a_link_is_not_sent_again_once_its_time_is_over(
    operator: Person, new_mail: Callable[..., str]
) -> None:
    over, lasts = new_mail("email_change", "given up"), new_mail("email_change", "given up", over=False)
    found = mails(operator)
    assert (found[over]["retriable"], found[lasts]["retriable"]) == (False, True)
    assert problem(act(operator, over, "retry")) == (404, "not_found")
    for mail in (over, lasts):
        assert problem(act(operator, mail, "give-up")) == (404, "not_found")


def test_a_mail_that_waits_is_given_up(
    exchange: RunningExchange, operator: Person, new_mail: Callable[..., str]
) -> None:
    mail = new_mail("password_changed", None)
    queues = {one["name"]: one for one in operator.get("/api/admin/overview")["queues"]}
    assert queues["mail"]["waiting"] >= 1
    assert queues["mail"]["last_failure"] == "550 no s***@example.com here"
    assert act(operator, mail, "give-up").status_code == 204
    assert mails(operator)[mail]["state"] == "given up"
    other = new_mail("password_changed", None)
    listed = exchange.admin("job", "list")
    assert other in listed.stdout, listed.stderr
    assert exchange.admin("job", "give-up", other, "--reason", "a test").returncode == 0
    assert mails(operator)[other]["state"] == "given up"


def test_what_the_core_refused_is_seen(exchange: RunningExchange, operator: Person) -> None:
    assert exchange.admin("market", "delist", "LAB-USDC").returncode == 1
    (last, *_) = operator.get("/api/admin/jobs")["refused"]
    assert (last["outbox"], last["code"]) == ("admin", "invalid_market_status")


def test_a_lower_role_sees_it_and_changes_nothing(
    new_operator: Callable[..., Person], new_mail: Callable[..., str]
) -> None:
    support, viewer = new_operator("support"), new_operator("viewer")
    mail = new_mail("password_changed", "refused")
    assert mail in mails(support)
    assert problem(act(support, mail, "retry")) == (403, "role_missing")
    assert problem(viewer.send("GET", "/api/admin/jobs")) == (403, "role_missing")
    assert problem(viewer.send("GET", "/api/admin/configuration")) == (403, "role_missing")


def test_every_setting_is_there_as_it_was(
    exchange: RunningExchange, operator: Person, new_person: Callable[[], Person]
) -> None:
    whose = new_person()
    person = whose.signed_in["person"]
    tier = f"/api/admin/people/{person}/fee-tier"
    for number in (2, 5):
        assert operator.send("POST", tier, json={"tier": number}).status_code == 200
    assert exchange.admin("account", "tier", whose.email, "1").returncode == 0
    found = operator.get("/api/admin/configuration", subject=person)["items"]
    assert [(one["act"], one["before"], one["after"]) for one in found] == [
        ("fee_tier.set", "tier=5", "tier=1"),
        ("fee_tier.set", "tier=2", "tier=5"),
        ("fee_tier.set", "tier=0", "tier=2"),
    ]
    assert found[1]["by"]["email"] == operator.email
    assert exchange.admin("asset", "create", "PAST", "--decimals", "6").returncode == 0
    create = ("market", "create", "PAST-USDC", "--tick", "0.01", "--lot", "0.001")
    assert exchange.admin(*create).returncode == 0
    assert (
        exchange.admin("market", "fees", "PAST-USDC", "--maker-fee-ppm=1", "--taker-fee-ppm=2").returncode
        == 0
    )
    (fees, created) = operator.get("/api/admin/configuration", subject="PAST-USDC")["items"]
    assert (fees["before"], fees["after"]) == (
        "maker_fee_ppm=1000, taker_fee_ppm=2000",
        "maker_fee_ppm=1, taker_fee_ppm=2",
    )
    assert (created["act"], created["before"]) == ("market.created", "")
    page = operator.get("/api/admin/configuration", subject="PAST-USDC", limit=1)
    more = operator.get("/api/admin/configuration", subject="PAST-USDC", cursor=page["next_cursor"])
    assert [*page["items"], *more["items"]] == [fees, created]
    said = exchange.admin("history", "--of", "PAST-USDC")
    changed = "maker_fee_ppm=1000, taker_fee_ppm=2000 -> maker_fee_ppm=1, taker_fee_ppm=2"
    assert changed in said.stdout, said.stderr
